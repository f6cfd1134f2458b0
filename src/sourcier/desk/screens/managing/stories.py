"""The stories of the desk: the list of all, the form that opens or sets one, freezing, the archive."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sourcier.desk import actions, clock, models, store
from sourcier.desk.people.access import MissingRightError, needs
from sourcier.desk.people.roles import may, open_to
from sourcier.desk.screens.frame import frame
from sourcier.desk.screens.managing import story_form
from sourcier.messages import languages
from sourcier.publish.archive import write_archive

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@never_cache
@login_required
def stories(request: HttpRequest) -> HttpResponse:
    """Show the stories that one may see; open one."""
    may_open = may(request.user, "stories", "")
    error = ""
    if request.method == "POST":
        if not may_open:
            raise MissingRightError("stories")
        try:
            return _opened(request)
        except story_form.BadStoryError as problem:
            error = str(problem)
    slugs = tuple(slug for slug, _ in open_to(request.user))
    shown = {
        "known": [one for one in store.all_settings() if one.slug in slugs],
        "waiting": store.waiting(slugs),
        **_form(request, story_form.blank(), error),
    }
    return render(request, "stories.html", frame(request) | shown, status=422 if error else 200)


@require_http_methods(_METHODS)
@never_cache
@needs("stories")
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a story is set; set it otherwise, freeze or reopen it."""
    try:
        settings = store.story_settings(slug)
    except models.Story.DoesNotExist as problem:
        raise Http404 from problem
    error = ""
    if request.method == "POST":
        try:
            return _changed(request, settings)
        except story_form.BadStoryError as problem:
            error = str(problem)
    shown = {"story": settings, **_form(request, settings, error)}
    return render(request, "story.html", frame(request, slug) | shown, status=422 if error else 200)


@require_safe
@never_cache
@needs("read")
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the archive of a story as it stands."""
    del request
    try:
        found = store.with_alert_history(store.story(slug, now=clock.now()))
    except models.Story.DoesNotExist as problem:
        raise Http404 from problem
    with TemporaryDirectory() as folder:
        target = Path(folder) / "archive.zip"
        write_archive(found, target, store.picture_files)
        response = HttpResponse(target.read_bytes(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
    return response


def _opened(request: HttpRequest) -> HttpResponse:
    slug = story_form.sent_slug(request.POST)
    wanted = story_form.filled(slug, request.POST, story_form.blank())
    try:
        actions.open_story(wanted, who=request.user.get_username(), now=clock.now())
    except actions.StoryExistsError as error:
        raise story_form.BadStoryError("stories.exists") from error
    return HttpResponseRedirect(f"{reverse('desk-story', args=[slug])}?done=open")


def _changed(request: HttpRequest, before: store.Settings) -> HttpResponse:
    slug, who, now = before.slug, request.user.get_username(), clock.now()
    do = request.POST.get("do", "")
    match do:
        case "freeze":
            if request.POST.get("sure") != "1":
                raise story_form.BadStoryError("stories.not_sure")
            actions.freeze(slug, who=who, now=now)
        case "reopen":
            actions.reopen(slug, who=who, now=now)
        case "set":
            wanted = story_form.filled(slug, request.POST, before)
            actions.set_story(slug, wanted, who=who, now=now)
        case _:
            raise story_form.BadStoryError("error.action")
    return HttpResponseRedirect(f"{reverse('desk-story', args=[slug])}?done={do}")


def _form(request: HttpRequest, settings: store.Settings, error: str) -> dict[str, Any]:
    """Return what the form shows: what was sent where that was refused, else how the story is set."""
    codes = languages()
    values = {
        "slug": settings.slug,
        "zone": settings.zone,
        "first": settings.languages[0] if settings.languages else codes[0],
        **{f"title-{code}": settings.titles.get(code, "") for code in codes},
        **{name: "\n".join(getattr(settings.takes, name)) for name in _TAKES},
    }
    if error and request.POST.get("do") in ("set", "open"):
        values |= {name: request.POST.get(name, "") for name in values}
    done = request.GET.get("done", "")
    return {
        "values": values,
        "codes": codes,
        "takes": _TAKES,
        "error": error,
        "done": done if done in ("open", "set", "freeze", "reopen") else "",
    }


_TAKES = ("sources", "words")

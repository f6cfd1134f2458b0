"""What the composer's script asks for while somebody writes, and the same as forms without it."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sourcier.desk import actions, clock, models, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.people.access import needs
from sourcier.desk.people.roles import may
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.entry import composer, conflicts, together
from sourcier.desk.screens.entry.editing import show_desk, work_of
from sourcier.desk.screens.tongue import language

_TAB = re.compile(r"[0-9a-z]{8,32}", re.ASCII)


@require_POST
@never_cache
@needs("read")
def here(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that a tab is open (``leave``: no longer), and say who else is there, as JSON.

    ``leave=unlocked`` is sent by a tab that has no lock to let go of.
    ``hold`` keeps the entry's lock where one has it or nobody does.
    """
    me, sent, now = together.user(request), request.POST, clock.real()
    event, entry = _place(request, slug)
    tab = sent.get("tab", "")
    if not _TAB.fullmatch(tab):
        return HttpResponse(status=400)
    if "leave" in sent:
        actions.go(slug, me, tab, locked=sent["leave"] != "unlocked")
        return HttpResponse(status=204)
    actions.come(slug, me, tab, event=event, entry=entry, now=now)
    if "hold" in sent and entry and may(me, "write", slug):
        actions.hold(slug, me, entry, now=now)
    return _answer(request, slug, event, entry)


@require_POST
@never_cache
@needs("write")
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was typed as one's own working copy, take the entry's lock where it is free."""
    me, now = together.user(request), clock.real()
    event, entry = _place(request, slug)
    fields = together.kept_fields(request.POST)
    if fields is None:
        return HttpResponse(status=413)
    store.keep_copy(slug, me, together.copy_key(entry, event), fields, now=now)
    if entry:
        actions.hold(slug, me, entry, now=now)
    return _answer(request, slug, event, entry, kept=now)


@require_POST
@never_cache
@needs("write")
def lock(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an entry over from who writes on it."""
    me, (event, entry) = together.user(request), _place(request, slug)
    if entry:
        actions.take_over(slug, me, entry, now=clock.real(), at=clock.now())
    return _back(slug, event, entry)


@require_POST
@never_cache
@needs("write")
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget what one typed and show the entry as it stands."""
    me, (event, entry) = together.user(request), _place(request, slug)
    store.drop_copy(slug, me, together.copy_key(entry, event))
    if entry:
        actions.let_go(slug, me, entry)
    return _back(slug, event, entry)


@require_POST
@never_cache
@needs("write")
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the form together with how the entry stands now, by the choices sent (``pick-<language>-<n>``).

    As JSON (the texts, as `text` and as they were put together, `was`) to a script, else as the whole screen.
    """
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    if work.standing is None:
        return show_desk(request, work, sent=request.POST, error="error.gone", status=409)
    found = conflicts.conflict(request.POST, work.standing, work.desk.story.languages)
    form = conflicts.put_together(request.POST, found, work.standing)
    if request.accepts("text/html"):
        return show_desk(request, work, sent=form, conflict=found)
    return JsonResponse(conflicts.outcome(found, form))


def _place(request: HttpRequest, slug: str) -> tuple[str, str]:
    """Return the event and the entry ("" for a new one) that a form is about; 404 for unknown ones."""
    event, entry = request.POST.get("event", ""), request.POST.get("entry", "")
    entry = "" if entry == "new" else entry
    if len(event) > 128 or len(entry) > 32:
        raise Http404
    if entry and store.newest(slug, entry) is None:
        raise Http404
    return event, entry


def _answer(request: HttpRequest, slug: str, event: str, entry: str, **more: Any) -> HttpResponse:
    try:
        desk = Desk(language(request), store.outline(slug, now=clock.now()))
    except models.Story.DoesNotExist as error:
        raise Http404 from error
    found = together.around(together.user(request), desk, event, entry, clock.real())
    values = {
        "say": desk.say, "around": found, "names": together.names, "initials": together.initials,
        "slug": slug, "writer": may(request.user, "write", slug),
    }  # fmt: skip
    kept = more.get("kept")
    answer = {
        "event": render_to_string("_there.html", values | {"people": found.on_event}),
        "entry": render_to_string("_here.html", values),
        "lock": found.state,
        "said": together.said(found, desk),
        "kept": desk.say("together.kept", clock=desk.words.clock(kept, desk.story.zone))
        if kept
        else "",
        "newer": _newer(desk, request.POST.get("seen", ""), entry),
    }
    return JsonResponse(answer)


def _newer(desk: Desk, seen: str, entry: str) -> str:
    """Say who changed the entry since the form was opened; "" where nobody did."""
    newest = store.newest(desk.story.slug, entry) if entry else None
    if newest is None or composer.stamp(Standing(newest[0])) == seen:
        return ""
    found, by = newest
    if not by:
        return desk.say("together.newer_desk", clock=desk.clock(found.updated))
    return desk.say("together.newer", name=store.names([by])[by], clock=desk.clock(found.updated))


def _back(slug: str, event: str, entry: str) -> HttpResponse:
    there = {"event": event, "entry": entry or "new"}
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{urlencode(there)}#comp")

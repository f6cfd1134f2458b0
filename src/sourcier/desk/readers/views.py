"""What readers are given: the live page, its map, the pages of entries, the claims."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.decorators import decorator_from_middleware
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from sourcier import jsonl, types
from sourcier.desk import clock, models, store
from sourcier.desk.readers import moment
from sourcier.publish import pointer
from sourcier.publish.formats import FORMATS, TOPICS, cap_message, written
from sourcier.publish.formats.cap import MESSAGE
from sourcier.publish.formats.rules import InvalidFormatError
from sourcier.publish.front import render_front
from sourcier.publish.links import Links
from sourcier.publish.mappage import render_map_page
from sourcier.publish.page import Page, render_entry_page, render_page
from sourcier.publish.view import View

BASE = "/"
"""The path under which stories are served."""

_PICTURES = {"webp": "image/webp", "jpg": "image/jpeg"}
_NAME, _DIGEST = 64, 32
"""The most characters of the name of a picture's file; how many of them are the mark of its content."""

_LOG = logging.getLogger(__name__)

conditional = decorator_from_middleware(ConditionalGetMiddleware)


@require_safe
@conditional
def home(request: HttpRequest) -> HttpResponse:
    """Show the story there is; of several, a page that leads to each."""
    slugs = [slug for slug, _ in store.stories()]
    if not slugs:
        raise Http404
    if len(slugs) == 1:
        return _page(request, slugs[0])
    found = render_front(store.fronts(now=clock.now()), request.GET.get("l", ""), base=BASE)
    response = HttpResponse(found.html, status=found.status, headers=found.headers)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@conditional
def story_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a story, as of the minute ``?at=`` where one is asked for."""
    return _page(request, slug)


@require_safe
@conditional
def entry_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show an entry at its own address, or its version ``?v=``."""
    story = asked_story(request, slug)
    version = request.GET.get("v", "")
    number = int(version) if version.isascii() and version.isdecimal() else None
    language = in_language(story, request.GET.get("l", ""))
    languages = story.languages
    page = render_entry_page(
        story,
        key,
        language,
        version=number,
        base=BASE,
        languages=languages,
        site=request.build_absolute_uri("/")[:-1],
    )
    return _response(page, story)


@require_safe
@conditional
def story_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a story's places on a large map, as of the minute ``?at=`` where one is asked for."""
    story = asked_story(request, slug)
    language = in_language(story, request.GET.get("l", ""))
    return _response(render_map_page(story, language, base=BASE, languages=story.languages), story)


@require_safe
@conditional
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the claims that the page rests on, one a line."""
    story = asked_story(request, slug)
    lines = "".join(f"{jsonl.encode(claim)}\n" for claim in story.claims.values())
    return HttpResponse(lines, content_type="application/jsonl; charset=utf-8")


@require_safe
@conditional
def live_pointer(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell tabs without a stream whether the page changed, and when to ask again."""
    response = HttpResponse(
        pointer.pointer(asked_story(request, slug)), content_type="application/json"
    )
    response["Cache-Control"] = f"public, max-age={pointer.LIFETIME}"
    return response


@require_safe
@conditional
def story_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give the story in the format of file `name`, with absolute addresses, to whoever asks."""
    if name not in FORMATS:
        raise Http404
    view = _handed_out(request, slug)
    hubs = settings.HUBS if settings.URL else ()
    try:
        response = HttpResponse(written(view, name, hubs), content_type=FORMATS[name].type)
    except InvalidFormatError as error:
        return _refused(error)
    if hubs and name in TOPICS:
        links = [(hub, "hub") for hub in hubs] + [(view.links.data(name), "self")]
        response["Link"] = ", ".join(f'<{address}>; rel="{kind}"' for address, kind in links)
    return _open_to_all(response)


@require_safe
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a file of a picture that the story shows. One whose entry was retracted is no longer given."""
    del request
    body = store.picture_file(name) if len(name) <= _NAME else None
    kind = _PICTURES.get(name.rpartition(".")[2])
    if body is None or kind is None or not store.is_public(slug, name[:_DIGEST]):
        raise Http404
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@conditional
def cap_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give the CAP message on one of the story's alerts that has the identifier `key`."""
    try:
        content = cap_message(_handed_out(request, slug), key)
    except KeyError as error:
        raise Http404 from error
    except InvalidFormatError as error:
        return _refused(error)
    return _open_to_all(HttpResponse(content, content_type=MESSAGE))


def _handed_out(request: HttpRequest, slug: str) -> View:
    """Return the story as others take it: with absolute addresses and the past of its alerts."""
    story = store.with_alert_history(asked_story(request, slug))
    base = settings.URL or request.build_absolute_uri(BASE)
    language = in_language(story, request.GET.get("l", ""))
    return View(story, language, Links(base, story.slug, language, story.languages[0]))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=15"
    return response


def _refused(error: InvalidFormatError) -> HttpResponse:
    """Say that a file would break the rules of its format: readers keep what they have."""
    _LOG.error("%s", error.problem)
    said = jsonl.encode(error.problem)
    response = HttpResponse(said, status=503, content_type="application/json")
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    story = asked_story(request, slug)
    language = in_language(story, request.GET.get("l", ""))
    others = tuple((key, titles.get(language, key)) for key, titles in store.stories())
    page = render_page(
        story,
        language,
        base=BASE,
        languages=story.languages,
        stories=others,
        opened=request.GET.get("e"),
        query=request.GET.get("q", "").strip(),
        site=request.build_absolute_uri("/")[:-1],
    )
    return _response(page, story)


def asked_story(request: HttpRequest, slug: str) -> types.Story:
    """Return the story as of the moment asked for; a moment that is none is not found."""
    now, wanted = clock.now(), request.GET.get("at")
    try:
        at = moment.asked(wanted, now, store.zone(slug)) if wanted else None
        return store.story(slug, at=at, now=now)
    except (models.Story.DoesNotExist, ValueError) as error:
        raise Http404 from error


def in_language(story: types.Story, wanted: str) -> str:
    """Return the language `wanted` where the story has it, else the story's first."""
    return wanted if wanted in story.languages else story.languages[0]


def _response(page: Page, story: types.Story) -> HttpResponse:
    response = HttpResponse(page.html, status=page.status, headers=page.headers)
    response["Cache-Control"] = "no-cache"
    if story.entries:
        response["Last-Modified"] = http_date(max(e.updated for e in story.entries).timestamp())
    return response

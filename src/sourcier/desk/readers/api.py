"""The read API: what a story's page rests on, as JSON, to whoever asks.

Routing, parameters and the OpenAPI document are django-ninja's; what is handed out, and its schemas,
are the nouns of `sourcier.types` (see `sourcier.publish.handout`). Nothing that is not on a page is given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import ValidationError

from sourcier import __version__, jsonl
from sourcier.desk import clock, models, store
from sourcier.desk.readers import cursors, moment
from sourcier.desk.readers.cursors import Cursor
from sourcier.problems import InputError, Problem
from sourcier.publish import handout
from sourcier.publish.handout import KINDS, Kind, Start, Stories
from sourcier.publish.links import Links
from sourcier.publish.view import View

MOST = 200
OVERLAP = timedelta(minutes=2)
"""How far a look back at `since` reaches: what is filed under a moment may be committed a little later."""

_NOT_THERE = ("no_story", "nothing_there")


class Moment(Schema):
    """Which state of a story is asked for, and in which language."""

    at: str = Field(
        "", description="As the page stood then: RFC 3339, or HH:MM in the page's zone."
    )
    language: str = Field(
        "", alias="l", description="Language of credits and addresses (default: the page's first)."
    )


class Part(Moment):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")
    since: str = Field(
        "", description="Only what changed since: a `sequence`, or an RFC 3339 moment (an `as_of`)."
    )
    place: str = Field(
        "", alias="cursor", description="Where to go on: from the address in `next`."
    )


api = NinjaAPI(
    title="Sourcier",
    version=__version__,
    description="Stories, entries, events, toll ledgers, alerts, claims and captures, as published.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def _answers(shape: dict[str, Any]) -> dict[str, Any]:
    """Return the part of an operation's description that says what it answers."""

    def answer(said: str, what: dict[str, Any]) -> dict[str, Any]:
        return {"description": said, "content": {"application/json": {"schema": what}}}

    problem = handout.schema(Problem)
    return {
        "responses": {
            200: answer("OK", shape),
            304: {"description": "Unchanged: the ETag given in If-None-Match still holds"},
            400: answer("A parameter is wrong", problem),
            404: answer("There is no such thing on a page", problem),
        }
    }


@api.get(
    "/",
    operation_id="start",
    summary="Where things are",
    openapi_extra=_answers(handout.schema(Start)),
)
def start(request: HttpRequest) -> HttpResponse:
    """Tell the addresses that lead to everything else."""
    base = f"{_base(request)}api/"
    return _json(
        Start(
            title=api.title,
            version=api.version,
            about=api.description,
            stories=f"{base}stories",
            openapi=f"{base}openapi.json",
        )
    )


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the API, as OpenAPI 3.1."""
    del request
    document: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="api/"))
    document["components"] = {"schemas": handout.schemas()}
    return _json(document)


@api.get(
    "/stories",
    operation_id="list_stories",
    summary="All stories, the first opened first",
    openapi_extra=_answers(handout.schema(Stories)),
)
def stories(request: HttpRequest, asked: Query[Moment]) -> HttpResponse:
    """List the stories."""
    views = (_view(request, slug, asked) for slug, _ in store.stories())
    return _json(Stories(items=tuple(handout.outline(view) for view in views)))


@api.get(
    "/stories/{slug}",
    operation_id="get_story",
    summary="One story",
    openapi_extra=_answers(handout.schema(handout.Outline)),
)
def story(request: HttpRequest, slug: str, asked: Query[Moment]) -> HttpResponse:
    """Tell what a story is called, and when it last changed."""
    return _json(handout.outline(_view(request, slug, asked)))


def _listed(kind: Kind) -> Callable[..., HttpResponse]:
    def listed(request: HttpRequest, slug: str, asked: Query[Part]) -> HttpResponse:
        """List what changed since a moment, or all, a page at a time."""
        known = cursors.read(asked.place) if asked.place else None
        view = _view(request, slug, asked, known.at if known else None)
        since = known.since if known else _since(slug, asked.since, view)
        before = _view(request, slug, asked, since) if since else None
        try:
            page, last = handout.listing(
                view, kind, limit=asked.limit, after=known.after if known else None, since=before
            )
        except KeyError as error:
            raise InputError("cursor", "bad_cursor", "no such place in this list") from error
        if last is None:
            return _json(page)
        address = _next(request, Cursor(at=page.as_of, after=last, since=since))
        answer = _json(msgspec.structs.replace(page, next=address))
        answer["Link"] = f'<{address}>; rel="next"'
        return answer

    return listed


def _one(name: str, kind: Kind) -> Callable[..., HttpResponse]:
    def one(request: HttpRequest, slug: str, key: str, asked: Query[Moment]) -> HttpResponse:
        """Give one of them."""
        view = _view(request, slug, asked)
        found = kind.listed(view)
        if key not in found:
            raise InputError(
                f"{slug}/{name}/{key}", "nothing_there", "nothing on the page has this key"
            )
        return _json(kind.given(view, found[key]))

    return one


for _name, _kind in KINDS.items():
    api.get(
        f"/stories/{{slug}}/{_name}",
        operation_id=f"list_{_name}",
        summary=_kind.summary,
        openapi_extra=_answers(handout.listing_schema(_kind)),
    )(_listed(_kind))
    api.get(
        f"/stories/{{slug}}/{_name}/{{path:key}}",
        operation_id=f"get_{_name}",
        summary=f"One of {_name}, by its key",
        openapi_extra=_answers(handout.schema(_kind.type)),
    )(_one(_name, _kind))


@api.get("/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say that there is nothing at an address."""
    raise InputError(
        f"/api/{rest}", "nothing_there", f"no such address; see {_base(request)}api/openapi.json"
    )


@api.exception_handler(InputError)
def _refused(request: HttpRequest, error: InputError) -> HttpResponse:
    del request
    return _json(error.problem, 404 if error.problem.code in _NOT_THERE else 400)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    del request
    first = error.errors[0]
    where = str(first["loc"][-1])
    return _json(Problem(where=where, code="bad_parameter", message=first["msg"]), 400)


def _view(request: HttpRequest, slug: str, asked: Moment, at: datetime | None = None) -> View:
    """Return a story as it stood `at` (null: then as `asked`), of the moment of its last change."""
    now = clock.now()
    try:
        wanted = at or (
            moment.asked(asked.at.replace(" ", "+"), now, store.zone(slug)) if asked.at else now
        )
        stood = store.changed(slug, until=moment.within(wanted, now))
        found = store.story(slug, at=stood, now=now)
    except models.Story.DoesNotExist as error:
        raise InputError(slug, "no_story", "no such story") from error
    except ValueError as error:
        raise InputError("at", "bad_parameter", f"not a moment: {asked.at}") from error
    language = asked.language if asked.language in found.languages else found.languages[0]
    return View(found, language, Links(_base(request), slug, language, found.languages[0]))


def _since(slug: str, text: str, view: View) -> datetime | None:
    """Return the moment that `since` means, a little earlier; null where it is not asked for."""
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 16:
        found = store.moment_of(slug, int(text)) or moment.FIRST
    else:
        try:
            found = datetime.fromisoformat(text.replace(" ", "+"))
        except ValueError as error:
            message = f"neither a sequence nor a moment: {text}"
            raise InputError("since", "bad_parameter", message) from error
    if found.tzinfo is None:
        raise InputError("since", "bad_parameter", f"a moment without its offset: {text}")
    return moment.within(found, view.story.now) - OVERLAP


def _next(request: HttpRequest, place: Cursor) -> str:
    query = request.GET.copy()
    for name in ("at", "since"):
        query.pop(name, None)
    query["cursor"] = cursors.written(place)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _json(value: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(jsonl.encode(value), status=status, content_type="application/json")

"""The API of the desk: what a program with a token may read and do. Its rules are those of the screens.

Reading what is published needs no token: see `sourcier.desk.readers.api`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from sourcier import __version__
from sourcier.desk.people.roles import open_to
from sourcier.desk.programs import (  # noqa: F401 - they fill the router
    background,
    moving,
    pictures,
    reading,
    writing,
)
from sourcier.desk.programs.answers import caller_of, json, router
from sourcier.desk.programs.callers import Bearer
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import Me, described, schemas

api = NinjaAPI(
    title="Sourcier, the desk",
    version=__version__,
    description="Drafts, publication, and what the desk knows, for programs that show a token.",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-desk",
)


@api.get("/", operation_id="who_am_i", summary="What the token allows", openapi_extra=described(Me))
def start(request: HttpRequest) -> HttpResponse:
    """Tell who calls, and what they may do in which story."""
    caller = caller_of(request)
    rights = {
        slug: tuple(right for right in caller.token.scopes if caller.may(right, slug))
        for slug, _ in open_to(caller.token.user)
        if caller.token.story in ("", slug)
    }
    address = request.build_absolute_uri("/api/desk/openapi.json")
    me = Me(
        user=caller.name, token=caller.token.name, scopes=caller.token.scopes, stories=rights,
        expires=caller.token.expires, openapi=address,
    )  # fmt: skip
    return json(me)


@api.get("/openapi.json", include_in_schema=False, auth=None)
def openapi(request: HttpRequest) -> HttpResponse:
    """Describe this API, as OpenAPI 3.1."""
    del request
    document: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="api/desk/"))
    document["components"]["schemas"] |= schemas()
    return json(document)


_last = Router()
"""Stands behind all others, as it takes every address."""


@_last.get("/{path:rest}", include_in_schema=False, auth=None)
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say that there is nothing at an address."""
    del request, rest
    raise RefusedError(404, "nothing_there", "no such address; see /api/desk/openapi.json")


api.add_router("", router)
api.add_router("", _last)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return json(error.problem(request.path), error.status, error.headers)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    where = ".".join(map(str, first["loc"]))
    return _refused(request, RefusedError(400, "bad_parameter", f"{where}: {first['msg']}"))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refused(request, RefusedError(error.status_code, "bad_request", str(error)))

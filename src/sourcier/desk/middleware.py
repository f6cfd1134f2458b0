"""What is added to answers: the policy of pages that bring none, the openness of the API."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware

from sourcier import jsonl
from sourcier.problems import Problem

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

API = "/api/"
"""The path under which anybody's scripts may read."""

CLOSED = "/api/desk/"
"""The path under it where programs show a token: nothing there is for other origins, or kept."""

_JSON = "application/json"

_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cache-Control": "public, max-age=5",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add `POLICY` to each response that has no policy (readers' pages come with hashes)."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return respond


def no_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse (400) an address or a form with U+0000 in it: no person types it, PostgreSQL keeps none."""

    def respond(request: HttpRequest) -> HttpResponse:
        sent = [request.GET, *([request.POST] if request.method == "POST" else [])]
        texts = (
            text for fields in sent for key, values in fields.lists() for text in (key, *values)
        )
        if "\0" in request.path_info or any("\0" in text for text in texts):
            raise BadRequest("U+0000")
        return get_response(request)

    return respond


def open_api(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let scripts of any origin read what stands under `API`, and answer 304 where it is unchanged.

    Whatever goes wrong there is said in JSON, as a problem.
    """
    conditional = ConditionalGetMiddleware(get_response)

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return get_response(request)
        if request.path_info.startswith(CLOSED):
            return _closed(request, get_response)
        method = request.method
        if method == "OPTIONS":
            return HttpResponse(status=204, headers=_OPEN | _PREFLIGHT)
        request.method = "GET" if method == "HEAD" else method
        response = _said_in_json(request, cast(HttpResponse, conditional(request)))
        request.method = method
        for name, value in _OPEN.items():
            response[name] = value
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            response["Cache-Control"] = "no-store"
        return response

    return respond


def _closed(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    response = _said_in_json(request, get_response(request))
    response["Cache-Control"] = "no-store"
    return response


def _said_in_json(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an error of the framework as a problem with its status; any other response as it is."""
    status = HTTPStatus(response.status_code)
    if status < HTTPStatus.BAD_REQUEST or response.get("Content-Type", "").startswith(_JSON):
        return response
    code = status.phrase.lower().replace(" ", "_")
    problem = Problem(where=request.path, code=code, message=status.description or status.phrase)
    allowed = {"Allow": response["Allow"]} if "Allow" in response else {}
    return HttpResponse(jsonl.encode(problem), _JSON, status, headers=allowed)

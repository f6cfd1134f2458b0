"""What stands between a request to the desk and its screens; readers' pages pass by untouched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from sourcier.desk import clock, store
from sourcier.desk.people.pages import ACCOUNT, DESK
from sourcier.desk.screens.tongue import language

Respond = Callable[[HttpRequest], HttpResponse]

ASSETS = f"{DESK}assets/"

_SEEN = "seen"
_SEEN_EVERY = timedelta(minutes=5)


def at_the_door(get_response: Respond) -> Respond:
    """Speak the user's language where they sign in; ask for a second factor where one is required.

    Keeps when a session was last seen. A part of a page (asked for by its script) is never answered
    with the sign-in page: 401 tells the script that the session is over.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(DESK) or path.startswith(ASSETS):
            return get_response(request)
        if path.startswith(ACCOUNT):
            with translation.override(language(request)):
                return get_response(request)
        if settings.MFA_REQUIRED and _lacks_factor(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        response = get_response(request)
        _seen(request)
        return _whole(request, response)

    return respond


def _lacks_factor(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and not store.has_factor(user.get_username())


def _seen(request: HttpRequest) -> None:
    """Keep that the session was used, at most every few minutes: a wall asks every few seconds."""
    if not (request.session.accessed and request.user.is_authenticated):
        return
    now, kept = clock.real(), request.session.get(_SEEN)
    if kept and now - datetime.fromisoformat(kept) < _SEEN_EVERY:
        return
    request.session[_SEEN] = now.isoformat()
    store.session_seen(request.session.session_key or "", now)


def _whole(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    away = response.status_code == HTTPStatus.FOUND and response["Location"].startswith(ACCOUNT)
    if away and request.headers.get("HX-Request"):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    return response

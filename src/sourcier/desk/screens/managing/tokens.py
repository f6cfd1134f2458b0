"""The tokens of one's programs: the list, a form that makes one, and the token, shown once."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from babel.dates import format_date
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sourcier.desk import actions, clock, store
from sourcier.desk.people.roles import open_to
from sourcier.desk.people.tokens import SCOPES
from sourcier.desk.screens.frame import frame

DAYS = (1, 30, 90, 365)
"""How long a token may last."""

LONGEST = 80
"""The most characters of a token's name."""


class RefusedError(ValueError):
    """A token can't be made or ended; its argument is the key of the message that says why."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required(app="sourcier.desk")  # type: ignore[untyped-decorator]
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's tokens; make one or end one. Asks for the password again where that was long ago.

    A token outlives the session that made it: who finds a desk open must not take one away.
    """
    if request.method != "POST":
        return _screen(request)
    try:
        if request.POST.get("do") == "revoke":
            return _revoked(request)
        return _screen(request, made=_made(request))
    except RefusedError as error:
        sent = request.POST
        chosen = sent.getlist("scope")
        return _screen(request, error=str(error), sent=sent, chosen=chosen, status=422)


def _revoked(request: HttpRequest) -> HttpResponse:
    user, key = request.user.get_username(), request.POST.get("token", "")
    try:
        actions.revoke_token(user, key, now=clock.now())
    except actions.NoSuchTokenError as error:
        raise RefusedError("tokens.gone") from error
    return HttpResponseRedirect(f"{reverse('desk-tokens')}?done=revoke")


def _made(request: HttpRequest) -> str:
    """Make the token that the form asks for, and return its text."""
    sent = request.POST
    name = " ".join(sent.get("name", "").split())
    story, days = sent.get("story", ""), sent.get("days", "")
    scopes = tuple(scope for scope in SCOPES if scope in sent.getlist("scope"))
    if not 0 < len(name) <= LONGEST:
        raise RefusedError("tokens.no_name")
    if not scopes:
        raise RefusedError("tokens.no_scope")
    if days not in map(str, DAYS) or (story and story not in dict(open_to(request.user))):
        raise RefusedError("tokens.no_choice")
    user = cast(User, request.user)
    lasts = timedelta(days=int(days))
    return actions.make_token(user, name, scopes, story, lasts=lasts, now=clock.now())


def _screen(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    now, shown = clock.now(), frame(request)
    values = {
        "tokens": store.tokens_of(request.user.get_username()),
        "now": now,
        "day": lambda moment: format_date(moment, "long", locale=shown["ui"]),
        "scopes": SCOPES,
        "days": DAYS,
        "chosen": ("read",),
        "made": "",
        "error": "",
        "sent": {},
        "done": request.GET.get("done", ""),
    }
    return render(request, "tokens.html", shown | values | more, status=status)

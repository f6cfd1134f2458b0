"""Who may enter the desk: users, the links that let somebody in, and what an administrator may do to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sourcier.desk import actions, clock, store
from sourcier.desk.people.access import needs_everywhere
from sourcier.desk.people.rights import ROLES
from sourcier.desk.screens.frame import frame

_LINK = "link"
_DAYS = (1, 7, 30)
_ON_USERS: dict[str, Callable[..., None]] = {
    "off": actions.switch_off,
    "on": actions.switch_on,
    "out": actions.sign_out,
    "factors": actions.forget_factors,
}
_REFUSALS: dict[type[Exception], str] = {
    actions.LastAdministratorError: "members.last",
    actions.NoSuchUserError: "people.gone",
    actions.NoSuchInvitationError: "people.link_gone",
    actions.OneselfError: "people.oneself",
}


class _FormError(ValueError):
    """The form can't be followed; its argument is the key of the message that says why."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_everywhere("people")
def people(request: HttpRequest) -> HttpResponse:
    """Show who may enter and which links are out; do what a form asks."""
    error = ""
    if request.method == "POST":
        try:
            _do(request, clock.real())
            done = {"done": request.POST.get("do", "")}
            return HttpResponseRedirect(f"{reverse('desk-people')}?{urlencode(done)}")
        except _FormError as refused:
            error = str(refused)
        except tuple(_REFUSALS) as refused:
            error = _REFUSALS[type(refused)]
    shown = frame(request) | _shown(request, clock.real()) | {"error": error}
    return render(request, "people.html", shown, status=422 if error else 200)


def _do(request: HttpRequest, now: datetime) -> None:
    sent, who = request.POST, request.user.get_username()
    do, user = sent.get("do", ""), sent.get("user", "")
    if do in _ON_USERS:
        _ON_USERS[do](user, who=who, now=now)
    elif do == "revoke" and sent.get("link", "").isdecimal():
        actions.revoke(int(sent["link"]), who=who, now=now)
    elif do == "renew":
        _keep_link(request, actions.renew(user, who=who, now=now), user)
    elif do == "invite":
        _keep_link(request, _invite(request, who, now), "")
    else:
        raise _FormError("error.action")


def _invite(request: HttpRequest, who: str, now: datetime) -> str:
    sent = request.POST
    role, story, days = sent.get("role"), sent.get("story", ""), sent.get("days", "")
    if role not in ROLES:
        raise _FormError("members.no_role")
    if story and story not in dict(store.stories()):
        raise _FormError("people.no_story")
    if days not in map(str, _DAYS):
        raise _FormError("people.no_days")
    note = " ".join(sent.get("note", "").split())[:150]
    return actions.invite(role, story, note=note, days=int(days), who=who, now=now)


def _keep_link(request: HttpRequest, token: str, user: str) -> None:
    """Keep a link for the next page, which shows it once: only its digest is stored."""
    path = reverse("desk-invited", args=[token])
    request.session[_LINK] = (request.build_absolute_uri(path), user)


def _shown(request: HttpRequest, now: datetime) -> dict[str, Any]:
    link, whose = request.session.pop(_LINK) if _LINK in request.session else ("", "")
    return {
        "people": store.people(),
        "invitations": store.invitations(now),
        "link": link,
        "link_of": whose,
        "roles": ROLES,
        "all_stories": store.stories(),
        "titles": dict(store.stories()),
        "days": _DAYS,
        "me": request.user.get_username(),
        "done": request.GET.get("done", ""),
    }

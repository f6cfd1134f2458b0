"""Who has which role, in a story and in all: the list, and the forms that give and take roles."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sourcier.desk import actions, clock, store
from sourcier.desk.people.access import needs, needs_everywhere
from sourcier.desk.people.rights import ROLES, Role
from sourcier.desk.people.roles import may
from sourcier.desk.screens.frame import frame

_METHODS = ["GET", "HEAD", "POST"]


class RefusedError(ValueError):
    """A role can't be given or taken; its argument is the key of the message that says why."""


@require_http_methods(_METHODS)
@never_cache
@needs("people")
def of_story(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who has a role in a story; give or take one there."""
    return _screen(request, slug)


@require_http_methods(_METHODS)
@never_cache
@needs_everywhere("people")
def everywhere(request: HttpRequest) -> HttpResponse:
    """Show who has a role in all stories; give or take one."""
    return _screen(request, "")


def panel(request: HttpRequest, slug: str, **more: Any) -> dict[str, Any]:
    """Return what ``_members.html`` shows beside the frame: who has a role in `slug` ("": in all).

    Names are proposed only to who says who enters anywhere: to others they are not known.
    """
    everyone = may(request.user, "people", "")
    values = {
        "members": store.members(slug),
        "members_of": slug,
        "members_at": _address(slug),
        "known_names": store.user_names() if everyone else (),
        "roles": ROLES,
        "done": request.GET.get("done", ""),
        "error": "",
        "sent": {},
    }
    return values | more


def _screen(request: HttpRequest, slug: str) -> HttpResponse:
    more: dict[str, Any] = {}
    if request.method == "POST":
        try:
            return _changed(request, slug)
        except RefusedError as error:
            more = {"error": str(error), "sent": request.POST}
    shown = frame(request, slug) | panel(request, slug, **more)
    return render(request, "members.html", shown, status=422 if more else 200)


def _changed(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what the form asks, and return where to go on."""
    user, who = request.POST.get("user", "").strip(), request.user.get_username()
    role = request.POST.get("role", "")
    if request.POST.get("seen", "") != (store.role_in(user, slug) or ""):
        raise RefusedError("members.changed")
    if role not in ("", *ROLES):
        raise RefusedError("members.no_role")
    try:
        if role:
            actions.give_role(user, slug, cast(Role, role), who=who, now=clock.now())
        else:
            actions.take_role(user, slug, who=who, now=clock.now())
    except actions.LastAdministratorError as error:
        raise RefusedError("members.last") from error
    except actions.NoSuchUserError as error:
        raise RefusedError("members.nobody") from error
    if user == who:  # they may not be let in here any more
        return HttpResponseRedirect(reverse("desk-home"))
    return HttpResponseRedirect(f"{_address(slug)}?done={'give' if role else 'take'}")


def _address(slug: str) -> str:
    return reverse("desk-members", args=[slug]) if slug else reverse("desk-members-all")

"""What stands before every screen and action of the desk: a login, and a right in the story."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from sourcier.desk import store
from sourcier.desk.people.rights import Right
from sourcier.desk.people.roles import may, may_somewhere

View = Callable[..., HttpResponseBase]


class MissingRightError(PermissionDenied):
    """Somebody who may see a story lacks the right to do more there; its argument is the right."""

    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right


def needs(right: Right) -> Callable[[View], View]:
    """Let a view of a story (its slug is the first argument) run only for who has `right` there.

    Who is not signed in is sent to do so. For who may not even read there, the story does not exist
    (404); who lacks the right is told which (403). A role in all stories is one in those that there are.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **named: Any) -> HttpResponseBase:
            if not may(request.user, "read", slug) or not store.has_story(slug):
                raise Http404
            if not may(request.user, right, slug):
                raise MissingRightError(right)
            return view(request, slug, **named)

        return login_required(guarded)

    return guard


def needs_everywhere(right: Right) -> Callable[[View], View]:
    """Let a view of no story run only for who has `right` in all stories; others are told so (403)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if not may(request.user, right, ""):
                raise MissingRightError(right)
            return view(request, **named)

        return login_required(guarded)

    return guard


def needs_somewhere(right: Right) -> Callable[[View], View]:
    """Let a view of no story run only for who has `right` in some story; others are told so (403)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if not may_somewhere(request.user, right):
                raise MissingRightError(right)
            return view(request, **named)

        return login_required(guarded)

    return guard

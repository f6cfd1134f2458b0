"""What stands before every screen and action of the desk: a login, and a right in the story."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sourcier.desk.people.roles import Right, may

View = Callable[..., HttpResponse]


def needs(right: Right) -> Callable[[View], View]:
    """Let a view of a story (its slug is the first argument) run only for who has `right` there.

    Who is not signed in is sent to do so; who lacks the right is refused (403).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
            if not may(request.user, right, slug):
                raise PermissionDenied
            return view(request, slug, **named)

        return login_required(guarded)

    return guard

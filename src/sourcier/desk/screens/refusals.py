"""Pages that say why one does not see what was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sourcier.desk.actions import FrozenStoryError
from sourcier.desk.people.access import MissingRightError
from sourcier.desk.screens.tongue import accepted
from sourcier.desk.screens.voice import voice


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address."""
    del exception
    return message(request, "missing", 404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which right one lacks for what was asked."""
    if isinstance(exception, FrozenStoryError):
        return message(request, "frozen", 409)
    if not isinstance(exception, MissingRightError):
        return message(request, "refused", 403)
    return message(request, "refused", 403, right=exception.right)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token, or with one of another session."""
    del reason  # of no use to who filled the form in
    return message(request, "forged", 403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that this was asked too often in too short a time."""
    return message(request, "hurry", 429)


def message(request: HttpRequest, key: str, status: int, *, right: str = "") -> HttpResponse:
    """Show the page of the message `key` in the browser's language: reading it opens no session."""
    code = accepted(request)
    values = {"say": voice(code), "ui": code, "key": key, "right": right}
    return render(request, "message.html", values, status=status)

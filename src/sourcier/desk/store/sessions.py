"""Sessions, for who has no request at hand: the desk's stream."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.db import close_old_connections


@dataclass
class _Asking:
    """As much of a request as it takes to say whose session it is."""

    session: Any


def user_of(session: str) -> User | None:
    """Return whose session this is; null where it has ended, or they may not enter any more.

    For threads beside Django's requests: leaves no used-up connection behind.
    """
    engine = import_module(settings.SESSION_ENGINE)
    try:
        user = get_user(_Asking(engine.SessionStore(session)))  # type: ignore[arg-type]
        return user if isinstance(user, User) and user.is_active else None
    finally:
        close_old_connections()

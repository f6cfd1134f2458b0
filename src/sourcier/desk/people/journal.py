"""What is written down of the way in: in the audit who, in the log also from which address.

Addresses stay out of the audit, which is kept for good. A failed sign-in is written under a name only
where a user has it: what is typed in the wrong field is often a password.
"""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

import logging
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from sourcier.desk import clock, store

_log = logging.getLogger("sourcier.people")


def note(action: str, who: str, **detail: object) -> None:
    """Add a line to the audit of no story. The time is real even while a demonstration replays."""
    store.audit("", clock.real(), action, who=who, detail=detail)


def refused(action: str, name: str, address: str) -> None:
    """Write down that `name` was not let in (``signin_failed``) or not even heard (``signin_locked``)."""
    known = store.known_name(name)
    note(action, "", user=known)
    _log.warning("%s: %s from %s", action, known or "unknown name", address)


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **more: Any) -> None:
    del request, more
    note("signin", user.get_username())


@receiver([account.password_changed, account.password_reset, account.password_set])
def _password(user: User, **more: Any) -> None:
    del more
    note("password", user.get_username())


@receiver([mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset])
def _factor(signal: Any, user: User, authenticator: Any, **more: Any) -> None:
    del more
    removed = signal is mfa.authenticator_removed
    note(
        "factor_removed" if removed else "factor_added",
        user.get_username(),
        type=authenticator.type,
    )


@receiver(mfa.authentication_failed)
def _second_factor(user: User, request: HttpRequest, **more: Any) -> None:
    del more
    refused("factor_failed", user.get_username(), get_adapter().get_client_ip(request))

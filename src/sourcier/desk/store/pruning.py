"""Working state that nobody came back to is forgotten, some rows at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from sourcier.desk import models

KEPT = timedelta(days=30)
"""For how long working copies, presence, locks and sessions are kept since they were last used."""
AT_ONCE = 500
"""How many rows of a table go at a time: nobody waits long for what is being deleted."""


@transaction.atomic
def prune(now: datetime) -> int:
    """Forget what was last used more than `KEPT` before `now` (real), and sessions that are over.

    Returns how many rows went, at most `AT_ONCE` of each table. What is published, drafted or written
    down is none of this.
    """
    then = now - KEPT
    old = (
        models.WorkingCopy.objects.filter(at__lt=then),
        models.Presence.objects.filter(seen__lt=then),
        models.Lock.objects.filter(seen__lt=then),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(map(_forget, old)) + _sign_out(then)


def _forget(rows: Any) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    rows.model.objects.filter(pk__in=keys).delete()
    return len(keys)


def _sign_out(then: datetime) -> int:
    """End the sessions that nobody used since `then`."""
    unused = UserSession.objects.filter(last_seen_at__lt=then).order_by("pk")
    found = dict(unused.values_list("pk", "session_key")[:AT_ONCE])
    Session.objects.filter(session_key__in=found.values()).delete()
    UserSession.objects.filter(pk__in=found).delete()
    return len(found)

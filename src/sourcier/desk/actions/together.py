"""Working together: what somebody does that others at the desk see at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk import signals, store


@transaction.atomic
def come(story: str, user: User, tab: str, *, event: str, entry: str, now: datetime) -> None:
    """Note that a tab of `user` is open on an event and an entry ("" for none)."""
    if store.be_here(story, user, tab, event=event, entry=entry, now=now):
        signals.moved.after_commit(story, "presence")


@transaction.atomic
def go(story: str, user: User, tab: str, *, locked: bool = True) -> None:
    """Note that a tab was left; one that was not `locked` lets go of nothing."""
    store.leave(story, user, tab, release_lock=locked)
    signals.moved.after_commit(story, "presence")


@transaction.atomic
def hold(story: str, user: User, entry: str, *, now: datetime) -> None:
    """Take the lock of an entry that is free, keep one's own."""
    if store.hold(story, user, entry, now=now):
        signals.moved.after_commit(story, "lock", entry)


@transaction.atomic
def let_go(story: str, user: User, entry: str) -> None:
    """End one's own lock of an entry."""
    if store.release(story, user, entry):
        signals.moved.after_commit(story, "lock", entry)


@transaction.atomic
def take_over(story: str, user: User, entry: str, *, now: datetime, at: datetime) -> None:
    """Take the lock of an entry from who has it; the audit says from whom, at `at` by the desk's clock.

    What they typed stays with them as their working copy.
    """
    before = store.lock_of(story, entry, now=now)
    store.take(story, user, entry, now=now)
    who = user.get_username()
    if before and before.who.user != who:
        detail = {"from": before.who.user}
        store.audit(story, at, "take_over", who=who, entry=entry, detail=detail)
    signals.moved.after_commit(story, "lock", entry)

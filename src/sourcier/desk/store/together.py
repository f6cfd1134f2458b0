"""Who is at the desk and who writes on what: working state, which any process may change and remove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk import models
from sourcier.desk.store.users import full_name

GONE = timedelta(seconds=30)
"""After how long a tab that was not heard of counts as closed."""

LAPSES = timedelta(minutes=2)
"""After how long a lock ends whose owner was not heard of."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the desk: their user name, and the name that others read."""

    user: str
    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody is: on which event and entry ("" for none)."""

    who: Person
    event: str
    entry: str


@dataclass(frozen=True, slots=True)
class Lock:
    """Who writes on an entry, since when."""

    who: Person
    since: datetime


def person(user: User) -> Person:
    """Return how others read who `user` is."""
    return Person(user.get_username(), full_name(user))


def be_here(story: str, user: User, tab: str, *, event: str, entry: str, now: datetime) -> bool:
    """Note where a tab of `user` is; tell whether that is new to others."""
    models.Presence.objects.filter(story_id=story, seen__lt=now - GONE).delete()
    tabs = models.Presence.objects.filter(story_id=story, user=user, tab=tab)
    if tabs.filter(event=event, entry=entry).update(seen=now):
        return False
    models.Presence.objects.update_or_create(
        story_id=story, user=user, tab=tab, defaults={"event": event, "entry": entry, "seen": now}
    )
    return True


def leave(story: str, user: User, tab: str, *, release_lock: bool = True) -> None:
    """Forget a tab, and let go of the entry it was on where no other tab of `user` is on it.

    Not (`release_lock`) where the tab had no lock: it may leave because its user takes one over.
    """
    tabs = models.Presence.objects.filter(story_id=story, user=user)
    left = tabs.filter(tab=tab).first()
    tabs.filter(tab=tab).delete()
    if release_lock and left and left.entry and not tabs.filter(entry=left.entry).exists():
        release(story, user, left.entry)


def people_here(story: str, *, now: datetime) -> tuple[Here, ...]:
    """Return who is at a story's desk, where; somebody with two tabs is in both places."""
    rows = models.Presence.objects.filter(story_id=story, seen__gte=now - GONE)
    found = (
        Here(person(row.user), row.event, row.entry)
        for row in rows.select_related("user").order_by("user__username", "pk")
    )
    return tuple(dict.fromkeys(found))


def lock_of(story: str, entry: str, *, now: datetime) -> Lock | None:
    """Return who writes on an entry; null where nobody does, or has not been heard of for too long."""
    rows = models.Lock.objects.filter(story_id=story, entry=entry, seen__gte=now - LAPSES)
    row = rows.select_related("user").first()
    return None if row is None else Lock(person(row.user), row.since)


@transaction.atomic
def hold(story: str, user: User, entry: str, *, now: datetime) -> bool:
    """Take or keep the lock of an entry; tell whether it was taken now. Another's stays as it is."""
    locks = models.Lock.objects.filter(story_id=story, entry=entry)
    if locks.filter(user=user, seen__gte=now - LAPSES).update(seen=now):
        return False
    locks.filter(seen__lt=now - LAPSES).delete()
    _, taken = locks.get_or_create(
        story_id=story, entry=entry, defaults={"user": user, "since": now, "seen": now}
    )
    return taken


def take(story: str, user: User, entry: str, *, now: datetime) -> None:
    """Give the lock of an entry to `user`, whoever had it."""
    models.Lock.objects.update_or_create(
        story_id=story, entry=entry, defaults={"user": user, "since": now, "seen": now}
    )


def release(story: str, user: User, entry: str) -> bool:
    """End the lock that `user` has on an entry; tell whether there was one."""
    return bool(models.Lock.objects.filter(story_id=story, user=user, entry=entry).delete()[0])

"""Who is told of what, and what waits to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sourcier.desk import models
from sourcier.desk.drafting.notices import Notice, Watch

SHOWN = 30
"""How many of the last notices a screen lists."""
_WAITING = Q(sent=None, given_up=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A watch as it is kept: its id, its story, by whom and since when; `crossed`: see the table."""

    id: int
    story: str
    watch: Watch
    on: bool
    by: str
    made: datetime
    crossed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that waits: its number, when it came, how often sending it failed."""

    id: int
    notice: Notice
    at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a notice: `sent` when (null: not yet), after how many tries, why the last one failed."""

    watch: int
    notice: Notice
    at: datetime
    sent: datetime | None
    given_up: bool
    tries: int
    error: str


def watches(story: str, *, on: bool = False) -> tuple[Kept, ...]:
    """Return the watches of a story, the oldest first; `on`: those alone that are told."""
    found = models.Watch.objects.filter(story_id=story, **({"on": True} if on else {}))
    return tuple(map(_kept, found.order_by("pk")))


def all_watches() -> tuple[Kept, ...]:
    """Return the watches of all stories that are told."""
    return tuple(map(_kept, models.Watch.objects.filter(on=True).order_by("pk")))


def watch(key: int) -> Kept | None:
    """Return a watch by its id."""
    found = models.Watch.objects.filter(pk=key).first()
    return _kept(found) if found else None


def add_watch(story: str, watch: Watch, *, by: str, now: datetime) -> int:
    """Keep a watch and return its id."""
    row = models.Watch.objects.create(story_id=story, record=watch, by=by, made=now)
    return int(row.pk)


def set_watch(key: int, watch: Watch) -> None:
    """Keep a watch in the place of what it was; tolls it was told of are forgotten."""
    models.Watch.objects.filter(pk=key).update(record=watch, crossed=[])


def switch_watch(key: int, *, on: bool) -> None:
    """Tell a watch, or tell it nothing more; what waits for one that is off is dropped."""
    models.Watch.objects.filter(pk=key).update(on=on)
    if not on:
        models.Outgoing.objects.filter(_WAITING, watch=key).delete()


def remove_watch(key: int) -> None:
    """Forget a watch and what it was told."""
    models.Watch.objects.filter(pk=key).delete()


def note_crossed(key: int, crossed: Iterable[str]) -> None:
    """Keep which tolls a watch was told of."""
    models.Watch.objects.filter(pk=key).update(crossed=list(crossed))


def add_notices(key: int, notices: Iterable[Notice], *, at: datetime, due: datetime) -> None:
    """Let notices wait for a watch until `due`."""
    models.Outgoing.objects.bulk_create(
        models.Outgoing(watch_id=key, record=notice, at=at, due=due) for notice in notices
    )


def due_watches(now: datetime) -> tuple[int, ...]:
    """Return the watches for which something is due and to which no process sends."""
    found = models.Outgoing.objects.filter(_WAITING, due__lte=now, watch__on=True)
    free = found.filter(Q(watch__held=None) | Q(watch__held__lte=now))
    return tuple(free.order_by().values_list("watch_id", flat=True).distinct())


def hold_watch(key: int, now: datetime, until: datetime) -> bool:
    """Keep a watch for this process until `until`; return whether no other has it."""
    free = models.Watch.objects.filter(Q(held=None) | Q(held__lte=now), pk=key)
    return bool(free.update(held=until))


def free_watch(key: int) -> None:
    """Let any process send to a watch again."""
    models.Watch.objects.filter(pk=key).update(held=None)


def waiting_for(key: int, now: datetime, most: int) -> tuple[Waiting, ...]:
    """Return what is due to a watch, the oldest first, `most` at most."""
    found = models.Outgoing.objects.filter(_WAITING, watch=key, due__lte=now).order_by("pk")
    return tuple(Waiting(*row) for row in found.values_list("pk", "record", "at", "tries")[:most])


def messages_since(key: int, since: datetime) -> list[datetime]:
    """Return when each message of a watch since a moment was sent, the oldest first."""
    found = models.Outgoing.objects.filter(watch=key, sent__gt=since).values_list("message", "sent")
    return sorted({message: sent for message, sent in found if sent}.values())


def was_sent(keys: Iterable[int], message: str, at: datetime) -> None:
    """Note that notices were sent in the message `message`."""
    told = models.Outgoing.objects.filter(pk__in=list(keys))
    told.update(sent=at, message=message, error="")


def was_not_sent(keys: Iterable[int], error: str, tries: int, due: datetime | None) -> None:
    """Note why notices could not be sent, and when to try again; null: they are given up."""
    failed = models.Outgoing.objects.filter(pk__in=list(keys))
    again = {"due": due} if due else {"given_up": True}
    failed.update(error=error[:300], tries=tries, **again)


def put_off(keys: Iterable[int], due: datetime) -> None:
    """Let notices wait until `due`."""
    models.Outgoing.objects.filter(pk__in=list(keys)).update(due=due)


def deliveries(story: str) -> Iterator[Delivery]:
    """Yield what became of the last notices of a story, the newest first."""
    found = models.Outgoing.objects.filter(watch__story=story).order_by("-pk")
    fields = ("watch_id", "record", "at", "sent", "given_up", "tries", "error")
    return (Delivery(*row) for row in found.values_list(*fields)[:SHOWN])


def _kept(row: models.Watch) -> Kept:
    return Kept(row.pk, row.story_id, row.record, row.on, row.by, row.made, tuple(row.crossed))

"""What the desk's screens show: the wall of changes, and everything about one event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from sourcier import types
from sourcier.desk import models
from sourcier.desk.finding.sieve import Cursor, Sieve
from sourcier.desk.store import rows, sifting
from sourcier.desk.store.heads import QUIET

PAGE = 40
"""How many events the wall shows at once."""
MOVEMENTS = 3
"""How many movements it shows of each."""
UNREAD = 99
"""Up to how many unread events are counted."""


@dataclass(frozen=True, slots=True)
class WallEvent:
    """An event with its latest movements, newest first.

    `told` says that an entry is published, `unread` that it moved since the user last saw it. `second` is
    when something of it was first told by a second origin.
    """

    event: types.Event
    changes: tuple[types.Change, ...]
    told: bool
    unread: bool = False
    second: types.Change | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """A page of the events that moved, with the claims and captures that their movements are about.

    `older` is where the next page begins (null: there is none), `unread` how many are so in all, up to
    `UNREAD`.
    """

    events: tuple[WallEvent, ...]
    claims: dict[str, types.Claim]
    captures: dict[str, types.Capture]
    older: Cursor | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with its captures (oldest first), its claims and which captures are copies.

    Where `event` is null, these are the claims of an entry that is about no single event.
    """

    event: types.Event | None
    captures: dict[str, types.Capture]
    claims: dict[str, types.Claim]
    copies: dict[str, types.Copy]


def wall(slug: str, sieve: Sieve = sifting.ALL, *, user: str = "", most: int = PAGE) -> Wall:
    """Return up to `most` of the events that moved and pass the `sieve`, the last moved first, for `user`."""
    moved = sifting.moved(slug, user)
    found = (
        sifting.sifted(slug, sieve, moved).select_related("snapshot").order_by("-moved", "-last")
    )
    heads = list(found[: most + 1])
    shown, more = heads[:most], heads[most:]
    keys = [head.key for head in shown]
    changes, seconds = _changes(slug, keys), _seconds(slug, keys)
    listed = tuple(
        WallEvent(
            head.snapshot.record, changes.get(head.key, ()), head.told, head.unread,
            seconds.get(head.key),
        )
        for head in shown
    )  # fmt: skip
    shown_of = [(*item.changes, *([item.second] if item.second else ())) for item in listed]
    named = {claim for those in shown_of for change in those for claim in _claims(change)}
    named |= {claim for item in listed for claim in item.event.claims[:1]}
    claims = rows.claims(slug, named)
    captures = rows.captures(slug, {claim.capture for claim in claims.values()})
    older = (shown[-1].moved, shown[-1].last) if more else None
    unread = moved.filter(unread=True)[: UNREAD + 1].count()
    return Wall(listed, claims, captures, older, unread)


def options(slug: str) -> dict[str, tuple[str, ...]]:
    """Return the values that each facet of a story's events has had, in alphabetical order."""
    found: dict[str, list[str]] = {}
    known = models.Option.objects.filter(story_id=slug).order_by("name", "value")
    for name, value in known.values_list("name", "value"):
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def event_page(slug: str, key: str) -> EventPage | None:
    """Return what is known of the event `key`; None where there is none."""
    event: types.Event | None = rows.latest(models.EventSnapshot, slug, keys=[key]).get(key)
    if event is None:
        return None
    return _page(slug, event, event.claims, event.captures)


def claims_page(slug: str, keys: Iterable[str]) -> EventPage | None:
    """Return claims of a story with their captures; None where there are none."""
    found = _page(slug, None, set(keys), ())
    return found if found.claims else None


def _page(
    slug: str, event: types.Event | None, keys: Iterable[str], captures: Iterable[str]
) -> EventPage:
    claims = rows.claims(slug, keys)
    told_in = (claim.capture for claim in claims.values())
    found = rows.captures(slug, {*captures, *told_in})
    copies = rows.latest(models.CopyLink, slug, keys=found) if event else rows.copies(slug, found)
    return EventPage(event, found, claims, copies)


def _changes(slug: str, events: Iterable[str]) -> dict[str, tuple[types.Change, ...]]:
    """Return the last movements of each event, newest first."""
    loud = models.Change.objects.filter(story_id=slug, event__in=list(events))
    place = Window(RowNumber(), partition_by=F("event"), order_by=(F("at").desc(), F("pk").desc()))
    last = loud.exclude(kind__in=QUIET).annotate(place=place).filter(place__lte=MOVEMENTS)
    found: dict[str, tuple[types.Change, ...]] = {}
    for event, record in last.order_by("-at", "-pk").values_list("event", "record"):
        found[event] = (*found.get(event, ()), record)
    return found


def _seconds(slug: str, events: Iterable[str]) -> dict[str, types.Change]:
    """Return the change by which something of each event first had a second origin."""
    found = models.Change.objects.filter(
        story_id=slug, event__in=list(events), kind="claim_corroborated"
    )
    place = Window(RowNumber(), partition_by=F("event"), order_by=(F("at").asc(), F("pk").asc()))
    first = found.annotate(place=place).filter(place=1)
    return dict(first.values_list("event", "record"))


def _claims(change: types.Change) -> tuple[str, ...]:
    """Return the claims that a movement shows: the first, and the figure that it revises."""
    return change.claims[:2]

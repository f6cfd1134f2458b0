"""What the desk's screens show: the wall of changes, and everything about one event."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier import types
from sourcier.desk import models
from sourcier.desk.store import rows
from sourcier.desk.store.entries import told

MOVEMENTS = 400
"""How many of the latest changes the wall looks at."""

_QUIET = ("copy_found", "event_grown", "claim_corroborated")


@dataclass(frozen=True, slots=True)
class WallEvent:
    """An event with its latest movements, newest first; `told` says that an entry is published."""

    event: types.Event
    changes: tuple[types.Change, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """The events that moved, with the claims and captures that their movements are about."""

    events: tuple[WallEvent, ...]
    claims: dict[str, types.Claim]
    captures: dict[str, types.Capture]


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with its captures (oldest first), its claims and which captures are copies."""

    event: types.Event
    captures: dict[str, types.Capture]
    claims: dict[str, types.Claim]
    copies: dict[str, types.Copy]


def wall(slug: str) -> Wall:
    """Return the events that moved, the last first, and what their movements are about."""
    found = models.Change.objects.filter(story_id=slug).exclude(event="")
    found = found.exclude(kind__in=_QUIET).order_by("-at", "-pk")
    by_event: dict[str, list[types.Change]] = {}
    for row in found[:MOVEMENTS]:
        by_event.setdefault(row.event, []).append(row.record)
    events = rows.latest(models.EventSnapshot, slug, keys=by_event)
    tellings = told(slug, by_event)
    listed = tuple(
        WallEvent(events[key], tuple(changes), key in tellings)
        for key, changes in by_event.items()
        if key in events and not events[key].merged_into
    )
    named = {claim for item in listed for change in item.changes for claim in change.claims}
    claims = rows.claims(slug, named)
    captures = rows.captures(slug, {claim.capture for claim in claims.values()})
    return Wall(listed, claims, captures)


def event_page(slug: str, key: str) -> EventPage | None:
    """Return what is known of the event `key`; None where there is none."""
    event: types.Event | None = rows.latest(models.EventSnapshot, slug, keys=[key]).get(key)
    if event is None:
        return None
    claims = rows.claims(slug, event.claims)
    told_in = (claim.capture for claim in claims.values())
    captures = rows.captures(slug, {*event.captures, *told_in})
    return EventPage(event, captures, claims, rows.latest(models.CopyLink, slug, keys=captures))

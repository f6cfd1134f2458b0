"""What proposing looks at, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.material import TOLL, Material
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.store import rows
from sourcier.desk.store.entries import standing

AT_HAND = 300
"""How many entries, the last changed, lend their spelling of names to whatever is told next."""


def material(
    story: str,
    events: Iterable[types.Event],
    alerts: Iterable[types.AlertInterval],
    changes: Iterable[types.Change],
    merged: Mapping[str, str],
    *,
    moment: datetime | None = None,
) -> Material:
    """Return the material for proposing on `changes` that touched `events` and `alerts`.

    `merged` tells into which event another was merged. The claims are those of the events, of the entries
    on them and of those at hand, so that what a batch costs does not grow with the story; where a dispatch
    was deleted, those of every entry, for any may rest on it. The entries are as they stood just before
    `moment` (null: as they stand).
    """
    entries = standing(story, before=moment)
    known = {event.id: event for event in events}
    alerts = tuple(alerts)
    wanted = {key for event in known.values() for key in event.claims}
    wanted |= {line.claim for e in known.values() for ledger in e.ledgers for line in ledger.lines}
    changes = tuple(changes)
    wanted |= {key for change in changes for key in change.claims}
    about = {*known, *(change.event for change in changes)}
    gone = any(change.kind == "dispatch_deleted" for change in changes)
    for place, found in enumerate(entries):
        if gone or place < AT_HAND or not about.isdisjoint(_homes(found, merged)):
            wanted.update(found.entry.claims)
    claims = rows.claims(story, wanted)
    captures = rows.captures(story, {claim.capture for claim in claims.values()})
    languages = models.Story.objects.values_list("languages", flat=True).get(slug=story)
    return Material(tuple(languages), known, claims, captures, alerts, entries, merged)


def _homes(found: Standing, merged: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the events that an entry is on, by itself and by its topic, and what absorbed them."""
    topic = found.topic.removeprefix(TOLL) if found.topic.startswith(TOLL) else None
    for event in (found.entry.event, topic):
        seen: set[str] = set()
        home = event
        while home and home not in seen:
            yield home
            seen.add(home)
            home = merged.get(home)

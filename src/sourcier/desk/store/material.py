"""What proposing looks at, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.material import TOLL, Material
from sourcier.desk.store import rows
from sourcier.desk.store.entries import standing


def material(
    story: str,
    events: Iterable[types.Event],
    alerts: Iterable[types.AlertInterval],
    changes: Iterable[types.Change],
) -> Material:
    """Return the material for proposing on `changes` that touched `events` and `alerts`."""
    entries = standing(story)
    known = {event.id: event for event in events}
    alerts = tuple(alerts)
    wanted = {key for event in known.values() for key in event.claims}
    wanted |= {line.claim for e in known.values() for ledger in e.ledgers for line in ledger.lines}
    wanted |= {key for found in entries for key in found.entry.claims}
    wanted |= {key for change in changes for key in change.claims}
    claims = rows.claims(story, wanted)
    captures = rows.captures(story, {claim.capture for claim in claims.values()})
    told = {e.entry.event for e in entries if e.entry.event}
    told |= {e.topic.removeprefix(TOLL) for e in entries if e.topic.startswith(TOLL)}
    homes = rows.latest(models.EventSnapshot, story, keys=told)
    merged = {key: event.merged_into for key, event in homes.items() if event.merged_into}
    languages = models.Story.objects.values_list("languages", flat=True).get(slug=story)
    return Material(tuple(languages), known, claims, captures, alerts, entries, merged)

"""Snapshots: an event as it stands, made from its bundles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sourcier.types import Claim, Event
from sourcier.weave.events import Record

if TYPE_CHECKING:
    from sourcier.weave.known import Known


def snapshot(known: Known, record: Record) -> Event:
    """Return an event as it stands."""
    claims = list(record.claims)
    leading = record.leading if record.bundles else None
    captures = sorted({c.capture for c in claims}, key=lambda name: (known.moments[name], name))
    return Event(
        id=record.id,
        type=leading.kind if leading else "statement",
        place=leading.place if leading else None,
        zone=leading.zone if leading else None,
        time=leading.time if leading else None,
        opened=record.opened,
        updated=max((known.moments[name] for name in captures), default=record.opened),
        claims=tuple(c.id for c in claims),
        captures=tuple(captures),
        origins=known.counted(c.id for c in claims),
        ledgers=known.ledgers.get(record.id, ()),
        stances=_stances(known, claims),
        merged_into=record.merged_into,
    )


def _stances(known: Known, claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """Return who confirms, denies or disputes, by name."""
    taken: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.stance != "asserted":
            taken.setdefault(claim.stance, {})[known.tracer.trace(claim).speaker.name] = None
    return {stance: tuple(names) for stance, names in sorted(taken.items())}

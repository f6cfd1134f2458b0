"""Snapshots: an event as it stands, made from its bundles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sourcier.types import Claim, Event, Toll
from sourcier.weave.events import Record
from sourcier.weave.figures import Figure
from sourcier.weave.speakers import outlet

if TYPE_CHECKING:
    from sourcier.weave.known import Known


def snapshot(known: Known, record: Record) -> Event:
    """Return an event as it stands."""
    claims = [known.claims[name] for name in record.claims]
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


def figures(known: Known, record: Record) -> list[Figure]:
    """Return the tolls of an event, each with what its ledger line depends on."""
    tolls = [claim for name in record.claims if isinstance(claim := known.claims[name], Toll)]
    return [_figure(known, toll) for toll in tolls if toll.scope == "event"]


def _figure(known: Known, toll: Toll) -> Figure:
    wording = known.wording(toll)
    spring = known.tracer.trace(toll)
    parent = known.tracer.parent(toll)
    copy = known.copies.get(toll.capture)
    earlier = _restated(known, toll)
    latest = known.dispatches.latest(toll.dispatch)
    return Figure(
        toll=toll,
        capture=known.captures.get(toll.capture),
        wording=wording,
        claimant=spring.speaker.key,
        name=spring.speaker.name,
        reported=known.moments[toll.capture],
        publisher=outlet(wording.outlet),
        named=spring.raw is not None,
        official=known.speakers.is_official(spring.speaker.key),
        who=spring.why,
        source=earlier or (parent.id if parent else None),
        source_why=copy.why if copy and parent and not earlier else (),
        withdrawn=known.dispatches.withdrawn(toll, known.told[latest.id] if latest else ()),
    )


def _restated(known: Known, toll: Toll) -> str | None:
    """Return the claim of an earlier version of the same dispatch that a toll says again."""
    for version in known.dispatches.versions(toll.dispatch):
        if version.id == toll.capture:
            return None
        for claim in known.told[version.id]:
            if isinstance(claim, Toll) and _unchanged(claim, toll):
                return claim.id
    return None


def _unchanged(one: Toll, other: Toll) -> bool:
    mine = (one.outcome, one.low, one.high, one.qualifier, one.provisional, one.of)
    theirs = (other.outcome, other.low, other.high, other.qualifier, other.provisional, other.of)
    return mine == theirs and (one.part_of is None) == (other.part_of is None)

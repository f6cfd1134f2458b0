"""Snapshots: an event as it stands, made from its bundles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sourcier.types import Capture, Claim, Event, Evidence, Toll
from sourcier.weave import tables
from sourcier.weave.events import Record
from sourcier.weave.facts import number
from sourcier.weave.ledgers import Figure
from sourcier.weave.rules import Rule, because
from sourcier.weave.speakers import outlet

if TYPE_CHECKING:
    from sourcier.weave.known import Known

_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")


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
        origins=known.origins(c.id for c in claims),
        ledgers=record.ledgers,
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
    capture = known.captures.get(toll.capture)
    spring = known.tracer.trace(toll)
    parent = known.tracer.parent(toll)
    copy = known.copies.get(toll.capture)
    earlier = _restated(known, toll)
    latest = known.dispatches.latest(toll.dispatch)
    standing = known.told[latest.id] if latest else ()
    reported = known.moments[toll.capture]
    publisher = (capture.publisher if capture else None) or toll.dispatch
    return Figure(
        toll=toll,
        capture=capture,
        claimant=spring.speaker.key,
        name=spring.speaker.name,
        outlet=publisher,
        relays=tuple(filter(None, map(_relay, toll.attribution[:-1]))),
        as_of=_as_of(toll, reported),
        reported=reported,
        own_channel=outlet(publisher) == spring.speaker.key,
        source=earlier or (parent.id if parent else None),
        source_why=copy.why if copy and parent and not earlier else (),
        withdrawn=known.dispatches.withdrawn(toll, standing),
        revision=_revision(toll, capture),
        replaces=_replaced(known, toll, capture),
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


def _relay(attribution: object) -> str | None:
    name = getattr(attribution, "organisation", None) or getattr(attribution, "name", None)
    return str(name) if name else None


def _as_of(toll: Toll, reported: datetime) -> datetime:
    """Return when the claimant spoke: as the text says, at the latest when it was published."""
    return min(toll.said.end, reported) if toll.said else reported


def _revision(toll: Toll, capture: Capture | None) -> Evidence | None:
    """Return the words with which a toll's sentence says that the figure replaces another."""
    if capture is None:
        return None
    found = tables.pattern("revision", capture.language)
    match = (
        found.search(capture.text.lower(), *_sentence(capture.text, toll.span)) if found else None
    )
    if match is None:
        return None
    words = capture.text[slice(*match.span())]
    return because(Rule.REVISION_TOLD, capture.id, match.span(), words=words)


def _sentence(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, span[0])), default=0)
    after = _SENTENCE_END.search(text, span[1])
    return start, after.end() if after else len(text)


def _replaced(known: Known, toll: Toll, capture: Capture | None) -> frozenset[int]:
    """Return the earlier figures that the toll's text recalls: as background, or in its sentence."""
    recalled = frozenset(
        n
        for claim in known.told[toll.capture]
        if isinstance(claim, Toll)
        and claim.role == "background"
        and claim.outcome == toll.outcome
        and claim.time is None
        and (n := number(claim)) is not None
    )
    if capture is None:
        return recalled
    sentence = capture.text[slice(*_sentence(capture.text, toll.span))].lower()
    return recalled | tables.numbers_in(sentence, capture.language) - {number(toll)}

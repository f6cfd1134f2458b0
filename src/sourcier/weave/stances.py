"""Stances: who confirms, denies or contests what, and what a second independent origin bears out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sourcier.types import ChangeKind, Claim, Occurrence, Toll
from sourcier.weave import tables
from sourcier.weave.changes import Log
from sourcier.weave.facts import number
from sourcier.weave.rules import Rule, because

if TYPE_CHECKING:
    from sourcier.weave.known import Known


_TAKEN: dict[str, tuple[ChangeKind, Rule]] = {
    "confirmed": ("claim_confirmed", Rule.PARTY_CONFIRMS),
    "denied": ("claim_denied", Rule.PARTY_DENIES),
    "disputed": ("claim_disputed", Rule.PARTY_DISPUTES),
}


def taken(known: Known, claims: tuple[Claim, ...], log: Log) -> None:
    """Note the parties that confirm, deny or contest something here, and which claims that meets."""
    for claim in claims:
        found = _TAKEN.get(claim.stance)
        if found is None or not claim.attribution:
            continue
        if claim.role != "news" or known.tracer.parent(claim) is not None:
            continue
        speaker = known.tracer.trace(claim).speaker
        event = known.event_of(claim.id)
        kind, rule = found
        span = claim.attribution[-1].span
        log.add(
            kind,
            event,
            (claim.id, *_met(known, claim, event, speaker.key)),
            (because(rule, claim.capture, span, name=speaker.name),),
            by=speaker.name,
            key=speaker.key,
        )


def _met(known: Known, claim: Claim, event: str | None, speaker: str) -> list[str]:
    """Return the asserted claims of others in the event that are about the same."""
    if event is None:
        return []
    return [
        other.id
        for other in known.records.records[event].claims
        if other.stance == "asserted"
        and _topic(other) == _topic(claim)
        and known.tracer.trace(other).speaker.key != speaker
    ]


def _topic(claim: Claim) -> tuple[object, ...]:
    match claim:
        case Toll():
            return "toll", claim.outcome, claim.of, number(claim)
        case Occurrence():
            return "occurrence", tables.families(claim.type)
    return (claim.kind, claim.quote)


def corroborated(known: Known, event: str, log: Log) -> None:
    """Note what a second independent origin states, once for each fact of an event."""
    record = known.records.records[event]
    relays = {
        line.claim
        for ledger in known.ledgers.get(event, ())
        for line in ledger.lines
        if line.state in ("copy", "withdrawn")
    }
    topics: dict[str, list[Claim]] = defaultdict(list)
    for claim in record.claims:
        tells = isinstance(claim, Toll | Occurrence) and claim.stance != "denied"
        if tells and claim.id not in relays:
            topics[_fact(claim)].append(claim)
    for topic in sorted(topics.keys() - record.corroborated):
        springs: dict[str, tuple[Claim, str]] = {}
        told = [c for c in topics[topic] if not known.dispatches.is_deleted(c.dispatch)]
        for claim in sorted(told, key=lambda c: (known.moments[c.capture], c.id)):
            speaker = known.tracer.trace(claim).speaker
            springs.setdefault(speaker.key, (claim, speaker.name))
        if len(springs) > 1:
            record.corroborated.add(topic)
            (first, name), (second, other) = list(springs.values())[:2]
            why = because(Rule.SECOND_ORIGIN, second.capture, second.span, names=[name, other])
            log.add(
                "claim_corroborated",
                event,
                (first.id, second.id),
                (why,),
                names=[name, other],
                keys=list(springs)[:2],
            )


def _fact(claim: Claim) -> str:
    """Return what two origins must both state: a figure, or that it happened."""
    if isinstance(claim, Toll):
        return f"toll:{claim.outcome}:{','.join(claim.of)}:{claim.part_of is None}:{number(claim)}"
    return "occurrence"

"""Echoes: the claims that say again what some claims say, so that whoever says it is counted.

An entry rests on the claim that brought the news. Those that come after it, in other outlets and
languages, bring nothing new, but they are its relays or its confirmation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sourcier.types import Alert, Claim, Measure, Occurrence, Statement

if TYPE_CHECKING:
    from sourcier.weave.known import Known


def echoes(known: Known, claims: Iterable[str]) -> tuple[str, ...]:
    """Return `claims` and those of the same events that say the same, in the order they were told.

    The same is: an occurrence of that type, words of the same speaker, a measure, an alert in
    the same interval. A toll has no echo: its ledger holds every figure already.
    """
    given = [known.claims[name] for name in claims if name in known.claims]
    found = {claim.id: claim for claim in given}
    for claim in given:
        found.update((other.id, other) for other in _said_again(known, claim))
    order = sorted(found.values(), key=lambda c: (known.moments[c.capture], c.capture, c.span))
    return tuple(claim.id for claim in order)


def _said_again(known: Known, claim: Claim) -> Iterator[Claim]:
    if isinstance(claim, Alert):
        yield from _of_interval(known, claim)
        return
    event = known.event_of(claim.id)
    if event is None:
        return
    for other in known.records.records[event].claims:
        if other.role == "news" and _same(known, claim, other):
            yield other


def _of_interval(known: Known, alert: Alert) -> Iterator[Claim]:
    for interval in known.warnings.of(alert, known.place_of(alert)):
        told = (known.claims[name] for name in interval.claims if name in known.claims)
        yield from (
            claim for claim in told if isinstance(claim, Alert) and claim.state == alert.state
        )


def _same(known: Known, claim: Claim, other: Claim) -> bool:
    match claim, other:
        case Occurrence(), Occurrence():
            return claim.type == other.type
        case Statement(), Statement():
            return _speaker(known, claim) == _speaker(known, other)
        case Measure(), Measure():
            return True
    return False


def _speaker(known: Known, claim: Claim) -> str:
    return known.tracer.trace(claim).speaker.key

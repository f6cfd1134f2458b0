"""Facts: what a claim says, reduced to what survives rewriting and translation."""

from __future__ import annotations

from collections.abc import Hashable

from sourcier.types import Alert, Claim, Measure, Occurrence, Statement, Toll
from sourcier.weave import tables
from sourcier.weave.names import body, person

Fact = tuple[Hashable, ...]


def number(toll: Toll) -> int | None:
    """Return the figure printed: the lower bound, or the upper where that alone is given."""
    return toll.high if toll.qualifier == "at_most" or toll.low is None else toll.low


def fact(claim: Claim) -> Fact:
    """Return the fact of a claim. Claims of two texts that tell the same thing have equal facts."""
    match claim:
        case Toll():
            return ("toll", claim.outcome, number(claim), claim.part_of is not None)
        case Occurrence():
            where = tables.site(claim.place) if claim.place else None
            return ("occurrence", claim.type, where)
        case Alert():
            at = claim.time.start.isoformat() if claim.time else None
            return ("alert", claim.hazard, claim.state, at)
        case Measure():
            return ("measure", body(claim.actor) if claim.actor else None)
        case Statement():
            return ("statement", claim.mode, spoken_by(claim))


def spoken_by(claim: Claim) -> str | None:
    """Return a rough key of the speaker that needs no context: person, office or body, or None."""
    if not claim.attribution:
        return None
    last = claim.attribution[-1]
    if last.name:
        return person(last.name)
    words = " ".join(filter(None, (last.role, last.organisation)))
    known = tables.office(words)
    return known[0] if known else body(words)

"""Weave: claims in, changes out. Pure: no I/O, no clock.

::

    captures + claims ─ one step for each capture, in order of time
        ├ dispatches   versions, silent edits, deletions
        ├ copies       passages, facts and credits → the text each descends from
        ├ bundles      the claims of one capture that tell of one thing
        ├ clusters     bundles of all captures → events, which keep their ids
        ├ origins      every claim → the speaker or text that it springs from
        ├ ledgers      tolls of an event → figures by claimant, revisions, contradictions
        ├ alerts       what is said of an alert → intervals
        └ stances      who confirms, denies; what a second origin bears out
    → changes, with the evidence for each, and all that is now known; what was long not asked for of it
      is packed (archive) or worked out again

What is known in the end does not depend on the order in which captures came: only the ids of
events, which stay as first given, and the changes, which tell the story as it was learnt, do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sourcier.types import Capture, Change, Claim
from sourcier.weave.known import Known
from sourcier.weave.steps import Step, close_silent, take

__all__ = ["Known", "Woven", "weave"]

_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


class Woven(NamedTuple):
    """What one call of `weave` found: `touched` are the ids of events whose snapshot changed."""

    changes: tuple[Change, ...]
    known: Known
    touched: tuple[str, ...]


def weave(
    captures: Iterable[Capture],
    claims: Iterable[Claim],
    known: Known | None = None,
    *,
    now: datetime | None = None,
) -> Woven:
    """Weave captures and their claims into what is `known`, and return what changed.

    `known` is consumed: go on with the returned one. Claims may come without their capture; what
    needs its text is then not found. What is known already is passed over. `now` (aware) closes
    alerts that fell silent; without it nothing is inferred from the passing of time.
    """
    known = known if known is not None else Known()
    found: list[Change] = []
    touched: set[str] = set()
    for step in sorted(_steps(captures, claims, known), key=_order):
        changes, events = take(known, step)
        found += changes
        touched |= events
    if now is not None:
        found += close_silent(known, now)
    known.log(found)
    return Woven(tuple(found), known, tuple(sorted(touched)))


def _steps(captures: Iterable[Capture], claims: Iterable[Claim], known: Known) -> Iterator[Step]:
    """Yield a step for each capture that is new or of which there are new claims."""
    fresh = {c.id: c for c in captures if c.id not in known.captures}
    told: dict[str, dict[str, Claim]] = {name: {} for name in fresh}
    for claim in claims:
        if claim.id not in known.claims:
            told.setdefault(claim.capture, {})[claim.id] = claim
    for name, said in told.items():
        capture = fresh.get(name) or known.captures.get(name)
        said_now = tuple(said.values())
        dispatch = capture.dispatch if capture else said_now[0].dispatch
        moment = _told(capture, said_now)
        seen = capture.retrieved if capture and capture.retrieved else moment
        yield Step(name, dispatch, capture, name in fresh, said_now, moment, seen)


def _order(step: Step) -> tuple[datetime, int, str]:
    return step.seen, step.capture.version if step.capture else 1, step.name


def _told(capture: Capture | None, claims: tuple[Claim, ...]) -> datetime:
    """Return when a capture was published or updated; without it, the latest time in its claims."""
    if capture is not None:
        return capture.updated or capture.published
    times = [part.start for claim in claims for part in (claim.time, claim.said) if part]
    return max(times, default=_UNKNOWN)

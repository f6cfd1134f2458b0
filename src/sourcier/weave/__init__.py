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
    → changes, with the evidence for each, and all that is now known

What is known in the end does not depend on the order in which captures came: only the ids of
events, which stay as first given, and the changes, which tell the story as it was learnt, do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from sourcier.types import Capture, Change, Claim
from sourcier.weave.changes import Log
from sourcier.weave.known import Known
from sourcier.weave.steps import close_silent, step

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
    fresh = {c.id: c for c in captures if c.id not in known.captures}
    told: dict[str, dict[str, Claim]] = {name: {} for name in fresh}
    for claim in claims:
        if claim.id not in known.claims:
            told.setdefault(claim.capture, {})[claim.id] = claim
    found: list[Change] = []
    touched: set[str] = set()
    steps = [
        (fresh.get(name) or known.captures.get(name), name, tuple(told[name].values()))
        for name in told
    ]
    for capture, name, said in sorted(steps, key=lambda s: _order(s[0], s[1], s[2])):
        log = Log(_seen(capture, said), name, capture.dispatch if capture else said[0].dispatch)
        touched |= step(known, fresh.get(name), said, _told(capture, said), log)
        found += log.changes
    if now is not None:
        log = Log(now, None, None)
        close_silent(known, now, log)
        found += log.changes
    known.log(found)
    return Woven(tuple(found), known, tuple(sorted(touched)))


def _order(
    capture: Capture | None, name: str, claims: tuple[Claim, ...]
) -> tuple[datetime, int, str]:
    return _seen(capture, claims), capture.version if capture else 1, name


def _told(capture: Capture | None, claims: tuple[Claim, ...]) -> datetime:
    """Return when a capture was published or updated; without it, the latest time in its claims."""
    if capture is not None:
        return capture.updated or capture.published
    times = [part.start for claim in claims for part in (claim.time, claim.said) if part]
    return max(times, default=_UNKNOWN)


def _seen(capture: Capture | None, claims: tuple[Claim, ...]) -> datetime:
    """Return when a capture became known."""
    return capture.retrieved or _told(capture, claims) if capture else _told(capture, claims)

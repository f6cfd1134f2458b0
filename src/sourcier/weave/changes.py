"""Changes: what weaving says it found, one record each.

================== ==================================================================================
kind               claims; ``data``
================== ==================================================================================
event_opened       its claims; ``type``, ``place``; ``split_from``: the event it was part of, if any
event_grown        the claims that joined; ``captures``: how many captures the event now has
event_merged       (`event` is the one absorbed); ``into``
event_split        the claims that left; ``from``
toll_stated        (claim,); a *figure* and ``outcome``, ``of``
toll_revised       (claim, those superseded); the same, ``before``: [*figure*], ``direction``: up, down,
                   same
toll_disputed      both sides; ``outcome``, ``of``, ``low``, ``high``, ``sides``: [*figure*]
toll_settled       the standing lines; the same as toll_disputed
alert_opened       those of the interval; ``alert`` (its id), ``hazard``, ``area``, ``start``, ``end``
alert_observed     the same; ``observed``: the last instant
alert_closed       the same; ``inferred``: closed by rule, not by word
statement_added    (claim,); ``speaker``, ``key``
occurrence_added   (claim,); ``type``, ``speaker``, ``key``
measure_added      (claim,); ``actor``, ``speaker``, ``key``
dispatch_edited    claims of the new version; ``version``, ``notice``: whether the text says that it
                   changed, ``diff``: [{``kind``, ``before``, ``after``}] with *figures* and claim ids
dispatch_deleted   claims withdrawn; ``version``
copy_found         (none); ``kind``, ``origin``, ``origin_name``, ``share``, ``lost``
claim_corroborated (first, second); ``names``: both origins, ``keys``
claim_confirmed    (the confirming claim, the claims it confirms); ``by``, ``key``
claim_denied       (the denying claim, the claims it denies); ``by``, ``key``
claim_disputed     (the contesting claim, the claims it contests); ``by``, ``key``
================== ==================================================================================

A *figure* is ``claim``, ``claimant``, ``claimant_key``, ``low``, ``high``, ``qualifier``,
``provisional``, ``words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from xxhash import xxh3_64_hexdigest

from sourcier import jsonl
from sourcier.types import (
    AlertInterval,
    Capture,
    Change,
    ChangeKind,
    Copy,
    Evidence,
    Ledger,
    TollLine,
)
from sourcier.weave.rules import Rule, because


class Log:
    """Collects the changes that one capture brings."""

    def __init__(self, at: datetime, capture: str | None, dispatch: str | None) -> None:
        self.at = at
        self.changes: list[Change] = []
        self._capture = capture
        self._dispatch = dispatch

    def add(
        self,
        kind: ChangeKind,
        event: str | None = None,
        claims: Iterable[str] = (),
        why: Iterable[Evidence] = (),
        about: Capture | None = None,
        /,
        **data: Any,
    ) -> None:
        """Note a change; `about` is its capture where that is not the one being woven."""
        named = tuple(claims)
        content = jsonl.encode([kind, event, self._capture, about and about.id, named, data])
        self.changes.append(
            Change(
                id=f"c{xxh3_64_hexdigest(content.encode())[:14]}",
                kind=kind,
                at=self.at,
                event=event,
                capture=about.id if about else self._capture,
                dispatch=about.dispatch if about else self._dispatch,
                claims=named,
                data=data,
                why=tuple(why),
            )
        )


def figure(line: TollLine) -> dict[str, Any]:
    """Return what a change says of a line."""
    return {
        "claim": line.claim,
        "claimant": line.claimant,
        "claimant_key": line.claimant_key,
        "low": line.low,
        "high": line.high,
        "qualifier": line.qualifier,
        "provisional": line.provisional,
        "words": line.words,
    }


def tolls(log: Log, event: str, before: tuple[Ledger, ...], after: tuple[Ledger, ...]) -> None:
    """Note what changed between two states of an event's ledgers."""
    old = {(ledger.outcome, ledger.of): ledger for ledger in before}
    states = {line.claim: line.state for ledger in before for line in ledger.lines}
    for ledger in after:
        for line in ledger.lines:
            if line.state == "current" and states.get(line.claim) != "current":
                _figure(log, event, ledger, line, states)
        _dispute(log, event, old.get((ledger.outcome, ledger.of)), ledger)


def _figure(
    log: Log, event: str, ledger: Ledger, line: TollLine, states: Mapping[str, str]
) -> None:
    replaced = [
        other
        for other in ledger.lines
        if other.superseded_by == line.claim and states.get(other.claim) != "superseded"
    ]
    common = {"outcome": ledger.outcome, "of": list(ledger.of), **figure(line)}
    if not replaced:
        log.add("toll_stated", event, (line.claim,), line.why, **common)
        return
    log.add(
        "toll_revised",
        event,
        (line.claim, *(other.claim for other in replaced)),
        (evidence for other in replaced for evidence in other.why),
        before=[figure(other) for other in replaced],
        direction=_direction(replaced[-1], line),
        **common,
    )


def _direction(before: TollLine, after: TollLine) -> str:
    old = before.low if before.low is not None else before.high or 0
    new = after.low if after.low is not None else after.high or 0
    return "up" if new > old else "down" if new < old else "same"


def _dispute(log: Log, event: str, before: Ledger | None, after: Ledger) -> None:
    was = before is not None and before.disputed_since is not None
    is_now = after.disputed_since is not None
    if was == is_now:
        return
    shown = [
        line
        for line in after.lines
        if line.claim in after.sides or (not is_now and line.state == "current")
    ]
    log.add(
        "toll_disputed" if is_now else "toll_settled",
        event,
        after.sides if is_now else (line.claim for line in shown),
        _standing(shown, Rule.RANGES_EXCLUDE if is_now else Rule.RANGES_MEET),
        outcome=after.outcome,
        of=list(after.of),
        low=after.low,
        high=after.high,
        sides=[figure(line) for line in shown],
    )


def _standing(lines: Iterable[TollLine], rule: Rule) -> Iterable[Evidence]:
    for line in lines:
        yield because(rule, line.capture, low=line.low, high=line.high, claimant=line.claimant)


def alerts(log: Log, changed: Iterable[tuple[AlertInterval | None, AlertInterval]]) -> None:
    """Note what changed of alert intervals, given as ``(before, after)``."""
    for before, after in changed:
        common: dict[str, Any] = {
            "alert": after.id,
            "hazard": after.hazard,
            "area": after.place.name if after.place else after.area,
            "start": after.start.isoformat() if after.start else None,
            "end": after.end.isoformat() if after.end else None,
        }
        if before is None:
            log.add("alert_opened", after.event, after.claims, after.why, **common)
        if after.end is not None and (before is None or before.end is None):
            log.add(
                "alert_closed",
                after.event,
                after.claims,
                after.why[-1:],
                inferred=after.inferred_end,
                **common,
            )
        elif before is not None and after.observed != before.observed and after.observed:
            observed = after.observed[-1].isoformat()
            log.add(
                "alert_observed",
                after.event,
                after.claims,
                after.why[-1:],
                observed=observed,
                **common,
            )


def copy(log: Log, found: Copy, capture: Capture, event: str | None) -> None:
    """Note a capture that turned out to be a copy, or another's copy than was thought."""
    log.add(
        "copy_found",
        event,
        (),
        found.why,
        capture,
        kind=found.kind,
        origin=found.origin,
        origin_name=found.origin_name,
        share=found.share,
        lost=list(found.lost),
    )

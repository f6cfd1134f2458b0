"""Ledgers: every figure of one outcome in one event, and what they now amount to.

A line is superseded by the same claimant's later figure, up or down, or by a text that itself says
which figure it replaces; a relay of a line is a copy of it; figures of different claimants that
exclude each other stay side by side, disputed. All follows from the lines alone: the order in which
they were captured changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from operator import attrgetter

from sourcier.types import Ledger, Outcome, Qualifier, Toll
from sourcier.weave import tables
from sourcier.weave.figures import Figure, excluded
from sourcier.weave.sheets import Line, Sheet

_LINE = attrgetter("as_of", "reported", "toll.id")

Key = tuple[Outcome, tuple[str, ...]]
"""What a ledger is about: an outcome of all (), or of a group."""
Pair = frozenset[str]
"""Two claims, by id."""


def sorted_out(figures: Sequence[Figure]) -> dict[Key, list[Figure]]:
    """Return the figures of an event by ledger, whole tolls before those of groups, each oldest first."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    beside: dict[str, list[Toll]] = defaultdict(list)
    for figure in figures:
        beside[figure.toll.capture].append(figure.toll)
    for figure in figures:
        group = _group(figure.toll, beside[figure.toll.capture])
        if group is not None:
            found[figure.toll.outcome, group].append(figure)
    for told in found.values():
        told.sort(key=_LINE)
    return dict(sorted(found.items()))


def ledgers(event: str, sheets: Mapping[Key, Sheet]) -> tuple[Ledger, ...]:
    """Return the ledgers of an event, given their closed sheets."""
    rivals = _rivals(sheets.values())
    return tuple(_ledger(event, *key, sheet, rivals) for key, sheet in sheets.items())


def _group(toll: Toll, told: Sequence[Toll]) -> tuple[str, ...] | None:
    """Return the group that a toll counts: () for all; None for a part of unnamed people.

    `told` are the tolls of its capture: a group is the toll of the event unless others are told
    beside it.
    """
    if toll.part_of is None and not toll.of:
        return ()
    whole = next((other for other in told if other.id == toll.part_of), None)
    if toll.part_of is not None and (whole is None or whole.outcome == toll.outcome):
        return toll.of or None
    if not toll.of or set(toll.of) & tables.counted_apart():
        return toll.of
    told_apart = any(
        other.outcome == toll.outcome and other.of != toll.of and other.part_of is None
        for other in told
    )
    return toll.of if told_apart else ()


def _rivals(sheets: Iterable[Sheet]) -> set[Pair]:
    """Return the pairs of standing figures that one text sets side by side as rival versions."""
    told: dict[tuple[str, Outcome], list[Line]] = defaultdict(list)
    for sheet in sheets:
        for entry in sheet.current():
            if entry.figure.toll.stance == "disputed":
                told[entry.figure.toll.capture, entry.figure.toll.outcome].append(entry)
    return {
        frozenset((one.line.claim, two.line.claim))
        for entries in told.values()
        for one, two in combinations(entries, 2)
        if one.figure.claimant != two.figure.claimant
    }


def _ledger(
    event: str, outcome: Outcome, of: tuple[str, ...], sheet: Sheet, rivals: set[Pair]
) -> Ledger:
    """Return a ledger with its span and its contradictions."""
    standing = sheet.wholes()
    conflicts = {pair for pair in rivals if pair & sheet.lines.keys()}
    conflicts |= {
        frozenset((one.line.claim, two.line.claim))
        for one, two in combinations(standing, 2)
        if one.figure.claimant != two.figure.claimant and excluded(one.figure, two.figure)
    }
    since = [
        max(sheet.lines[name].line.reported for name in pair if name in sheet.lines)
        for pair in conflicts
    ]
    tolls = [entry.figure.toll for entry in standing]
    low, high = _span(tolls)
    return Ledger(
        event=event,
        outcome=outcome,
        of=of,
        lines=tuple(entry.line for entry in sheet.lines.values()),
        low=low,
        high=high,
        best=_best(standing),
        qualifier=_qualifier(tolls, low, high),
        provisional=any(toll.provisional for toll in tolls),
        disputed_since=min(since, default=None),
        sides=tuple(sorted({name for pair in conflicts for name in pair})),
    )


def _span(tolls: Sequence[Toll]) -> tuple[int | None, int | None]:
    lows = [toll.low for toll in tolls if toll.low is not None]
    highs = [toll.high for toll in tolls if toll.high is not None]
    return min(lows, default=None), max(highs) if tolls and len(highs) == len(tolls) else None


def _best(standing: Sequence[Line]) -> int | None:
    """Return the figure that most claimants give, the last reported where as many give another.

    A figure open upward counts as what it is sure of; see decision 2 on other conventions.
    """
    givers: dict[int, list[Line]] = defaultdict(list)
    for entry in standing:
        toll = entry.figure.toll
        sure = toll.low if toll.low is not None else toll.high
        if sure is not None:
            givers[sure].append(entry)

    def weight(sure: int) -> tuple[int, datetime, int]:
        return len(givers[sure]), max(entry.line.reported for entry in givers[sure]), sure

    return max(givers, key=weight, default=None)


def _qualifier(tolls: Sequence[Toll], low: int | None, high: int | None) -> Qualifier:
    """Return the qualifier that fits the span of the standing lines."""
    kinds = {toll.qualifier for toll in tolls}
    if len(kinds) == 1:
        return kinds.pop()
    if high is None:
        return "at_least" if low else "vague"
    return "about" if "about" in kinds else "exact"

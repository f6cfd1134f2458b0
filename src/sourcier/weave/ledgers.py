"""Ledgers: every figure of one outcome in one event, and what they now amount to.

A line is superseded by the same claimant's later figure, up or down, or by a text that itself says
which figure it replaces; a relay of a line is a copy of it; figures of different claimants that
exclude each other stay side by side, disputed. All follows from the lines alone: the order in which
they were captured changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

import msgspec

from sourcier.types import Capture, Evidence, Ledger, Outcome, Qualifier, Toll, TollLine
from sourcier.weave import rules, tables
from sourcier.weave.facts import number
from sourcier.weave.likeness import same_outlet
from sourcier.weave.losses import lost
from sourcier.weave.rules import Rule, because
from sourcier.weave.wording import Wording

_OPEN = 10**9
_ABOUT = 0.2


@dataclass(frozen=True, slots=True)
class Figure:
    """A toll with all that its line depends on.

    `source` is the claim that this one relays, where its capture is a copy; `withdrawn` says why the
    dispatch no longer stands; `own_channel` that its outlet is the claimant.
    """

    toll: Toll
    capture: Capture | None
    wording: Wording
    claimant: str
    name: str
    reported: datetime
    own_channel: bool = False
    source: str | None = None
    source_why: tuple[Evidence, ...] = ()
    withdrawn: Evidence | None = None


def ledgers(event: str, figures: Sequence[Figure]) -> tuple[Ledger, ...]:
    """Return the ledgers of an event, whole tolls before those of groups."""
    sheets: dict[tuple[Outcome, tuple[str, ...]], list[Figure]] = defaultdict(list)
    for figure in figures:
        group = _group(figure.toll, figures)
        if group is not None:
            sheets[figure.toll.outcome, group].append(figure)
    made = {key: _Sheet(sheets[key]) for key in sorted(sheets)}
    rivals = _rivals(made.values())
    return tuple(sheet.ledger(event, *key, rivals) for key, sheet in made.items())


def _group(toll: Toll, figures: Sequence[Figure]) -> tuple[str, ...] | None:
    """Return the group that a toll counts: () for all; None for a part of unnamed people."""
    beside = [f.toll for f in figures if f.toll.capture == toll.capture and f.toll.id != toll.id]
    whole = next((other for other in beside if other.id == toll.part_of), None)
    if toll.part_of is not None and (whole is None or whole.outcome == toll.outcome):
        return toll.of or None
    if not toll.of or set(toll.of) & tables.counted_apart():
        return toll.of
    told_apart = any(
        other.outcome == toll.outcome and other.of != toll.of and other.part_of is None
        for other in beside
    )
    return toll.of if told_apart else ()


class _Line(NamedTuple):
    figure: Figure
    line: TollLine


class _Sheet:
    """The lines of one ledger while they are put in order."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.lines: dict[str, _Line] = {}
        for figure in sorted(figures, key=lambda f: (f.wording.as_of, f.reported, f.toll.id)):
            self._enter(figure)

    def current(self) -> list[_Line]:
        """Return the lines that stand."""
        return [entry for entry in self.lines.values() if entry.line.state == "current"]

    def _wholes(self) -> list[_Line]:
        """Return the standing lines without the smaller figures that one text gives for one claimant.

        "Two more bodies were found, which makes four dead": the two are part of the four.
        """
        largest: dict[tuple[str, str], _Line] = {}
        for entry in self.current():
            key = (entry.figure.claimant, entry.figure.toll.capture)
            if key not in largest or _size(entry) > _size(largest[key]):
                largest[key] = entry
        return list(largest.values())

    def _enter(self, figure: Figure) -> None:
        if figure.withdrawn is not None:
            self._put(figure, state="withdrawn", why=(figure.withdrawn,))
            return
        main = self._relayed(figure)
        if main is not None:
            self._relay(figure, main)
            return
        replaced = self._replaced(figure)
        self._put(figure, state="current")
        for entry, why in replaced:
            self._set(entry, state="superseded", superseded_by=figure.toll.id, why=(why,))

    def _relayed(self, figure: Figure) -> _Line | None:
        """Return the line that a figure repeats: its copy's origin, or the same speaker's same figure."""
        if figure.source in self.lines and self.lines[figure.source].line.state != "withdrawn":
            return self._main(self.lines[figure.source])
        for entry in reversed(self.lines.values()):
            if entry.line.state in ("withdrawn", "copy") or not _same_number(figure, entry.figure):
                continue
            if _credits(figure, entry.figure) or self._same_words(figure, entry):
                return entry
        return None

    def _same_words(self, figure: Figure, entry: _Line) -> bool:
        """Tell whether a figure is the claimant's that a line holds: still current, or told late."""
        if figure.claimant != entry.figure.claimant:
            return False
        if entry.line.state == "current":
            return _alike(figure.toll, entry.figure.toll) or _hardened(figure, entry.figure)
        later = self.lines.get(entry.line.superseded_by or "")
        return (
            later is not None
            and figure.toll.said is None
            and figure.wording.as_of - later.figure.wording.as_of <= rules.RELAY_LAG
            and figure.toll.dispatch != entry.figure.toll.dispatch
            and figure.wording.revision is None
        )

    def _relay(self, figure: Figure, main: _Line) -> None:
        """Enter a relay; where it is softer than the line it repeats, that one was the hardened relay."""
        why = figure.source_why or (because(Rule.RELAY_OF_FIGURE, claimant=main.figure.name),)
        if (
            figure.source is None
            and main.line.state == "current"
            and _softer(figure.toll, main.figure.toll)
        ):
            self._put(figure, state="current")
            gone = lost(figure.toll, main.figure.toll, figure.capture, main.figure.capture)
            self._set(main, state="copy", copy_of=figure.toll.id, lost=gone, why=why)
            return
        gone = lost(main.figure.toll, figure.toll, main.figure.capture, figure.capture)
        self._put(figure, state="copy", copy_of=main.line.claim, lost=gone, why=why)

    def _replaced(self, figure: Figure) -> list[tuple[_Line, Evidence]]:
        """Return the standing lines that a figure supersedes, each with the reason."""
        standing = [e for e in self.current() if e.figure.toll.capture != figure.toll.capture]
        same = [e for e in standing if e.figure.claimant == figure.claimant]
        if same:
            why = because(Rule.SAME_CLAIMANT, claimant=figure.name)
            return [(entry, why) for entry in same]
        retold = because(Rule.OUTLET_RETELLS, claimant=figure.wording.outlet)
        found = [(e, retold) for e in standing if _retells(figure, e.figure)]
        told = figure.wording.revision
        if told is not None:
            found += [(e, told) for e in standing if _revises(figure, e.figure)]
        return found

    def _main(self, entry: _Line) -> _Line:
        while entry.line.state == "copy" and entry.line.copy_of in self.lines:
            entry = self.lines[entry.line.copy_of]
        return entry

    def _put(self, figure: Figure, **fields: object) -> None:
        self.lines[figure.toll.id] = _Line(figure, msgspec.structs.replace(_line(figure), **fields))

    def _set(self, entry: _Line, **fields: object) -> None:
        line = msgspec.structs.replace(entry.line, **fields)
        self.lines[entry.line.claim] = _Line(entry.figure, line)

    def ledger(
        self, event: str, outcome: Outcome, of: tuple[str, ...], rivals: set[tuple[str, str]]
    ) -> Ledger:
        """Return the ledger with its span and its contradictions."""
        standing = self._wholes()
        conflicts = [
            pair
            for pair in combinations(standing, 2)
            if pair[0].figure.claimant != pair[1].figure.claimant
            and (_excluded(pair[0].figure.toll, pair[1].figure.toll) or _told(pair, rivals))
        ]
        sides = {entry.line.claim for pair in conflicts for entry in pair}
        sides |= {name for pair in rivals for name in pair if {*pair} & {*self.lines}}
        since = [max(one.line.reported, two.line.reported) for one, two in conflicts]
        if sides and not since:
            since = [self.lines[name].line.reported for name in sides if name in self.lines]
        tolls = [entry.figure.toll for entry in standing]
        low, high = _span(tolls)
        return Ledger(
            event=event,
            outcome=outcome,
            of=of,
            lines=tuple(entry.line for entry in self.lines.values()),
            low=low,
            high=high,
            qualifier=_qualifier(tolls, low, high),
            provisional=any(toll.provisional for toll in tolls),
            disputed_since=min(since, default=None),
            sides=tuple(sorted(sides)),
        )


def _rivals(sheets: Iterable[_Sheet]) -> set[tuple[str, str]]:
    """Return the pairs of standing figures that one text sets side by side as rival versions."""
    told: dict[tuple[str, Outcome], list[_Line]] = defaultdict(list)
    for sheet in sheets:
        for entry in sheet.current():
            if entry.figure.toll.stance == "disputed":
                told[entry.figure.toll.capture, entry.figure.toll.outcome].append(entry)
    return {
        (one.line.claim, two.line.claim)
        for entries in told.values()
        for one, two in combinations(entries, 2)
        if one.figure.claimant != two.figure.claimant
    }


def _told(pair: tuple[_Line, _Line], rivals: set[tuple[str, str]]) -> bool:
    names = (pair[0].line.claim, pair[1].line.claim)
    return names in rivals or names[::-1] in rivals


def _line(figure: Figure) -> TollLine:
    toll = figure.toll
    return TollLine(
        claim=toll.id,
        claimant=figure.name,
        claimant_key=figure.claimant,
        relay=figure.wording.outlet if figure.wording.outlet != figure.name else None,
        capture=toll.capture,
        low=toll.low,
        high=toll.high,
        qualifier=toll.qualifier,
        provisional=toll.provisional,
        words=toll.words,
        quote=toll.quote,
        as_of=figure.wording.as_of,
        reported=figure.reported,
        scope=toll.scope,
    )


def _size(entry: _Line) -> int:
    return number(entry.figure.toll) or 0


def _same_number(one: Figure, other: Figure) -> bool:
    return number(one.toll) == number(other.toll) and one.toll.scope == other.toll.scope


def _alike(one: Toll, other: Toll) -> bool:
    mine = (one.low, one.high, one.qualifier, one.provisional)
    return mine == (other.low, other.high, other.qualifier, other.provisional)


def _credits(figure: Figure, other: Figure) -> bool:
    """Tell whether a figure is relayed from the outlet that answers for another."""
    return any(same_outlet(relay, other.wording.outlet) for relay in figure.wording.relays)


def _hardened(one: Figure, other: Figure) -> bool:
    """Tell whether two relays word one figure of one speaker differently within a few hours."""
    return (
        not one.own_channel
        and one.toll.dispatch != other.toll.dispatch
        and abs(one.wording.as_of - other.wording.as_of) <= rules.RELAY_LAG
        and one.wording.revision is None
    )


def _softer(one: Toll, other: Toll) -> bool:
    return (one.qualifier != "exact" and other.qualifier == "exact") or (
        one.provisional and not other.provisional and one.qualifier == other.qualifier
    )


def _retells(figure: Figure, other: Figure) -> bool:
    """Tell whether an outlet that gave a figure in its own voice now gives another's."""
    return (
        other.own_channel
        and figure.wording.outlet == other.wording.outlet
        and figure.toll.stance == other.toll.stance == "asserted"
        and _excluded(figure.toll, other.toll)
    )


def _revises(figure: Figure, other: Figure) -> bool:
    """Tell whether a text that says what it replaces replaces another claimant's figure."""
    if other.toll.stance == "disputed" or not _excluded(figure.toll, other.toll):
        return False
    return (
        figure.wording.outlet == other.wording.outlet
        or number(other.toll) in figure.wording.replaces
    )


def _bounds(toll: Toll) -> tuple[int, int]:
    low = toll.low or 0
    high = _OPEN if toll.high is None else toll.high
    if toll.qualifier == "about":
        return round(low * (1 - _ABOUT)), round(high * (1 + _ABOUT))
    return low, high


def _excluded(one: Toll, other: Toll) -> bool:
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return high < other_low or other_high < low


def _span(tolls: Sequence[Toll]) -> tuple[int | None, int | None]:
    lows = [toll.low for toll in tolls if toll.low is not None]
    highs = [toll.high for toll in tolls if toll.high is not None]
    return min(lows, default=None), max(highs) if tolls and len(highs) == len(tolls) else None


def _qualifier(tolls: Sequence[Toll], low: int | None, high: int | None) -> Qualifier:
    """Return the qualifier that fits the span of the standing lines."""
    kinds = {toll.qualifier for toll in tolls}
    if len(kinds) == 1:
        return kinds.pop()
    if high is None:
        return "at_least" if low else "vague"
    return "about" if "about" in kinds else "exact"

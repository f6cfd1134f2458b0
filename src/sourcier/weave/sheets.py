"""Sheets: the lines of one ledger, put in order of time, each current, superseded, copy or withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from operator import is_not
from typing import Any

import msgspec
from msgspec.structs import replace

from sourcier.types import Evidence, TollLine
from sourcier.weave import figures
from sourcier.weave.figures import Figure
from sourcier.weave.losses import lost
from sourcier.weave.rules import Rule, because

_Alike = dict[int | None, dict[str, None]]
"""The claims that give each number, in the order in which they were entered."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """A figure and the line that it has."""

    figure: Figure
    line: TollLine


class Sheet:
    """The lines of one ledger, oldest first, as figures are entered in that order."""

    def __init__(self, entered: Sequence[Figure] = ()) -> None:
        self.entered: list[Figure] = []
        self.lines: dict[str, Line] = {}
        self._current: dict[str, None] = {}
        self._alike: _Alike = defaultdict(dict)
        self._sources: _Alike = defaultdict(dict)
        self._given: dict[str, set[int | None]] = defaultdict(set)
        self._parts: frozenset[str] = frozenset()
        self._captures: set[str] = set()
        self._revised = False
        self.enter(entered)

    def enter(self, fresh: Sequence[Figure]) -> None:
        """Enter figures that come after all that were entered."""
        self._parts |= figures.parts(fresh)
        for figure in fresh:
            self._enter(figure)
            self._captures.add(figure.toll.capture)
        self.entered += fresh

    def precedes(self, figures: Sequence[Figure]) -> bool:
        """Tell whether what was entered is the beginning of some figures, and the others come after."""
        known = len(self.entered)
        if len(figures) < known or any(map(is_not, self.entered, figures)):
            return False
        return all(figure.toll.capture not in self._captures for figure in figures[known:])

    def closed(self) -> Sheet:
        """Return the sheet as it stands if no more figures come: see `outdate`."""
        if not self._revised:
            return self
        closed = copy(self)
        closed.outdate()
        return closed

    def current(self) -> list[Line]:
        """Return the lines that stand."""
        return [self.lines[name] for name in self._current]

    def wholes(self) -> list[Line]:
        """Return the standing lines without the parts that a text gives beside the whole."""
        return [entry for entry in self.current() if entry.line.claim not in self._parts]

    def _enter(self, figure: Figure) -> None:
        if figure.withdrawn is not None:
            self._put(figure, state="withdrawn", why=(figure.withdrawn,))
            return
        found = self._relayed(figure)
        if found is not None:
            self._relay(figure, *found)
            self._decide(figure, found[0])
            return
        replaced = list(self._replaced(figure))
        self._put(figure, state="current")
        for entry, why in replaced:
            self._set(entry, state="superseded", superseded_by=figure.toll.id, why=(why,))

    def _relayed(self, figure: Figure) -> tuple[Line, tuple[Evidence, ...]] | None:
        """Return the line that a figure repeats, and why: a copy's origin, or the same words again."""
        source = self.lines.get(figure.source or "")
        again = source is not None and figures.says_anew(figure, source.figure)
        if source is not None and source.line.state != "withdrawn" and not again:
            main = self._main(source)
            return main, figure.source_why or _repeated(main)
        told = self._said(figure, self._sources)
        same = [entry for entry in told if figures.same_number(figure, entry.figure)]
        for entry in same:
            if figures.credits(figure, entry.figure) or self._says_again(figure, entry):
                return entry, _repeated(entry)
        for entry in same:
            if figures.echoes(figure, entry.figure) and self._in_time(figure, entry):
                return entry, (because(Rule.ECHO_OF_FIGURE, claimant=entry.figure.name),)
        return None

    def _in_time(self, figure: Figure, entry: Line) -> bool:
        """Tell whether a figure came while a line stood, or soon after it was replaced."""
        later = self.lines.get(entry.line.superseded_by or "")
        soon = later is not None and figures.told_late(figure, later.figure)
        mine, theirs = figure.toll, entry.figure.toll
        same = (mine.low, mine.high) == (theirs.low, theirs.high)
        return entry.line.state == "current" or (soon and same)

    def _said(self, figure: Figure, among: _Alike) -> Iterator[Line]:
        """Yield the lines of the same number, latest first; a part is no source of a whole."""
        for name in reversed(among[figure.number]):
            if figure.toll.id in self._parts or name not in self._parts:
                yield self.lines[name]

    def _says_again(self, figure: Figure, entry: Line) -> bool:
        """Tell whether a figure is the claimant's that a line holds: still current, or told late."""
        if figure.claimant != entry.figure.claimant:
            return False
        if entry.line.state == "current":
            told = entry.figure
            return figures.same_terms(figure, told) or figures.reworded(figure, told)
        later = self.lines.get(entry.line.superseded_by or "")
        other = figure.toll.dispatch != entry.figure.toll.dispatch
        return other and later is not None and figures.told_late(figure, later.figure)

    def _relay(self, figure: Figure, main: Line, why: tuple[Evidence, ...]) -> None:
        """Enter a relay; where it is softer than the line it repeats, that one was the hardened relay."""
        said = main.figure
        turned = figure.source is None and figure.claimant == said.claimant
        if turned and main.line.state == "current" and figures.softer(figure, said):
            self._put(figure, state="current")
            gone = lost(figure.toll, said.toll, figure.capture, said.capture)
            self._set(main, state="copy", copy_of=figure.toll.id, lost=gone, why=why)
            return
        heard = self.lines[figure.source].figure if figure.source in self.lines else said
        gone = lost(heard.toll, figure.toll, heard.capture, figure.capture)
        self._put(figure, state="copy", copy_of=main.line.claim, lost=gone, why=why)

    def _decide(self, figure: Figure, main: Line) -> None:
        """Close the other figures of a claimant who says one of them again."""
        own = figure.claimant == main.figure.claimant and main.line.state == "current"
        if not own or figure.toll.id in self._parts:
            return
        for entry in self.wholes():
            own = entry.figure.claimant == figure.claimant and entry.line.claim != main.line.claim
            if (
                own
                and figure.toll.id != entry.line.claim
                and figures.outdates(figure, entry.figure)
            ):
                why = because(Rule.SAME_CLAIMANT, claimant=figure.name)
                self._set(entry, state="superseded", superseded_by=main.line.claim, why=(why,))

    def _replaced(self, figure: Figure) -> Iterable[tuple[Line, Evidence]]:
        """Yield the standing lines that a figure supersedes, each with the reason; a part, none."""
        if figure.toll.id in self._parts:
            return
        standing = [e for e in self.current() if e.figure.toll.capture != figure.toll.capture]
        revised = any(entry.figure.claimant == figure.claimant for entry in standing)
        for entry in standing:
            why = _reason(figure, entry.figure, own_revised=revised)
            if why is not None:
                yield entry, why

    def outdate(self) -> None:
        """Close the lines of those who said what somebody else has revised, and have been silent since."""
        self.lines, self._current = dict(self.lines), dict(self._current)
        for entry in self.wholes():
            later = self._revised_elsewhere(entry)
            if later is not None:
                why = because(Rule.REVISED_ELSEWHERE, claimant=later.figure.name)
                self._set(entry, state="superseded", superseded_by=later.line.claim, why=(why,))

    def _revised_elsewhere(self, entry: Line) -> Line | None:
        said = entry.figure
        if self._counts_himself(said):
            return None
        for other in self._said(said, self._alike):
            if other.line.state != "superseded" or not figures.agreed(said, other.figure):
                continue
            later = self._latest(other)
            if later is not None and figures.outdates(later.figure, said):
                return later
        return None

    def _counts_himself(self, said: Figure) -> bool:
        """Tell whether a claimant gave other figures before: then no one else's revision is his."""
        return bool(self._given[said.claimant] - {said.number})

    def _latest(self, entry: Line) -> Line | None:
        """Return the standing line that in the end took the place of a superseded one."""
        seen = set[str]()
        while entry.line.state in ("superseded", "copy") and entry.line.claim not in seen:
            seen.add(entry.line.claim)
            next_ = entry.line.superseded_by or entry.line.copy_of
            if next_ not in self.lines:
                return None
            entry = self.lines[next_]
        return entry if entry.line.state == "current" else None

    def _main(self, entry: Line) -> Line:
        while entry.line.state == "copy" and entry.line.copy_of in self.lines:
            entry = self.lines[entry.line.copy_of]
        return entry

    def _put(self, figure: Figure, **fields: object) -> None:
        name = figure.toll.id
        self.lines[name] = Line(figure, _line(figure, **fields))
        self._alike[figure.number][name] = None
        self._given[figure.claimant].add(figure.number)
        self._note(name)

    def _set(self, entry: Line, **fields: object) -> None:
        self.lines[entry.line.claim] = Line(entry.figure, replace(entry.line, **fields))
        self._note(entry.line.claim)

    def _note(self, name: str) -> None:
        number, line = self.lines[name].figure.number, self.lines[name].line
        if line.state == "current":
            self._current[name] = None
        else:
            self._current.pop(name, None)
            self._revised |= line.state == "superseded"
        if line.state in ("current", "superseded"):
            self._sources[number][name] = None
        else:
            self._sources[number].pop(name, None)


def _reason(figure: Figure, other: Figure, *, own_revised: bool) -> Evidence | None:
    """Return why a figure supersedes another, or None where it does not.

    `own_revised`: the claimant has a figure of its own that this one revises, so that a text which
    tells of a revision need not mean anybody else's.
    """
    if figure.claimant == other.claimant:
        return because(Rule.SAME_CLAIMANT, claimant=figure.name)
    if figures.replaces(figure, other):
        return figure.wording.revision
    if not own_revised and figures.goes_on(figure, other):
        return figure.wording.revision
    if figures.retells(figure, other):
        return because(Rule.OUTLET_RETELLS, claimant=figure.wording.outlet)
    if figures.speaks_for(figure, other):
        return because(Rule.OFFICE_SPEAKS, claimant=figure.name, collective=other.name)
    return None


def _repeated(entry: Line) -> tuple[Evidence, ...]:
    return (because(Rule.RELAY_OF_FIGURE, claimant=entry.figure.name),)


def _line(figure: Figure, **fields: Any) -> TollLine:
    toll, outlet = figure.toll, figure.wording.outlet
    return TollLine(
        claim=toll.id,
        claimant=figure.name,
        claimant_key=figure.claimant,
        relay=None if figure.own_channel else outlet,
        capture=toll.capture,
        low=toll.low,
        high=toll.high,
        qualifier=toll.qualifier,
        provisional=toll.provisional,
        words=toll.words,
        quote=toll.quote,
        as_of=figure.as_of,
        reported=figure.reported,
        scope=toll.scope,
        **{"why": figure.who, **fields},
    )

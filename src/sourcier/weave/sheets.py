"""Sheets: the lines of one ledger, put in order of time, each current, superseded, copy or withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from sourcier.types import Evidence, TollLine
from sourcier.weave import figures
from sourcier.weave.figures import Figure
from sourcier.weave.losses import lost
from sourcier.weave.rules import Rule, because


class Line(NamedTuple):
    """A figure and the line that it has."""

    figure: Figure
    line: TollLine


class Sheet:
    """The lines of one ledger, oldest first."""

    def __init__(self, entries: Iterable[Figure]) -> None:
        self.lines: dict[str, Line] = {}
        self._current: dict[str, None] = {}
        self._alike: dict[int | None, list[str]] = defaultdict(list)
        ordered = sorted(entries, key=lambda f: (f.as_of, f.reported, f.toll.id))
        self._parts = figures.parts(ordered)
        for figure in ordered:
            self._enter(figure)
        self._outdate()

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
        same = [
            entry
            for entry in self._said(figure)
            if entry.line.state in ("current", "superseded")
            and figures.same_number(figure, entry.figure)
        ]
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

    def _said(self, figure: Figure) -> Iterator[Line]:
        """Yield the lines of the same number, latest first; a part is no source of a whole."""
        wanted = self._alike[figure.number]
        for name in reversed(wanted):
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

    def _outdate(self) -> None:
        """Close the lines of those who said what somebody else has revised, and have been silent since."""
        for entry in self.wholes():
            later = self._revised_elsewhere(entry)
            if later is not None:
                why = because(Rule.REVISED_ELSEWHERE, claimant=later.figure.name)
                self._set(entry, state="superseded", superseded_by=later.line.claim, why=(why,))

    def _revised_elsewhere(self, entry: Line) -> Line | None:
        said = entry.figure
        if self._counts_himself(said):
            return None
        for other in self._said(said):
            if other.line.state != "superseded" or not figures.agreed(said, other.figure):
                continue
            later = self._latest(other)
            if later is not None and figures.outdates(later.figure, said):
                return later
        return None

    def _counts_himself(self, said: Figure) -> bool:
        """Tell whether a claimant gave other figures before: then no one else's revision is his."""
        return any(
            entry.figure.claimant == said.claimant and entry.figure.number != said.number
            for entry in self.lines.values()
        )

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
        self.lines[name] = Line(figure, replace(_line(figure), **fields))
        self._alike[figure.number].append(name)
        self._note(name)

    def _set(self, entry: Line, **fields: object) -> None:
        self.lines[entry.line.claim] = Line(entry.figure, replace(entry.line, **fields))
        self._note(entry.line.claim)

    def _note(self, name: str) -> None:
        if self.lines[name].line.state == "current":
            self._current[name] = None
        else:
            self._current.pop(name, None)


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


def _line(figure: Figure) -> TollLine:
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
        why=figure.who,
    )

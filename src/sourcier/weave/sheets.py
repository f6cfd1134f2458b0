"""Sheets: the lines of one ledger, put in order of time, each current, superseded, copy or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
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
        for figure in sorted(entries, key=lambda f: (f.as_of, f.reported, f.toll.id)):
            self._enter(figure)

    def current(self) -> list[Line]:
        """Return the lines that stand."""
        return [entry for entry in self.lines.values() if entry.line.state == "current"]

    def wholes(self) -> list[Line]:
        """Return the standing lines without the smaller figures that one text gives for one claimant.

        "Two more bodies were found, which makes four dead": the two are part of the four.
        """
        largest: dict[tuple[str, str], Line] = {}
        for entry in self.current():
            key = (entry.figure.claimant, entry.figure.toll.capture)
            if key not in largest or _size(entry) > _size(largest[key]):
                largest[key] = entry
        return list(largest.values())

    def _enter(self, figure: Figure) -> None:
        if figure.withdrawn is not None:
            self._put(figure, state="withdrawn", why=(figure.withdrawn,))
            return
        found = self._relayed(figure)
        if found is not None:
            self._relay(figure, *found)
            return
        replaced = list(self._replaced(figure))
        self._put(figure, state="current")
        for entry, why in replaced:
            self._set(entry, state="superseded", superseded_by=figure.toll.id, why=(why,))

    def _relayed(self, figure: Figure) -> tuple[Line, tuple[Evidence, ...]] | None:
        """Return the line that a figure repeats, and why: a copy's origin, or the same words again."""
        source = self.lines.get(figure.source or "")
        if source is not None and source.line.state != "withdrawn":
            main = self._main(source)
            return main, figure.source_why or _repeated(main)
        same = [
            entry
            for entry in reversed(self.lines.values())
            if entry.line.state in ("current", "superseded")
            and figures.same_number(figure, entry.figure)
        ]
        for entry in same:
            if figures.credits(figure, entry.figure) or self._says_again(figure, entry):
                return entry, _repeated(entry)
        for entry in same:
            if entry.line.state == "current" and figures.echoes(figure, entry.figure):
                return entry, (because(Rule.ECHO_OF_FIGURE, claimant=entry.figure.name),)
        return None

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

    def _replaced(self, figure: Figure) -> Iterable[tuple[Line, Evidence]]:
        """Yield the standing lines that a figure supersedes, each with the reason."""
        standing = [e for e in self.current() if e.figure.toll.capture != figure.toll.capture]
        revised = any(entry.figure.claimant == figure.claimant for entry in standing)
        for entry in standing:
            why = _reason(figure, entry.figure, own_revised=revised)
            if why is not None:
                yield entry, why

    def _main(self, entry: Line) -> Line:
        while entry.line.state == "copy" and entry.line.copy_of in self.lines:
            entry = self.lines[entry.line.copy_of]
        return entry

    def _put(self, figure: Figure, **fields: object) -> None:
        self.lines[figure.toll.id] = Line(figure, replace(_line(figure), **fields))

    def _set(self, entry: Line, **fields: object) -> None:
        self.lines[entry.line.claim] = Line(entry.figure, replace(entry.line, **fields))


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


def _size(entry: Line) -> int:
    return entry.figure.number or 0


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

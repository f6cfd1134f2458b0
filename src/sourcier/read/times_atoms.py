"""Atoms: the single pieces of a time expression (a weekday, a clock time, a zone), as patterns find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from sourcier.read.lexicon import Lexicon
from sourcier.read.scan import Openings

DAYS = frozenset(
    {"date", "dates", "weekday", "numbered", "holiday", "rel", "anaphora", "ago", "shift"}
)
CLOCKS = frozenset({"clock", "clocks", "weak"})
PARTS = frozenset({"part", "joined", "samepart"})
COARSE = frozenset(
    {"month", "year", "years", "week", "weekend", "monthrel", "yearrel", "lately", "origin"}
    | {"quarter", "season", "decade"}
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of an expression: its kind and the words that its pattern named.

    `gloss` is the same clock time in another zone, that zone, and perhaps its day there
    ("(10h33 GMT)").
    """

    kind: str
    start: int
    end: int
    values: Mapping[str, str]
    gloss: tuple[Atom, ...] = ()


class TimeLexicon(Lexicon):
    """The times of one language; tables of words stand in patterns as word lists do."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "times")
        self._scan = self.scan_of("atom")

    def atoms(self, folded: Openings) -> Iterator[Atom]:
        """Yield the atoms of a folded text, in order, none overlapping another.

        Where several kinds fit at one place, the one whose pattern stands first is taken.
        """
        for name, match in self._scan.finditer(folded):
            kind = name.split("_")[1]
            if kind != "never":
                yield Atom(kind, *match.span(), _named(match))

    def value(self, table: str, word: str) -> Any:
        """Return the value of a word in a table, or None."""
        return self.table(table).get(word)

    def number(self, word: str) -> int | None:
        """Return the number that digits or a word stand for, or None."""
        return int(word) if word.isdecimal() else self.value("number", word)

    def zone(self, atom: Atom) -> str:
        """Return the IANA zone that an atom names, or ``local``."""
        word = atom.values["zone"]
        return str(self.value("zone", word) or self.value("zone_place", word))

    def part(self, atom: Atom) -> str:
        """Return the part of day (see `times_calendar.PARTS`) that an atom of such a kind names."""
        if "name" in atom.values:
            return atom.values["name"]
        if "noun" in atom.values:
            return str(self.value("noun_part", atom.values["noun"]))
        return str(self.value(atom.kind, atom.values["part"]))

    def holds(self, name: str, text: str, start: int, end: int) -> bool:
        """Tell whether the pattern `name` (if the language has it) occurs between two offsets."""
        return name in self.patterns() and self.pattern(name).search(text, start, end) is not None

    def _lookup(self, table: str, name: str) -> Any:
        found = super()._lookup(table, name)
        if found is None and table == "words" and isinstance(self._own.get(name), dict):
            return list(self._own[name])
        return found


def _named(match: regex.Match[str]) -> dict[str, str]:
    return {key: value for key, value in match.groupdict().items() if value is not None}


@lru_cache(maxsize=16)
def time_lexicon(language: str) -> TimeLexicon:
    """Return the (cached) times of a language."""
    return TimeLexicon(language)

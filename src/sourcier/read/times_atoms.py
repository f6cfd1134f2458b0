"""Atoms: the single pieces of a time expression (a weekday, a clock time, a zone), as patterns find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from sourcier.read.lexicon import Lexicon

DAYS = frozenset(
    {"date", "dates", "weekday", "numbered", "holiday", "rel", "anaphora", "ago", "shift"}
)
CLOCKS = frozenset({"clock", "clocks", "weak"})
PARTS = frozenset({"part", "joined", "samepart"})
COARSE = frozenset(
    {"month", "year", "years", "week", "weekend", "monthrel", "yearrel", "lately", "origin"}
    | {"quarter", "season", "decade"}
)
_WORD = regex.compile(r"(?<![\p{L}\p{N}])(?:[\p{L}\p{N}]{1,40}|\()")
_OPENING = 2
_REMEMBERED = 1 << 14
_Kind = tuple[str, regex.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of an expression: its kind and the words that its pattern named.

    `gloss` is the same clock time in another zone, and that zone ("(10h33 GMT)").
    """

    kind: str
    start: int
    end: int
    values: Mapping[str, str]
    gloss: tuple[Atom, Atom] | None = None


class TimeLexicon(Lexicon):
    """The times of one language; tables of words stand in patterns as word lists do."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "times")
        names = (name for name in self.patterns() if name.startswith("atom_"))
        self._kinds = tuple((name.split("_")[1], self.pattern(name)) for name in names)
        self._begun_by = lru_cache(_REMEMBERED)(self._beginning_with)

    def atoms(self, folded: str) -> Iterator[Atom]:
        """Yield the atoms of a folded text, in order, none overlapping another.

        Where several kinds fit at one place, the one whose pattern stands first is taken.
        """
        reached = 0
        for word in _WORD.finditer(folded):
            start = word.start()
            kinds = self._begun_by(word.group()) if start >= reached else ()
            for kind, pattern in kinds:
                match = pattern.match(folded, start)
                if match:
                    reached = match.end()
                    if kind != "never":
                        yield Atom(kind, match.start(), reached, _named(match))
                    break

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

    def _beginning_with(self, word: str) -> tuple[_Kind, ...]:
        """Return the kinds of atom that may begin with a word, so that few are tried at each.

        Most words are out by their first letters.
        """
        known = self._begun_by(word[:_OPENING]) if len(word) > _OPENING else self._kinds
        return tuple(one for one in known if one[1].match(word, partial=True))

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

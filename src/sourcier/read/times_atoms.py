"""Atoms: the single pieces of a time expression (a weekday, a clock time, a zone), as patterns find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from sourcier.read.lexicon import Lexicon

DAYS = frozenset({"date", "dates", "weekday", "rel", "anaphora", "ago"})
CLOCKS = frozenset({"clock", "clocks", "weak"})
PARTS = frozenset({"part", "joined", "samepart"})
COARSE = frozenset(
    {"month", "year", "years", "week", "weekend", "monthrel", "yearrel", "lately", "origin"}
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of an expression: its kind and the words that its pattern named."""

    kind: str
    start: int
    end: int
    values: Mapping[str, str]


class TimeLexicon(Lexicon):
    """The times of one language; tables of words stand in patterns as word lists do."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "times")
        names = [name for name in self.patterns() if name.startswith("atom_")]
        self._kinds = {f"is_{name}": name.split("_")[1] for name in names}
        self._scan = self._union(names)

    def atoms(self, folded: str) -> Iterator[Atom]:
        """Yield the atoms of a folded text, in order, none overlapping another."""
        if self._scan is None:
            return
        for match in self._scan.finditer(folded):
            groups = {key: value for key, value in match.groupdict().items() if value is not None}
            kind = next(kind for marker, kind in self._kinds.items() if marker in groups)
            if kind != "never":
                yield Atom(kind, match.start(), match.end(), groups)

    def value(self, table: str, word: str) -> Any:
        """Return the value of a word in a table, or None."""
        return self.table(table).get(word)

    def number(self, word: str) -> int | None:
        """Return the number that digits or a word stand for, or None."""
        return int(word) if word.isdecimal() else self.value("number", word)

    def holds(self, name: str, text: str, start: int, end: int) -> bool:
        """Tell whether the pattern `name` (if the language has it) occurs between two offsets."""
        return name in self.patterns() and self.pattern(name).search(text, start, end) is not None

    def _union(self, names: list[str]) -> regex.Pattern[str] | None:
        if not names:
            return None
        branches = "|".join(f"(?P<is_{name}>{self.source(name)})" for name in names)
        return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{branches})(?![\p{{L}}\p{{N}}])", regex.V0)

    def _lookup(self, table: str, name: str) -> Any:
        found = super()._lookup(table, name)
        if found is None and table == "words" and isinstance(self._own.get(name), dict):
            return list(self._own[name])
        return found


@lru_cache(maxsize=16)
def time_lexicon(language: str) -> TimeLexicon:
    """Return the (cached) times of a language."""
    return TimeLexicon(language)

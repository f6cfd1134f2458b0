"""Scans: many patterns found in one text, each tried only at the words that can begin it.

Whether a pattern can begin with a word, and then with that word and the one behind it, is asked of
the pattern itself, by partial matching, and remembered: words come back, within a text and from one
to the next. What is found is what
`finditer` over the alternatives would find, at a fraction of its cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import regex

from sourcier.read.compiled import compiled

_OPENING = regex.compile(r"[\p{L}\p{N}]+[^\p{L}\p{N}]?|[^\p{L}\p{N}]")
_LOOKBEHIND = regex.compile(r"\(\?<=((?:[^()\[\\]|\\.|\[(?:[^\]\\]|\\.)+\]|\((?1)\))*)\)")
_LONGEST = 40  # characters of a word, or of two, that a pattern is asked about
_STEPS = (1, 2, 3, 5)  # first characters that are asked about before a word; words share them
_REMEMBERED = 1 << 14

Found = tuple[str, regex.Match[str]]
"""A match with its pattern's name."""
_Named = tuple[str, regex.Pattern[str], regex.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Openings:
    """A text with the places where a bounded pattern may begin, by the word that stands there.

    A word is here a run of letters and digits with the sign behind it, or a sign alone. `reach` is
    where the word that follows the one at a place ends.
    """

    text: str
    places: Mapping[str, list[int]]
    reach: Mapping[int, int]


def openings(text: str) -> Openings:
    """Return a text prepared for scans."""
    places: dict[str, list[int]] = {}
    starts = []
    for match in _OPENING.finditer(text):
        starts.append(match.start())
        places.setdefault(match.group()[:_LONGEST], []).append(match.start())
    ends = [*starts[2:], len(text), len(text)]
    return Openings(text, places, dict(zip(starts, ends, strict=False)))


class Scan:
    """Named patterns, each bounded so that it starts at a word (see `Lexicon.pattern`)."""

    def __init__(self, patterns: Iterable[tuple[str, regex.Pattern[str]]]) -> None:
        self._patterns = tuple((name, pattern, _unbehind(pattern)) for name, pattern in patterns)
        self._begun_by = lru_cache(_REMEMBERED)(self._beginning_with)
        self._begun_by_two = lru_cache(_REMEMBERED)(self._beginning_with_two)

    def finditer(self, openings: Openings) -> Iterator[Found]:
        """Yield the matches in order, none over another, each with its pattern's name.

        Where several patterns match at one place, the one given first is taken.
        """
        text, reached = openings.text, 0
        for place, patterns in self._tried(openings):
            if place < reached:
                continue
            for name, pattern, _ in patterns:
                if match := pattern.match(text, place):
                    yield name, match
                    reached = match.end()
                    break

    def each(self, openings: Openings) -> Iterator[Found]:
        """Yield the matches of every pattern, none over another of the same one, by where they begin."""
        text = openings.text
        reached = {name: 0 for name, _, _ in self._patterns}
        for place, patterns in self._tried(openings):
            for name, pattern, _ in patterns:
                if place >= reached[name] and (match := pattern.match(text, place)):
                    yield name, match
                    reached[name] = match.end()

    def _tried(self, openings: Openings) -> list[tuple[int, tuple[_Named, ...]]]:
        """Return the places in order, each with the patterns that may begin there."""
        text, reach = openings.text, openings.reach
        begun_by, begun_by_two = self._begun_by, self._begun_by_two
        tried = [
            (place, patterns)
            for word, places in openings.places.items()
            if begun_by(word)
            for place in places
            if (patterns := begun_by_two(word, text[place : min(reach[place], place + _LONGEST)]))
        ]
        tried.sort(key=itemgetter(0))
        return tried

    def _beginning_with(self, word: str) -> tuple[_Named, ...]:
        known = self._patterns
        for step in _STEPS:
            if len(word) <= step:
                break
            known = self._begun_by(word[:step])
            if not known:
                return known
        return tuple(one for one in known if one[2].match(word, partial=True))

    def _beginning_with_two(self, word: str, words: str) -> tuple[_Named, ...]:
        return tuple(one for one in self._begun_by(word) if one[2].match(words, partial=True))


def _unbehind(pattern: regex.Pattern[str]) -> regex.Pattern[str]:
    """Return a pattern that asks nothing of what stands before a word."""
    source = _LOOKBEHIND.sub("", pattern.pattern)
    return pattern if source == pattern.pattern else compiled(source)

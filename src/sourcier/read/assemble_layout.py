"""Layout: how the places of a text are told of each other, and which only lead elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise

import regex

from sourcier.read.assemble_items import EXTENT, lies_in
from sourcier.read.compiled import compiled
from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.lexicon import lexicon
from sourcier.types import Span

_REACH = 70
_JOINT_REACH = 24
_BESIDE = 30
_COMMA = regex.compile(r"\s*,\s*(?:les? |la |l')?")


class Layout:
    """The places of one text as they stand to each other.

    `pointers` only point the way to another place ("south-west of Marrakesh"), `containers` say in
    what the finer place before them lies ("Mulhouse (Haut-Rhin)"), `aside` are those from where,
    or to where, somebody went ("a man from Leeds"); `firsts` gives for each place named side by
    side with others ("A, B and C") the first of them.
    """

    def __init__(self, document: Document, places: Sequence[PlaceDraft]) -> None:
        words = lexicon(document.language, "context")
        self._document = document
        self._places = places
        self._joined = _pattern(rf"\s*,?\s*(?:{words.source('joining')})\s*")
        self._within = _pattern(rf"[\s,(]*(?:{words.source('within')})?[\s(]*")
        self.containers = frozenset(
            one.place.span for finer, one in pairwise(places) if self._holds(one, finer)
        )
        self.pointers = self.inside(self._behind(words.source("pointing")))
        self.aside = self.inside(self._behind(words.source("aside"))) - self.pointers
        self.firsts = _firsts(document, places, words.source("joining"))

    def inside(self, spans: Collection[Span]) -> frozenset[Span]:
        """Return the places at `spans`, and what those are said to lie in."""
        found = set(spans)
        for finer, one in pairwise(self._places):
            if finer.place.span in found and self._holds(one, finer):
                found.add(one.place.span)
        return frozenset(found)

    def _behind(self, leading: str) -> set[Span]:
        """Return the places right behind words that the pattern `leading` gives."""
        pattern = _pattern(rf"(?<![\p{{L}}\p{{N}}])(?:{leading})[^\p{{L}}\p{{N}}]*\Z")
        spans = (one.place.span for one in self._places)
        return {span for span in spans if pattern.search(self._lead(span[0]))}

    def _lead(self, start: int) -> str:
        return self._document.folded[max(0, start - _REACH) : start]

    def _holds(self, one: PlaceDraft, finer: PlaceDraft) -> bool:
        """Tell whether a place stands right behind a finer one of its country, as what holds it."""
        low, high = finer.place.span[1], one.place.span[0]
        if high - low > _BESIDE or finer.place.country != one.place.country:
            return False
        if EXTENT.index(finer.place.precision) >= EXTENT.index(one.place.precision):
            return False
        if self._joined.fullmatch(self._document.folded, low, high):
            return False
        beside = self._within.fullmatch(self._document.folded, low, high) is not None
        return beside or lies_in(finer.place, one.place)


@cache
def _pattern(source: str) -> regex.Pattern[str]:
    return compiled(source)


def _firsts(
    document: Document, places: Sequence[PlaceDraft], joining: str
) -> dict[Span, PlaceDraft]:
    conjunction = _pattern(rf"\s*,?\s*(?:{joining})\s*")
    firsts: dict[Span, PlaceDraft] = {}
    row: list[PlaceDraft] = []
    for one in places:
        between = document.folded[row[-1].place.span[1] : one.place.span[0]] if row else ""
        level = bool(row) and row[-1].place.precision == one.place.precision
        if level and len(between) <= _JOINT_REACH and conjunction.fullmatch(between):
            row.append(one)
            firsts |= {member.place.span: row[0] for member in row}
        elif level and _COMMA.fullmatch(between):
            row.append(one)
        else:
            row = [one]
    return firsts

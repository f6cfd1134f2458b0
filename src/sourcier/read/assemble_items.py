"""Items: what the finders drafted, in one order, while speaker, context, place and time are bound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, radians
from typing import Generic, TypeVar

import regex
from msgspec import Struct

from sourcier.read.compiled import compiled
from sourcier.read.document import Document
from sourcier.read.drafts import (
    AlertDraft,
    Context,
    MeasureDraft,
    OccurrenceDraft,
    PlaceDraft,
    Quotation,
    Speech,
    TimeDraft,
    TollDraft,
)
from sourcier.types import Attribution, Place, Role, Span, Stance, Time

EXTENT = ("point", "settlement", "district", "region", "country")
T = TypeVar("T")
Draft = TollDraft | OccurrenceDraft | AlertDraft | MeasureDraft

_BREAK = regex.compile(r"[,;:()\[\]–—]|\.(?=\s)|(?<=\s)-(?=\s)")
_NEIGHBOURS = 40.0
_EARTH = 6371.0
_STRONG = ";:()[]–—-."


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the finders found in one document."""

    quotations: tuple[Quotation, ...]
    speeches: tuple[Speech, ...]
    times: tuple[TimeDraft, ...]
    places: tuple[PlaceDraft, ...]
    contexts: tuple[Context, ...]
    tolls: tuple[TollDraft, ...]
    occurrences: tuple[OccurrenceDraft, ...]
    alerts: tuple[AlertDraft, ...]
    measures: tuple[MeasureDraft, ...]
    notes: tuple[Span, ...]


class Item(Struct, frozen=True):
    """A draft with what has been bound to it so far.

    `own_time` and `own_place` tell that these words stand in the item's own sentence; `pointed`
    that the place only points the way ("north of Goma"); `area` is the unnamed part of a place of
    which it speaks ("rebel areas"), folded.
    """

    draft: Draft
    attribution: tuple[Attribution, ...] = ()
    said: Time | None = None
    role: Role = "news"
    stance: Stance = "asserted"
    hedges: tuple[Span, ...] = ()
    place: PlaceDraft | None = None
    own_place: bool = False
    pointed: bool = False
    time: TimeDraft | None = None
    own_time: bool = False
    leaning: bool = False
    area: str | None = None
    constant: bool = False

    @property
    def span(self) -> Span:
        """The characters that carry the claim."""
        return self.draft.span


class Clauses:
    """How far apart two stretches of a text are, counted in breaks between clauses.

    Clauses end at signs, and, where `turn` is given, before the words that it finds.
    """

    def __init__(self, document: Document, turn: str | None = None) -> None:
        self._offsets: list[int] = []
        self._weights: list[int] = [0]
        breaks = compiled(rf"{_BREAK.pattern}|\b(?:{turn})\b") if turn else _BREAK
        for match in breaks.finditer(document.folded):
            self._offsets.append(match.start())
            strong = match.group() in _STRONG
            self._weights.append(self._weights[-1] + (3 if strong else 1))

    def between(self, one: Span, other: Span) -> int:
        """Return the weight of the breaks in the gap between two spans; 0 where they touch."""
        low, high = (one[1], other[0]) if one[0] <= other[0] else (other[1], one[0])
        if low >= high:
            return 0
        return self._weight(high) - self._weight(low)

    def _weight(self, offset: int) -> int:
        return self._weights[bisect_left(self._offsets, offset)]


def gap(one: Span, other: Span) -> int:
    """Return the number of characters between two spans; 0 where they touch or overlap."""
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))


def overlap(one: Span, other: Span) -> int:
    """Return the number of characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether `span` shares a character with one of `others`."""
    return any(overlap(span, other) for other in others)


def sentence_span(document: Document, offset: int) -> Span:
    """Return the span of the sentence that holds `offset`."""
    sentence = document.sentence_at(offset)
    return sentence.start, sentence.end


class BySentence(Generic[T]):
    """Values looked up by the sentences over which their spans run.

    A span over more than `REACH` sentences counts for the first of them, and of more than `MOST`
    values in a sentence those nearest are seen, which keeps the cost linear in the length of the
    text whatever the finders return, be it one sentence without end.
    """

    REACH = 60
    MOST = 48

    def __init__(self, document: Document, spanned: Iterable[tuple[Span, T]]) -> None:
        self._starts = [sentence.start for sentence in document.sentences]
        self._buckets: dict[int, list[tuple[Span, T]]] = {}
        for span, value in spanned:
            first = self._index(span[0])
            last = min(self._index(max(span[0], span[1] - 1)), first + self.REACH)
            for number in range(first, last + 1):
                self._buckets.setdefault(number, []).append((span, value))

    def at(self, offset: int) -> Sequence[tuple[Span, T]]:
        """Return what runs over the sentence that holds `offset`, in the order it was given."""
        held = self._buckets.get(self._index(offset), ())
        if len(held) <= self.MOST:
            return held
        here = bisect_left(held, offset, key=lambda one: one[0][0])
        return held[max(0, here - self.MOST // 2) : here + self.MOST // 2]

    def over(self, span: Span) -> bool:
        """Tell whether `span` shares a character with one of the spans over its first sentence."""
        return any(overlap(span, other) for other, _ in self.at(span[0]))

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def near(one: Place, other: Place) -> bool:
    """Tell whether two places are one, or one may lie in the other, or they are neighbours."""
    if (one.geonames, one.name) == (other.geonames, other.name):
        return True
    if "country" in (one.precision, other.precision) and one.country == other.country:
        return True
    if one.admin1 and one.admin1 == other.admin1 and "region" in (one.precision, other.precision):
        return True
    return _kilometres(one, other) <= _NEIGHBOURS


def lies_in(one: Place, other: Place) -> bool:
    """Tell whether a place is a finer one in another: a town in its region, a region in its country."""
    if EXTENT.index(one.precision) >= EXTENT.index(other.precision):
        return False
    if one.country is None or one.country != other.country:
        return False
    return other.precision == "country" or (one.admin1 is not None and one.admin1 == other.admin1)


def _kilometres(one: Place, other: Place) -> float:
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return inf
    assert one.latitude is not None
    assert one.longitude is not None
    assert other.latitude is not None
    assert other.longitude is not None
    north = radians(one.latitude - other.latitude)
    east = radians(one.longitude - other.longitude) * cos(radians(one.latitude))
    return _EARTH * hypot(north, east)


def place_of(item: Item) -> Place | None:
    """Return the place bound to an item."""
    return item.place.place if item.place else None

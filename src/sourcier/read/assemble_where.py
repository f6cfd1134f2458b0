"""Where: the place that is bound to a claim.

The own sentence comes first. Among its places one that only points the way to another ("south-west
of Marrakesh", "bordering Ukraine") comes last, one that merely says in what a finer one lies is no
choice, and of several named side by side the first stands for all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from sourcier.read.assemble_items import (
    BySentence,
    Clauses,
    Findings,
    Item,
    gap,
    lies_in,
    overlap,
    sentence_span,
    touches,
)
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, MeasureDraft, OccurrenceDraft, PlaceDraft, Speech
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import is_military
from sourcier.types import Span

_EXTENT = ("point", "settlement", "district", "region", "country")
_FINE = ("point", "settlement")
_CLAUSES_APART = 2
_LOOKBACK = 20
_POINTER_REACH = 70
_JOINT_REACH = 24
_CONTAINER_REACH = 60
_SEAT_REACH = 16


class Where:
    """The places of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self._document = document
        self._clauses = Clauses(document)
        self._places = BySentence(document, ((one.place.span, one) for one in findings.places))
        self._happenings = BySentence(document, ((one.span, one) for one in findings.occurrences))
        self._alerts = BySentence(document, ((one.span, one) for one in findings.alerts))
        self._located = [one for one in findings.places if one.use == "location"]
        self._starts = [one.place.span[0] for one in self._located]
        self._office = next((one for one in findings.places if one.use == "office"), None)
        words = lexicon(document.language, "context")
        self._pointers = _pointers(document, self._located, words.source("pointing"))
        self._seat = words.pattern("seat")
        self._firsts = _firsts(document, self._located, words.source("joining"))

    def own(self, item: Item) -> PlaceDraft | None:
        """Return the place that the item's own sentence gives."""
        return self._best(item, "location")

    def office(self, item: Item) -> PlaceDraft | None:
        """Return the place of an office or a source in the item's own sentence."""
        return self._best(item, "office")

    def _best(self, item: Item, use: str) -> PlaceDraft | None:
        found = self._candidates(item, use)
        if not found:
            return None
        ranks = {id(one): self._rank(item.span, one) for one in found}
        kept = [one for one in found if not self._holds_another(one, found, ranks)]
        best = min(kept, key=lambda one: ranks[id(one)])
        first = self._firsts.get(best.place.span, best)
        return first if first in found else best

    def earlier(self, item: Item) -> PlaceDraft | None:
        """Return the nearest town before an item in the text, a region or country for want of one.

        Where the text has no place, the first office in it places what it tells.
        """
        if not self._located:
            return self._office
        here = bisect_left(self._starts, item.span[0])
        before = self._located[max(0, here - _LOOKBACK) : here]
        meant = [one for one in before if one.place.span not in self._pointers] or before
        towns = [one for one in meant if one.place.precision in _FINE]
        finer = [one for one in meant if one.place.precision != "country"]
        nearest = towns or finer or meant
        return nearest[-1] if nearest else None

    def is_pointer(self, place: PlaceDraft) -> bool:
        """Tell whether a place only points the way to another."""
        return place.place.span in self._pointers

    def joint(self, place: PlaceDraft) -> Span:
        """Return the words for a place and for those named side by side with it."""
        first = self._firsts.get(place.place.span, place)
        ends = [span[1] for span, one in self._firsts.items() if one is first]
        return first.place.span[0], max(ends, default=place.place.span[1])

    def of_saying(self, speech: Speech) -> PlaceDraft | None:
        """Return where a source spoke: a place beside the verb, outside what was said."""
        answered = (*speech.scope, *(link.span for link in speech.attribution))
        sentence = sentence_span(self._document, speech.cue[0])
        found = [
            one
            for over, one in self._places.at(speech.cue[0])
            if one.use == "location"
            and one.place.precision in _FINE
            and overlap(over, sentence)
            and not touches(over, answered)
            and self._clauses.between(speech.cue, over) == 0
        ]
        return min(found, key=lambda one: self._rank(speech.cue, one), default=None)

    def _candidates(self, item: Item, use: str) -> list[PlaceDraft]:
        sentence = sentence_span(self._document, item.span[0])
        return [
            one
            for span, one in self._places.at(item.span[0])
            if self._use(item, one) == use
            and overlap(span, sentence)
            and not _is_party(item, span)
            and not self._is_of_another(item, self._firsts.get(span, one).place.span)
        ]

    def _use(self, item: Item, draft: PlaceDraft) -> str:
        """Return the use of a place for an item: in the words for who says it, that of an office."""
        if draft.use == "location" and any(
            self._is_seat(link.span, draft.place.span) for link in item.attribution
        ):
            return "office"
        return _use(item, draft)

    def _is_seat(self, source: Span, place: Span) -> bool:
        """Tell whether a place stands in a source's name or right behind it ("police in Lyon")."""
        if overlap(source, place):
            return True
        between = self._document.folded[source[1] : place[0]]
        return len(between) <= _SEAT_REACH and self._seat.fullmatch(between.strip()) is not None

    def _is_of_another(self, item: Item, place: Span) -> bool:
        """Tell whether another happening stands between an occurrence and a place, clauses apart.

        The place of an alert may stand in no other alert.
        """
        if isinstance(item.draft, AlertDraft):
            alerts = (span for span, _ in self._alerts.at(item.span[0]) if span != item.span)
            return touches(place, alerts) and not overlap(place, item.span)
        if not isinstance(item.draft, OccurrenceDraft):
            return False
        if self._clauses.between(item.span, place) < _CLAUSES_APART:
            return False
        low, high = min(item.span[1], place[1]), max(item.span[0], place[0])
        return any(
            low <= span[0] < high and span != item.span
            for span, _ in self._happenings.at(item.span[0])
        )

    def _holds_another(
        self, place: PlaceDraft, others: Sequence[PlaceDraft], ranks: dict[int, tuple[int, ...]]
    ) -> bool:
        """Tell whether a place only says in what a finer one lies that is named beside it."""
        return any(
            lies_in(other.place, place.place)
            and (
                place.place.precision == "country"
                or gap(other.place.span, place.place.span) <= _CONTAINER_REACH
            )
            and other.place.span not in self._pointers
            and ranks[id(other)][1] <= ranks[id(place)][1] + 1
            for other in others
        )

    def _rank(self, span: Span, draft: PlaceDraft) -> tuple[int, ...]:
        other = draft.place.span
        breaks = self._clauses.between(span, other)
        extent = _EXTENT.index(draft.place.precision)
        ahead = 0 if other[0] >= span[0] else 1
        breaks -= min(breaks, 1) if draft.place.precision in _FINE else 0
        pointer = other in self._pointers
        return (pointer, breaks, extent >= 4, extent >= 3, ahead, gap(span, other), other[0])


def _use(item: Item, draft: PlaceDraft) -> str:
    """Return the use of a place for an item.

    In the words for a mishap a name stands for the place alone: "the Beirut blast".
    """
    told = item.draft
    if draft.use == "metonym" and isinstance(told, OccurrenceDraft) and not is_military(told.type):
        inside = overlap(draft.place.span, told.span) and told.span[0] < draft.place.span[0]
        return "location" if inside else draft.use
    return draft.use


def _is_party(item: Item, span: Span) -> bool:
    """Tell whether a place stands in the words for the actor or the reason, which it does not place."""
    draft = item.draft
    if isinstance(draft, MeasureDraft):
        return touches(span, [part for part in (draft.actor, draft.reason) if part])
    if isinstance(draft, OccurrenceDraft):
        return draft.actor is not None and overlap(draft.actor, span) > 0
    return False


def _pointers(document: Document, places: Sequence[PlaceDraft], pointing: str) -> frozenset[Span]:
    """Return the spans of the places that only point the way to another one.

    What such a place is said to lie in points there as well.
    """
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{pointing})[^\p{{L}}\p{{N}}]*\Z")
    found: set[Span] = set()
    last: PlaceDraft | None = None
    for one in places:
        start = one.place.span[0]
        before = document.folded[max(0, start - _POINTER_REACH) : start]
        if (last and _goes_on(last, one)) or pattern.search(before):
            found.add(one.place.span)
            last = one
        else:
            last = None
    return frozenset(found)


def _goes_on(pointer: PlaceDraft, place: PlaceDraft) -> bool:
    """Tell whether a place says in what the one before it lies."""
    near = gap(pointer.place.span, place.place.span) <= _CONTAINER_REACH // 2
    return near and lies_in(pointer.place, place.place)


def _firsts(
    document: Document, places: Sequence[PlaceDraft], joining: str
) -> dict[Span, PlaceDraft]:
    """Return for each place named side by side with others ("A, B and C") the first of them."""
    conjunction = regex.compile(rf"\s*,?\s*(?:{joining})\s*")
    comma = regex.compile(r"\s*,\s*(?:les? |la |l')?")
    firsts: dict[Span, PlaceDraft] = {}
    row: list[PlaceDraft] = []
    for one in places:
        between = document.folded[row[-1].place.span[1] : one.place.span[0]] if row else ""
        level = bool(row) and row[-1].place.precision == one.place.precision
        if level and len(between) <= _JOINT_REACH and conjunction.fullmatch(between):
            row.append(one)
            firsts |= {member.place.span: row[0] for member in row}
        elif level and comma.fullmatch(between):
            row.append(one)
        else:
            row = [one]
    return firsts

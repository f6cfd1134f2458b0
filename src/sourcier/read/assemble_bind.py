"""When and where: the own clause first, then the own sentence, then the event told before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sourcier.read.assemble_items import (
    BySentence,
    Clauses,
    Findings,
    Item,
    gap,
    overlap,
    place_of,
    sentence_span,
    touches,
)
from sourcier.read.assemble_merge import aged
from sourcier.read.document import Document
from sourcier.read.drafts import (
    AlertDraft,
    MeasureDraft,
    OccurrenceDraft,
    PlaceDraft,
    Speech,
    TimeDraft,
    TollDraft,
)
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import family, is_consequence, is_lasting
from sourcier.read.times import in_zone
from sourcier.types import Span

_GRAIN = ("minute", "hour", "part_of_day", "day", "week", "month", "year")
_SETTLEMENT = 1
_DASHES = ("-", "–", "—")
_CLAUSES_APART = 2
_LOOKBACK = 20
_EXTENT = ("point", "settlement", "district", "region", "country")


class Surroundings:
    """The times and places of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings, said: frozenset[Span]) -> None:
        self._document = document
        self._clauses = Clauses(document)
        words = lexicon(document.language, "context")
        self._area, self._constant = words.pattern("area"), words.pattern("constant")
        self._places = BySentence(document, ((one.place.span, one) for one in findings.places))
        past = (one for one in findings.contexts if one.role == "background")
        self._all_places = [one for one in findings.places if one.use == "location"]
        self._starts = [one.place.span[0] for one in self._all_places]
        self._office = next((one for one in findings.places if one.use == "office"), None)
        self._happenings = BySentence(document, ((one.span, one) for one in findings.occurrences))
        self._warned = BySentence(document, ((one.span, one) for one in findings.alerts))
        self._stamps = _stamps(document, findings.times)
        self._past = BySentence(document, ((one.span, one) for one in past))
        self._times = BySentence(
            document,
            ((one.time.span, one) for one in findings.times if one.time.span not in said),
        )

    def own_place(self, item: Item) -> PlaceDraft | None:
        """Return the place that the item's own sentence gives."""
        sentence = sentence_span(self._document, item.span[0])
        for use in ("location", "office"):
            found = [
                one
                for span, one in self._places.at(item.span[0])
                if _use(item, one) == use
                and overlap(span, sentence)
                and not _is_party(item, span)
                and not self._is_of_another(item, span)
            ]
            if found:
                return min(found, key=lambda one: self._place_rank(item.span, one))
        return None

    def earlier_place(self, item: Item) -> PlaceDraft | None:
        """Return the nearest town before an item in the text, a region or country for want of one.

        Where the text has no place, the first office in it places what it tells.
        """
        if not self._all_places:
            return self._office
        here = bisect_left(self._starts, item.span[0])
        before = self._all_places[max(0, here - _LOOKBACK) : here]
        towns = [one for one in before if one.place.precision in ("settlement", "point")]
        finer = [one for one in before if one.place.precision != "country"]
        nearest = towns or finer or before
        return nearest[-1] if nearest else None

    def area(self, span: Span) -> str | None:
        """Return the folded words for an unnamed part of a place in the clause behind `span`."""
        found = self._area.search(
            self._document.folded, span[0], self._document.sentence_at(span[0]).end
        )
        beside = found is not None and self._clauses.between(span, found.span()) == 0
        return found.group() if found and beside else None

    def is_constant(self, item: Item) -> bool:
        """Tell whether a happening is told as one that goes on: "daily shelling"."""
        told = isinstance(item.draft, OccurrenceDraft)
        return told and self._constant.search(self._document.folded, *item.span) is not None

    def own_time(self, item: Item) -> TimeDraft | None:
        """Return the time that the item's own sentence gives."""
        found = [one for _, one in self._times.at(item.span[0]) if self._may_date(item, one)]
        nearest = min(found, key=lambda one: self._time_rank(item.span, one), default=None)
        return nearest or self.stamp(item.span)

    def stamp(self, span: Span) -> TimeDraft | None:
        """Return the clock time that opens the paragraph of `span`, as live pages have it."""
        return self._stamps.get(self._document.sentence_at(span[0]).paragraph)

    def _is_of_another(self, item: Item, place: Span) -> bool:
        """Tell whether another happening stands between an occurrence and a place, clauses apart."""
        if not isinstance(item.draft, OccurrenceDraft):
            return False
        if self._clauses.between(item.span, place) < _CLAUSES_APART:
            return False
        low, high = min(item.span[1], place[1]), max(item.span[0], place[0])
        return any(
            low <= span[0] < high and span != item.span
            for span, _ in self._happenings.at(item.span[0])
        )

    def place_of_saying(self, speech: Speech) -> PlaceDraft | None:
        """Return where a source spoke: a place beside the verb, outside what was said."""
        answered = (*speech.scope, *(link.span for link in speech.attribution))
        sentence = sentence_span(self._document, speech.cue[0])
        found = [
            one
            for over, one in self._places.at(speech.cue[0])
            if one.use == "location"
            and one.place.precision in ("point", "settlement")
            and overlap(over, sentence)
            and not touches(over, answered)
            and self._clauses.between(speech.cue, over) == 0
        ]
        return min(found, key=lambda one: self._place_rank(speech.cue, one), default=None)

    def zoned(self, draft: TimeDraft, place: PlaceDraft | None) -> TimeDraft:
        """Return a local time in the zone of the item's place."""
        if draft.local and place is not None and place.zone:
            return in_zone(draft, place.zone, self._document)
        return draft

    def _may_date(self, item: Item, draft: TimeDraft) -> bool:
        """Tell whether a time of the sentence may be the item's: no plan, no other clause's."""
        if isinstance(item.draft, AlertDraft):
            return self._is_told_with(item.span, draft.time.span)
        if item.role == "news" and self._past.over(draft.time.span):
            return False
        if self._warned.over(draft.time.span):
            return False
        if draft.time.precision == "year" and not self._is_adverbial(item, draft.time.span):
            return False
        return draft.time.start < self._document.published

    def _is_told_with(self, alert: Span, time: Span) -> bool:
        """Tell whether a time stands in an alert's clause, or behind the dash that is its verb."""
        between = self._document.text[alert[1] : time[0]]
        return self._clauses.between(alert, time) == 0 or between.strip() in _DASHES

    def _is_adverbial(self, item: Item, span: Span) -> bool:
        """Tell whether a bare year dates the clause, and not a thing in it ("built in 1950")."""
        if gap(item.span, span) <= 1:
            return True
        return span[0] <= sentence_span(self._document, span[0])[0]

    def _place_rank(self, span: Span, draft: PlaceDraft) -> tuple[int, ...]:
        other = draft.place.span
        breaks = self._clauses.between(span, other)
        extent = _EXTENT.index(draft.place.precision)
        ahead = 0 if other[0] >= span[0] else 1
        breaks -= min(breaks, 1) if extent <= _SETTLEMENT else 0
        return (extent >= 4, breaks, extent >= 3, ahead, gap(span, other), other[0])

    def _time_rank(self, span: Span, draft: TimeDraft) -> tuple[int, ...]:
        other = draft.time.span
        breaks = self._clauses.between(span, other)
        return (breaks, _GRAIN.index(draft.time.precision), gap(span, other), other[0])


def _use(item: Item, draft: PlaceDraft) -> str:
    """Return the use of a place for an item: in the name of who says it, that of an office."""
    named = touches(draft.place.span, [link.span for link in item.attribution])
    return "office" if named and draft.use == "location" else draft.use


def _is_party(item: Item, span: Span) -> bool:
    """Tell whether a place stands in the words for the actor or the reason, which it does not place."""
    draft = item.draft
    if isinstance(draft, MeasureDraft):
        return touches(span, [part for part in (draft.actor, draft.reason) if part])
    if isinstance(draft, OccurrenceDraft):
        return draft.actor is not None and overlap(draft.actor, span) > 0
    return False


def _stamps(document: Document, times: Sequence[TimeDraft]) -> dict[int, TimeDraft]:
    """Return the clock times with which paragraphs open, by the number of the paragraph."""
    stamps: dict[int, TimeDraft] = {}
    for draft in times:
        start = draft.time.span[0]
        line = document.text.rfind("\n", 0, start) + 1
        if draft.time.precision == "minute" and not any(
            map(str.isalnum, document.text[line:start])
        ):
            stamps[document.sentence_at(start).paragraph] = draft
    return stamps


def bind(items: Sequence[Item], around: Surroundings, published: datetime) -> tuple[Item, ...]:
    """Return `items`, in order, with their own time and with their own place or the event's.

    What happened long ago gives its place to nothing that is told after it.
    """
    bound: list[Item] = []
    told: PlaceDraft | None = None
    for item in items:
        placed = _placed(item, around.own_place(item), told or around.earlier_place(item))
        (dated,) = aged((_dated(placed, around),), published)
        if dated.own_place and dated.role == "news" and not isinstance(item.draft, MeasureDraft):
            told = dated.place
        bound.append(replace(dated, area=around.area(item.span)))
    return tuple(bound)


def _placed(item: Item, own: PlaceDraft | None, told: PlaceDraft | None) -> Item:
    if own is not None:
        return replace(item, place=own, own_place=True)
    return item if isinstance(item.draft, MeasureDraft) else replace(item, place=told)


def _dated(item: Item, around: Surroundings) -> Item:
    if around.is_constant(item):
        return replace(item, constant=True)
    own = around.own_time(item)
    if own is None:
        return item
    return replace(item, time=around.zoned(own, item.place), own_time=True)


def inherit(items: Sequence[Item], sentences: Sequence[int]) -> tuple[Item, ...]:
    """Return `items` with the event's time where an occurrence or toll has none of its own.

    `sentences` gives the start of each item's sentence. A toll asks the occurrence of its own
    sentence, then the last one told; an occurrence the last one in whose words it may be told.
    """
    result: list[Item] = []
    dated: dict[str, Item] = {}
    last: Item | None = None
    beside = _by_sentence(items, sentences)
    for item, sentence in zip(items, sentences, strict=True):
        heir = item
        if item.time is None and item.role == "news" and not item.constant:
            heir = _heir(item, beside.get(sentence), last, dated)
        result.append(heir)
        if item.role == "news" and isinstance(item.draft, OccurrenceDraft):
            dated[family(item.draft.type)] = last = heir
        elif item.role == "news" and isinstance(item.draft, TollDraft) and item.own_time:
            last = heir
    return tuple(result)


def _by_sentence(items: Sequence[Item], sentences: Sequence[int]) -> dict[int, Item]:
    return {
        sentence: item
        for item, sentence in zip(reversed(items), reversed(sentences), strict=True)
        if isinstance(item.draft, OccurrenceDraft) and item.role == "news" and item.time
    }


def _heir(item: Item, beside: Item | None, last: Item | None, dated: dict[str, Item]) -> Item:
    model: Item | None = None
    if isinstance(item.draft, TollDraft) and item.draft.outcome != "trapped":
        model = beside or last
    elif isinstance(item.draft, OccurrenceDraft) and not is_lasting(item.draft.type):
        model = dated.get(family(item.draft.type))
        if is_consequence(item.draft.type):
            model = model or last
    return replace(item, time=model.time) if model and _same_place(item, model) else item


def _same_place(item: Item, model: Item) -> bool:
    one, other = place_of(item), place_of(model)
    if not item.own_place or one is None or other is None:
        return True
    return (one.geonames, one.name) == (other.geonames, other.name)


def area_of(item: Item) -> Span | None:
    """Return the words that name an alert's area: its own, else those of its place."""
    assert isinstance(item.draft, AlertDraft)
    if item.draft.area is not None:
        return item.draft.area
    return item.place.place.span if item.place else None

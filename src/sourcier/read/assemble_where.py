"""Where: the place that is bound to a claim.

The own sentence comes first. Among its places one that only points the way to another ("south-west
of Marrakesh", "bordering Ukraine") comes last, one that merely says in what a finer one lies is no
choice, and of several named side by side the first stands for all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sourcier.read.assemble_areas import Areas
from sourcier.read.assemble_items import (
    EXTENT,
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
from sourcier.read.assemble_layout import Layout
from sourcier.read.document import Document
from sourcier.read.drafts import (
    AlertDraft,
    MeasureDraft,
    OccurrenceDraft,
    PlaceDraft,
    Speech,
    TollDraft,
)
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import is_military
from sourcier.types import Span

_FINE = ("point", "settlement")
_CLAUSES_APART = 2
_LOOKBACK = 20
_CONTAINER_REACH = 60
_MOVED = ("displaced", "evacuated")
_SEAT_REACH = 16
_ARTICLE_REACH = 6


class Where:
    """The places of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self._document = document
        self._clauses = Clauses(document)
        self._places = BySentence(document, ((one.place.span, one) for one in findings.places))
        self._happenings = BySentence(document, ((one.span, one) for one in findings.occurrences))
        self._alerts = BySentence(document, ((one.span, one) for one in findings.alerts))
        self._located = [one for one in findings.places if one.use == "location"]
        self._office = next((one for one in findings.places if one.use == "office"), None)
        context = lexicon(document.language, "context")
        self._seat = context.pattern("seat")
        layout = Layout(document, self._located)
        self._pointers, self._firsts = layout.pointers, layout.firsts
        self._containers = layout.containers
        apart = [one for one in findings.places if one.place.span not in self._containers]
        self.areas = Areas(document, apart, context.source("joining"))
        self._aside = layout.aside | layout.inside(self._spoken(findings.speeches))
        self._located = [one for one in self._located if one.place.span not in self._aside]
        self._starts = [one.place.span[0] for one in self._located]

    def own(self, item: Item) -> PlaceDraft | None:
        """Return the place that the item's own sentence gives, or that an alert leads to."""
        if isinstance(item.draft, AlertDraft) and (ahead := self.areas.toward(item.draft)):
            return ahead
        own = self._best(item, "location")
        if own is None and isinstance(item.draft, AlertDraft):
            own = self._best(item, "metonym")
        return own

    def aside(self, item: Item) -> PlaceDraft | None:
        """Return the place in the item's own sentence where somebody spoke, came from or went."""
        return self._best(item, "aside")

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
        found = [one for one in self._beside_verb(speech) if one.place.precision in _FINE]
        return min(found, key=lambda one: self._rank(speech.cue, one), default=None)

    def _spoken(self, speeches: Sequence[Speech]) -> frozenset[Span]:
        """Return the places where sources spoke, which place nothing of what they said."""
        return frozenset(
            one.place.span
            for speech in speeches
            for one in (*self._beside_verb(speech), *self._before_speaker(speech))
        )

    def _beside_verb(self, speech: Speech) -> list[PlaceDraft]:
        return [
            one
            for one in self._outside(speech)
            if self._clauses.between(speech.cue, one.place.span) == 0
        ]

    def _before_speaker(self, speech: Speech) -> list[PlaceDraft]:
        """Return the place that opens the sentence of a speaker: "In Paris, the minister said"."""
        start = sentence_span(self._document, speech.cue[0])[0]
        opening = min((link.span for link in speech.attribution), default=speech.cue)
        if opening[0] > speech.cue[0] or opening[0] < start:
            opening = speech.cue
        if any(span[0] < opening[0] for span in speech.scope):
            return []
        return [
            one
            for one in self._outside(speech)
            if one.place.span[0] - start <= _SEAT_REACH
            and self._document.folded.startswith(",", one.place.span[1])
            and opening[0] - one.place.span[1] <= _ARTICLE_REACH
        ]

    def _outside(self, speech: Speech) -> Iterator[PlaceDraft]:
        """Yield the places of a speech's sentence outside what was said and its speaker's name."""
        answered = (*speech.scope, *(link.span for link in speech.attribution))
        sentence = sentence_span(self._document, speech.cue[0])
        for span, one in self._places.at(speech.cue[0]):
            located = one.use == "location" and overlap(span, sentence)
            if located and not touches(span, answered):
                yield one

    def _candidates(self, item: Item, use: str) -> list[PlaceDraft]:
        sentence = sentence_span(self._document, item.span[0])
        return [
            one
            for span, one in self._places.at(item.span[0])
            if self._use(item, one) == use
            and overlap(span, sentence)
            and span not in self._containers
            and not _is_party(item, span)
            and not self._is_of_another(item, self._firsts.get(span, one).place.span)
        ]

    def _use(self, item: Item, draft: PlaceDraft) -> str:
        """Return the use of a place for an item: in the words for who says it, that of an office."""
        if draft.use == "location" and any(
            self._is_seat(link.span, draft.place.span) for link in item.attribution
        ):
            return "office"
        if draft.place.span in self._aside and not _names_itself(item, draft.place.span):
            return "aside"
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
        extent = EXTENT.index(draft.place.precision)
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


def _names_itself(item: Item, place: Span) -> bool:
    """Tell whether an item is of a place wherever that leads: an order, "74,000 fled to Burundi"."""
    if isinstance(item.draft, MeasureDraft):
        return True
    moved = isinstance(item.draft, TollDraft) and item.draft.outcome in _MOVED
    return moved and overlap(item.span, place) > 0


def _is_party(item: Item, span: Span) -> bool:
    """Tell whether a place stands in the words for the actor or the reason, which it does not place."""
    draft = item.draft
    if isinstance(draft, MeasureDraft):
        return touches(span, [part for part in (draft.actor, draft.reason) if part])
    if isinstance(draft, OccurrenceDraft):
        return draft.actor is not None and overlap(draft.actor, span) > 0
    return False

"""When: the time that is bound to a claim by its own sentence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sourcier.read.assemble_items import (
    BySentence,
    Clauses,
    Findings,
    Item,
    gap,
    sentence_span,
)
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, OccurrenceDraft, PlaceDraft, TimeDraft
from sourcier.read.lexicon import lexicon
from sourcier.read.times import in_zone
from sourcier.types import Span

_GRAIN = ("minute", "hour", "part_of_day", "day", "week", "month", "year")
_LINKS = ("-", "–", "—", ",")


class When:
    """The times of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings, said: frozenset[Span]) -> None:
        self._document = document
        self._clauses = Clauses(document)
        words = lexicon(document.language, "context")
        self._constant = words.pattern("constant")
        self._relative = regex.compile(rf"\s?(?:{words.source('relative')})(?!\p{{L}})")
        past = (one for one in findings.contexts if one.role == "background")
        self._past = BySentence(document, ((one.span, one) for one in past))
        self._warned = BySentence(document, ((one.span, one) for one in findings.alerts))
        self._stamps = _stamps(document, findings.times)
        self._times = BySentence(
            document,
            ((one.time.span, one) for one in findings.times if one.time.span not in said),
        )

    def own(self, item: Item) -> TimeDraft | None:
        """Return the time that the item's own sentence gives."""
        found = [one for _, one in self._times.at(item.span[0]) if self._may_date(item, one)]
        nearest = min(found, key=lambda one: self._rank(item.span, one), default=None)
        return nearest or self.stamp(item.span)

    def stamp(self, span: Span) -> TimeDraft | None:
        """Return the clock time that opens the paragraph of `span`, as live pages have it."""
        return self._stamps.get(self._document.sentence_at(span[0]).paragraph)

    def is_constant(self, item: Item) -> bool:
        """Tell whether a happening is told as one that goes on: "daily shelling"."""
        told = isinstance(item.draft, OccurrenceDraft)
        return told and self._constant.search(self._document.folded, *item.span) is not None

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
        """Tell whether a time stands in an alert's clause, or behind a comma or the dash that is its verb."""
        between = self._document.text[alert[1] : time[0]]
        return self._clauses.between(alert, time) == 0 or between.strip() in _LINKS

    def _is_adverbial(self, item: Item, span: Span) -> bool:
        """Tell whether a bare year dates the clause, and not a thing in it ("built in 1950")."""
        if gap(item.span, span) <= 1:
            return True
        return span[0] <= sentence_span(self._document, span[0])[0]

    def _is_told_of(self, span: Span, time: Span) -> bool:
        """Tell whether a time stands in the relative clause right behind the words for an item."""
        relative = self._relative.match(self._document.folded, span[1])
        if relative is None or relative.end() > time[0]:
            return False
        return self._clauses.between(relative.span(), time) == 0

    def _rank(self, span: Span, draft: TimeDraft) -> tuple[int, ...]:
        other = draft.time.span
        breaks = self._clauses.between(span, other)
        aside = not self._is_told_of(span, other)
        return (aside, breaks, _GRAIN.index(draft.time.precision), gap(span, other), other[0])


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

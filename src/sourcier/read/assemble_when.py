"""When: the time that is bound to a claim by its own sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import regex
from msgspec.structs import replace

from sourcier.read.assemble_items import (
    BySentence,
    Clauses,
    Findings,
    Item,
    gap,
    sentence_span,
)
from sourcier.read.compiled import compiled
from sourcier.read.document import Document
from sourcier.read.drafts import (
    AlertDraft,
    MeasureDraft,
    OccurrenceDraft,
    PlaceDraft,
    TimeDraft,
    TollDraft,
)
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import is_lasting
from sourcier.read.times import in_zone
from sourcier.read.times_wall import LENGTHS
from sourcier.types import Span

_GRAIN = ("minute", "hour", "part_of_day", "day", "week", "month", "year")
_FINE = frozenset(_GRAIN[: _GRAIN.index("week")])
_RECENT = timedelta(days=10)
_VICTIMS = ("killed", "injured", "casualties", "missing")
_REACH = 300
_LINKS = ("-", "–", "—", ",")
_DATELINE = ", "  # between a place and the clock time behind it


class When:
    """The times of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings, said: frozenset[Span]) -> None:
        self._document = document
        words = lexicon(document.language, "context")
        self._clauses = Clauses(document)
        self._finer_clauses = Clauses(document, words.source("turn"))
        self._presumes = words.pattern("presuming")
        self._moments = BySentence(document, ((one.span, one) for one in _moments(findings)))
        self._constant = words.pattern("constant")
        self._relative = compiled(rf"\s?(?:{words.source('relative')})(?!\p{{L}})")
        past = (one for one in findings.contexts if one.role == "background")
        self._past = BySentence(document, ((one.span, one) for one in past))
        self._warned = BySentence(document, ((one.span, one) for one in findings.alerts))
        self._stamps = _stamps(document, findings)
        self._told_behind = dict(_told_behind(document, words.pattern("happened"), findings))
        # The one clock time of a post that opens with it is that of all the alerts below.
        first = self._stamps.get(0)
        self._opening = first if len(self._stamps) == 1 else None
        self._times = BySentence(
            document,
            ((one.time.span, one) for one in findings.times if one.time.span not in said),
        )

    def own(self, item: Item) -> TimeDraft | None:
        """Return the time that the item's own sentence gives."""
        found = [one for _, one in self._times.at(item.span[0]) if self._may_date(item, one)]
        nearest = min(found, key=lambda one: self._rank(item, one), default=None)
        stamp = nearest or self._behind(item) or self.stamp(item.span)
        if isinstance(item.draft, AlertDraft):
            stamp = stamp or self._opening
            return self._ended(stamp) if stamp and item.draft.state == "ended" else stamp
        return stamp

    def _ended(self, draft: TimeDraft) -> TimeDraft:
        """Return the moment at which something ended, where its time runs on ("all clear since 5.20")."""
        time, length = draft.time, LENGTHS.get(draft.time.precision)
        if length is None or time.end != self._document.published:
            return draft
        return replace(draft, time=replace(time, end=time.start + length))

    def is_leaning(self, item: Item, draft: TimeDraft) -> bool:
        """Tell whether a time is that of a clause before the one which tells an item."""
        return self._presuming(item.span, draft.time.span) is not None

    def stamp(self, span: Span) -> TimeDraft | None:
        """Return the clock time that opens the paragraph of `span`, as live pages have it."""
        return self._stamps.get(self._document.sentence_at(span[0]).paragraph)

    def _behind(self, item: Item) -> TimeDraft | None:
        """Return the time that the next sentence gives to what an item tells ("It happened at 5.40")."""
        if item.role != "news" or not isinstance(item.draft, OccurrenceDraft | TollDraft):
            return None
        return self._told_behind.get(self._document.sentence_at(item.span[0]).start)

    def is_stamp(self, draft: TimeDraft) -> bool:
        """Tell whether a time opens its paragraph."""
        stamp = self.stamp(draft.time.span)
        return stamp is not None and stamp.time.span == draft.time.span

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
        if draft.told and not isinstance(item.draft, MeasureDraft):
            return False
        if draft.of_count and _counts_victims(item):
            return False
        if draft.time.precision == "year" and not self._is_adverbial(item, draft.time.span):
            return False
        # A local time elsewhere may look as if it had yet to come.
        if draft.time.start >= self._document.published and not draft.local:
            return self._is_ahead(item, draft)
        return self._is_of_moment(item, draft)

    def dates(self, item: Item, draft: TimeDraft) -> bool:
        """Tell whether a time, in its zone, lies behind, or may lie ahead of what was ordered."""
        return draft.time.start < self._document.published or not isinstance(
            item.draft, TollDraft | OccurrenceDraft
        )

    def _is_ahead(self, item: Item, draft: TimeDraft) -> bool:
        """Tell whether a time to come is when a measure holds ("closed until Monday")."""
        ordered = isinstance(item.draft, MeasureDraft)
        return ordered and self._clauses.between(item.span, draft.time.span) == 0

    def _is_of_moment(self, item: Item, draft: TimeDraft) -> bool:
        """Tell whether a time before "after" is at least that of something which happened then.

        "Three died on Monday after a crash" may date the crash, "crews worked on Monday after a
        crash" does not.
        """
        turn = self._presuming(item.span, draft.time.span)
        if turn is None or turn.group("past") is None:
            return True
        start = sentence_span(self._document, item.span[0])[0]
        return any(start <= span[0] < turn.start() for span, _ in self._moments.at(item.span[0]))

    def _presuming(self, span: Span, time: Span) -> regex.Match[str] | None:
        """Return the word between a time and a later item that opens a clause of its own."""
        if not 0 < span[0] - time[1] <= _REACH:
            return None
        return self._presumes.search(self._document.folded, time[1], span[0])

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

    def _rank(self, item: Item, draft: TimeDraft) -> tuple[int, ...]:
        """Return how far a time is from an item: an occurrence is dated by the verb that tells it.

        What was ordered is dated by when that was done, before any time until which it holds.
        """
        span, other = item.span, draft.time.span
        told = isinstance(item.draft, OccurrenceDraft)
        breaks = (self._finer_clauses if told else self._clauses).between(span, other)
        aside = not self._is_told_of(span, other)
        ahead = draft.time.start >= self._document.published
        return (
            ahead,
            aside,
            breaks,
            _GRAIN.index(draft.time.precision),
            gap(span, other),
            other[0],
        )


def _counts_victims(item: Item) -> bool:
    """Tell whether an item says how many fell victim to what happened before they were counted."""
    toll = item.draft
    return isinstance(toll, TollDraft) and toll.outcome in _VICTIMS and toll.high != 0


def _moments(findings: Findings) -> Iterator[TollDraft | OccurrenceDraft]:
    """Yield what happened at one moment: no states, nobody who was only counted."""
    yield from (one for one in findings.tolls if one.outcome in _VICTIMS)
    yield from (one for one in findings.occurrences if not is_lasting(one.type))


def _stamps(document: Document, findings: Findings) -> dict[int, TimeDraft]:
    """Return the clock times with which paragraphs open, by the number of the paragraph.

    A place may stand before one: "Taganrog, 23:40."
    """
    opened = {one.place.span[1] for one in findings.places if _opens(document, one.place.span[0])}
    stamps: dict[int, TimeDraft] = {}
    for draft in findings.times:
        start = draft.time.span[0]
        dateline = start - len(_DATELINE)
        behind = dateline in opened and document.text.startswith(_DATELINE, dateline)
        if draft.time.precision == "minute" and (behind or _opens(document, start)):
            stamps[document.sentence_at(start).paragraph] = draft
    return stamps


def _told_behind(
    document: Document, happened: regex.Pattern[str], findings: Findings
) -> Iterator[tuple[int, TimeDraft]]:
    """Yield the starts of sentences with the time which the sentence behind them gives to them."""
    fine = [one for one in findings.times if one.time.precision in _FINE and not one.told]
    times = BySentence(document, ((one.time.span, one) for one in fine))
    earliest = document.published - _RECENT
    for told, telling in pairwise(document.sentences):
        if not happened.match(document.folded, telling.start, telling.end):
            continue
        found = [one for _, one in times.at(telling.start) if one.time.start > earliest]
        if len(found) == 1:
            yield told.start, found[0]


def _opens(document: Document, start: int) -> bool:
    """Tell whether nothing but signs stands before an offset in its line."""
    line = document.text.rfind("\n", 0, start) + 1
    return not any(map(str.isalnum, document.text[line:start]))

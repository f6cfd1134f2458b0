"""Areas: the places over which an alert stands, where its own sentence does not simply name one.

A warning that heads somewhere is for where it heads; one that ends with a colon is for the lines of
the list below; one without a place is for that of a bare line or sentence beside it ("Kharkiv!
Air raid alert!"). Of places in a row each has an alert of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from sourcier.read.compiled import compiled
from sourcier.read.document import Document, Sentence
from sourcier.read.drafts import AlertDraft, PlaceDraft
from sourcier.types import Span

_AHEAD = 60
_MOST = 40
_SIGNS = r"[^\p{L}\p{N}\n#]*"
_LIST = regex.compile(rf"{_SIGNS}:{_SIGNS}\n{_SIGNS}")
_LINE = regex.compile(rf"{_SIGNS}\n{_SIGNS}")
_BARE = regex.compile(r"[^\p{L}\p{N}]*+")
_STOP = regex.compile(r"[.!?:;\n]")


class Areas:
    """The areas of the alerts of one text."""

    def __init__(self, document: Document, places: Sequence[PlaceDraft], joining: str) -> None:
        self._document = document
        self._places = [one for one in places if one.use != "demonym"]
        self._starts = [one.place.span[0] for one in self._places]
        self._joined = compiled(rf"\s*,\s*|\s*,?\s*(?:{joining})\s*")

    def toward(self, alert: AlertDraft) -> PlaceDraft | None:
        """Return the first place behind the words that lead to it."""
        if alert.toward is None:
            return None
        first = self._from(alert.toward)
        if first is None or first.place.span[0] - alert.toward > _AHEAD:
            return None
        between = (alert.toward, first.place.span[0])
        return None if _STOP.search(self._document.text, *between) else first

    def beside(self, alert: AlertDraft) -> PlaceDraft | None:
        """Return the first place of the list below an alert, or that of a bare sentence beside it."""
        sentence = self._document.sentence_at(alert.span[0])
        first = self._from(sentence.end)
        if first and _LIST.fullmatch(self._document.text, alert.span[1], first.place.span[0]):
            return first
        at = bisect_left(self._starts, sentence.start) - 1
        before = self._places[at] if at >= 0 else None
        return next(
            (one for one in (before, first) if one and self._is_bare(one, sentence, alert)), None
        )

    def named(self, alert: AlertDraft) -> bool:
        """Tell whether the words for an alert's area are a name, be it one of no known place."""
        return alert.area is not None and self._document.text[alert.area[0]].isupper()

    def row(self, alert: AlertDraft, place: PlaceDraft) -> tuple[PlaceDraft, ...]:
        """Return the places side by side with that of an alert, in the order of the text."""
        listed = place.place.span[0] > self._document.sentence_at(alert.span[0]).end
        joined = _LINE if listed else self._joined
        here = bisect_left(self._starts, place.place.span[0])
        first = last = here
        while first > 0 and here - first < _MOST and self._are_joined(first - 1, joined):
            first -= 1
        while last - here < _MOST and self._are_joined(last, joined):
            last += 1
        return tuple(self._places[first : last + 1])

    def _are_joined(self, at: int, joined: regex.Pattern[str]) -> bool:
        """Tell whether the place at an index and the next one stand side by side."""
        if at + 1 >= len(self._places):
            return False
        start, end = self._places[at].place.span[1], self._places[at + 1].place.span[0]
        return joined.fullmatch(self._document.folded, start, end) is not None

    def _from(self, offset: int) -> PlaceDraft | None:
        at = bisect_left(self._starts, offset)
        return self._places[at] if at < len(self._places) else None

    def _is_bare(self, place: PlaceDraft, beside: Sentence, alert: AlertDraft) -> bool:
        """Tell whether a place and signs, or advice, are all of a sentence next to another one."""
        start, end = place.place.span
        sentence = self._document.sentence_at(start)
        low, high = sorted(((sentence.start, sentence.end), (beside.start, beside.end)))
        apart = self._blank((low[1], high[0]))
        rest = (end, sentence.end)
        if alert.advice and end <= alert.advice[0] < alert.advice[1] <= sentence.end:
            rest = (end, alert.advice[0])
        return apart and self._blank((sentence.start, start)) and self._blank(rest)

    def _blank(self, span: Span) -> bool:
        return _BARE.fullmatch(self._document.text, *span) is not None

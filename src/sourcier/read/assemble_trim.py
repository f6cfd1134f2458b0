"""Trimming: a happening's words, and its actor's, do not begin with when it happened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sourcier.read.drafts import OccurrenceDraft, TimeDraft
from sourcier.types import Span

_LOOSE = " ,\u00a0\u202f"


def without_leading_times(
    drafts: Iterable[OccurrenceDraft], times: Iterable[TimeDraft], text: str
) -> tuple[OccurrenceDraft, ...]:
    """Return the drafts with leading time expressions cut from their spans and actors."""
    spans = sorted(draft.time.span for draft in times)
    return tuple(_trimmed(draft, spans, text) for draft in drafts)


def _trimmed(draft: OccurrenceDraft, times: Sequence[Span], text: str) -> OccurrenceDraft:
    span = _after_times(draft.span, times, text) or draft.span
    actor = draft.actor and _after_times(draft.actor, times, text)
    if (span, actor) == (draft.span, draft.actor):
        return draft
    return replace(draft, span=span, actor=actor)


def _after_times(span: Span, times: Sequence[Span], text: str) -> Span | None:
    """Return what is left of a span after the times that open it; None if nothing is.

    A time may open before the span: "on 28 | February troops attacked".
    """
    start, end = span
    at = max(0, bisect_right(times, (start, end)) - 1)
    while at < len(times) and times[at][0] <= start < end:
        if start < times[at][1]:
            start = times[at][1]
            while start < end and text[start] in _LOOSE:
                start += 1
        at += 1
    return (start, end) if start < end else None

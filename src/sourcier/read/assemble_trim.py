"""Trimming: a happening's words, and its actor's, do not begin with when it happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from sourcier.read.drafts import OccurrenceDraft, TimeDraft
from sourcier.types import Span

_LOOSE = " ,\u00a0\u202f"


def without_leading_times(
    drafts: Iterable[OccurrenceDraft], times: Iterable[TimeDraft], text: str
) -> tuple[OccurrenceDraft, ...]:
    """Return the drafts with leading time expressions cut from their spans and actors."""
    ends = {draft.time.span[0]: draft.time.span[1] for draft in times}
    return tuple(_trimmed(draft, ends, text) for draft in drafts)


def _trimmed(draft: OccurrenceDraft, ends: Mapping[int, int], text: str) -> OccurrenceDraft:
    span = _after_times(draft.span, ends, text) or draft.span
    actor = draft.actor and _after_times(draft.actor, ends, text)
    if (span, actor) == (draft.span, draft.actor):
        return draft
    return replace(draft, span=span, actor=actor)


def _after_times(span: Span, ends: Mapping[int, int], text: str) -> Span | None:
    """Return what is left of a span after the times that open it; None if nothing is."""
    start, end = span
    while start in ends and start < end:
        start = ends[start]
        while start < end and text[start] in _LOOSE:
            start += 1
    return (start, end) if start < end else None

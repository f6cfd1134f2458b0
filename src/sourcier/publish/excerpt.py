"""Excerpts: a source's words in their sentence, the claimed ones marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from sourcier.types import Claim, Span

_BOUNDARY = regex.compile(r"(?<=[.!?…][»”\")\]]?)\s+(?=[\p{Lu}\p{N}«“\"(—–-])|\n+")
REACH = 220
"""Characters kept on each side of the marks where a sentence is longer than can be shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of an excerpt: plain text, marked text, or a gap where text was left out."""

    kind: Literal["text", "mark", "gap"]
    text: str = ""


def excerpt(text: str, claims: Iterable[Claim]) -> tuple[Run, ...]:
    """Return the sentences of a capture's `text` that hold its `claims`, in order.

    Marked are the claims' words and, in the same sentences, the speakers that they are given to. Spans
    outside the text are ignored.
    """
    claims = list(claims)
    spans = merge(_inside(text, (claim.span for claim in claims)))
    windows = merge(_window(text, span) for span in spans)
    speakers = _inside(text, (link.span for claim in claims for link in claim.attribution))
    marked = merge([*spans, *speakers])
    runs: list[Run] = []
    for window in windows:
        if runs:
            runs.append(Run("gap"))
        runs += _runs(text, window, marked)
    return tuple(runs)


def merge(spans: Iterable[Span], reach: int = 1) -> list[Span]:
    """Return spans in order, those that touch (within `reach` characters) as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + reach:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(text: str, spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if 0 <= span[0] < span[1] <= len(text)]


def _window(text: str, span: Span) -> Span:
    low = text.rfind("\n", 0, span[0]) + 1
    high = text.find("\n", span[1])
    high = len(text) if high < 0 else high
    cuts = [low, *(found.end() for found in _BOUNDARY.finditer(text, low, high)), high]
    for start, end in pairwise(cuts):
        if start <= span[0]:
            low = start
        if end >= span[1]:
            high = end
            break
    if span[0] - low > REACH:
        low = min(text.find(" ", span[0] - REACH) + 1, span[0])
    if high - span[1] > REACH:
        high = max(text.rfind(" ", 0, span[1] + REACH), span[1])
    return low, high


def _runs(text: str, window: Span, marked: list[Span]) -> list[Run]:
    at, runs = window[0], []
    for start, end in marked:
        if start < window[0] or end > window[1]:
            continue
        if start > at:
            runs.append(Run("text", text[at:start]))
        runs.append(Run("mark", text[start:end]))
        at = end
    if text[at : window[1]].strip():
        runs.append(Run("text", text[at : window[1]].rstrip()))
    return runs

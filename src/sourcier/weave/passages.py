"""Passages: a text's words hashed in runs, so that what two texts share can be found and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xxhash import xxh3_64_intdigest

from sourcier.types import Span
from sourcier.weave import rules
from sourcier.weave.folding import fold

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^«»]{12,}»|“[^“”]{12,}”|„[^„“”]{12,}[“”]|\"[^\"\n]{12,}\"")


@dataclass(frozen=True, slots=True)
class Passages:
    """The shingles of one text: hashes in order, the span of each, and which lie in quotations."""

    hashes: tuple[int, ...]
    spans: tuple[Span, ...]
    own: frozenset[int]
    """Hashes of shingles outside quotations: words that a writer chose."""

    @property
    def all(self) -> frozenset[int]:
        """Every hash."""
        return frozenset(self.hashes)


def passages(text: str) -> Passages:
    """Return the shingles of `text`, over folded words; a short text is one shingle."""
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(fold(text))]
    size = min(rules.SHINGLE, len(words))
    if not size:
        return Passages((), (), frozenset())
    runs = [words[i : i + size] for i in range(len(words) - size + 1)]
    hashes = tuple(xxh3_64_intdigest(" ".join(word for word, _, _ in run).encode()) for run in runs)
    spans = tuple((run[0][1], run[-1][2]) for run in runs)
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    return Passages(hashes, spans, frozenset(_outside(hashes, spans, quoted)))


def _outside(hashes: Sequence[int], spans: Sequence[Span], quoted: Sequence[Span]) -> Iterator[int]:
    for value, (start, end) in zip(hashes, spans, strict=True):
        if not any(low < end and start < high for low, high in quoted):
            yield value


def fingerprints(hashes: Sequence[int]) -> frozenset[int]:
    """Return the winnowed hashes: the least of every window, enough to find any longer passage."""
    width = rules.WINDOW
    if len(hashes) <= width:
        return frozenset(hashes)
    return frozenset(min(hashes[i : i + width]) for i in range(len(hashes) - width + 1))


def longest(mine: Passages, shared: frozenset[int] | set[int]) -> Span | None:
    """Return the span of the longest run of `shared` shingles in a text."""
    best: Span | None = None
    start: Span | None = None
    for value, span in zip(mine.hashes, mine.spans, strict=True):
        if value not in shared:
            start = None
            continue
        start = start or span
        if best is None or span[1] - start[0] > best[1] - best[0]:
            best = (start[0], span[1])
    return best

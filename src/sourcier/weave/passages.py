"""Passages: a text's words hashed in runs, so that what two texts share can be found and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xxhash import xxh3_64_intdigest

from sourcier.types import Span
from sourcier.weave import rules
from sourcier.weave.folding import fold

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^«»]{12,}»|“[^“”]{12,}”|„[^„“”]{12,}[“”]|\"[^\"\n]{12,}\"")


@dataclass(frozen=True, slots=True)
class Passages:
    """The shingles of one text: hashes in order, and the span of each.

    `own` are the shingles outside quotations, words that a writer chose. `prints` are the winnowed
    ones: the least of every window, enough to find any longer passage.
    """

    hashes: tuple[int, ...]
    spans: tuple[Span, ...]
    own: frozenset[int]
    prints: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """Every hash."""
        return frozenset(self.hashes)


def passages(text: str) -> Passages:
    """Return the shingles of `text`, over folded words; a short text is one shingle."""
    words = [(match.group(), *match.span()) for match in _WORD.finditer(fold(text))]
    size = min(rules.SHINGLE, len(words))
    if not size:
        return Passages((), (), frozenset(), frozenset())
    numbers = [_number(word) for word, _, _ in words]
    hashes = tuple(map(hash, zip(*(numbers[i:] for i in range(size)), strict=False)))
    ends = [end for _, _, end in words[size - 1 :]]
    spans = tuple((start, end) for (_, start, _), end in zip(words, ends, strict=False))
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    own = frozenset(_outside(hashes, spans, quoted) if quoted else hashes)
    return Passages(hashes, spans, own, _winnowed(hashes))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return xxh3_64_intdigest(word.encode())


def _outside(hashes: Sequence[int], spans: Sequence[Span], quoted: Sequence[Span]) -> Iterator[int]:
    """Yield the shingles that touch no quotation; all spans are in order."""
    waiting = iter(quoted)
    low, high = next(waiting)
    for value, (start, end) in zip(hashes, spans, strict=True):
        while high <= start:
            low, high = next(waiting, (1 << 62, 1 << 62))
        if end <= low:
            yield value


def _winnowed(hashes: Sequence[int]) -> frozenset[int]:
    if len(hashes) <= rules.WINDOW:
        return frozenset(hashes)
    shifted = (hashes[i:] for i in range(rules.WINDOW))
    return frozenset(map(min, zip(*shifted, strict=False)))


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

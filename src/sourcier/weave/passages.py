"""Passages: a text's words hashed in runs, so that what two texts share can be found and shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from xxhash import xxh3_64_intdigest

from sourcier.types import Span
from sourcier.weave import rules
from sourcier.weave.folding import fold

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^«»]{12,}»|“[^“”]{12,}”|„[^„“”]{12,}[“”]|\"[^\"\n]{12,}\"")


@dataclass(frozen=True, slots=True)
class Passages:
    """The shingles of one text: hashes in order, of `size` words each.

    `own` are the shingles outside quotations, words that a writer chose. `prints` are the winnowed
    ones: the least of every window, enough to find any longer passage.
    """

    hashes: tuple[int, ...]
    size: int
    own: frozenset[int]
    prints: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """Every hash."""
        return frozenset(self.hashes)


@lru_cache(maxsize=1024)  # what is copied word for word comes soon after its origin
def passages(text: str) -> Passages:
    """Return the shingles of `text`, over folded words; a short text is one shingle."""
    words: list[str] = []
    outside: list[tuple[int, int]] = []
    for part, quoted in _parts(fold(text)):
        first = len(words)
        words += _WORD.findall(part)
        if not quoted:
            outside.append((first, len(words)))
    size = min(rules.SHINGLE, len(words))
    if not size:
        return Passages((), 0, frozenset(), frozenset())
    hashes = tuple(_shingles(words, size))
    last = size - 1
    own = frozenset().union(*(hashes[low : max(low, high - last)] for low, high in outside))
    return Passages(hashes, size, own, _winnowed(hashes))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts, each with whether it is a quotation."""
    here = 0
    for match in _QUOTED.finditer(text):
        yield text[here : match.start()], False
        yield match.group(), True
        here = match.end()
    yield text[here:], False


def _shingles(words: Sequence[str], size: int) -> Iterator[int]:
    numbers = list(map(_number, words))
    return map(hash, zip(*(numbers[i:] for i in range(size)), strict=False))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Return the number of a word, the same in every process; small ones hash fast."""
    return xxh3_64_intdigest(word.encode()) >> 34


def _winnowed(hashes: Sequence[int]) -> frozenset[int]:
    if len(hashes) <= rules.WINDOW:
        return frozenset(hashes)
    least, width = list(hashes), 1
    while width < rules.WINDOW:  # the least of two runs beside each other, or overlapping
        step = min(width, rules.WINDOW - width)
        pairs = zip(least, least[step:], strict=False)
        least = [a if a < b else b for a, b in pairs]  # noqa: FURB136 - min() takes thrice as long
        width += step
    return frozenset(least)


def longest(text: str, mine: Passages, shared: Collection[int]) -> Span | None:
    """Return the span of the longest run of `shared` shingles in the text that they are of."""
    told = bytes(map(shared.__contains__, mine.hashes))
    run = max(told.split(b"\0"), key=len)
    if not run:
        return None
    folded, first = fold(text), told.index(run)
    behind = len(told) - first - len(run)
    start, end = _word(folded, first).start(), _word(folded[::-1], behind).start()
    return start, len(text) - end


def _word(text: str, number: int) -> re.Match[str]:
    return next(islice(_WORD.finditer(text), number, None))

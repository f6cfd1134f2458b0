"""Postings: the texts that hold a fingerprint, by the days on which they were published.

::

    day → span of days → fingerprint → numbers of texts

A text is looked for within reach of a day alone, so a look-up costs the same in a long story as in a
short one. Spans out of reach of the newest are packed into sorted arrays, 8 bytes a posting: a text
that comes late still finds its time.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

DAYS = 10
"""Days of one span."""
_NUMBER = 24  # bits of a text's number; the others are those of the fingerprint
_KEPT = (1 << 64 - _NUMBER) - 1

Held = dict[int, list[int]]
"""The numbers of the texts that hold each fingerprint."""


class Postings:
    """Numbers of texts by fingerprint and day; `reach` is in days."""

    def __init__(self, reach: int) -> None:
        self._reach = -(-reach // DAYS)
        self._spans: dict[int, _Span] = {}
        self._newest = 0

    def add(self, day: int, values: Iterable[int], number: int) -> None:
        """Post a text, by its number, under fingerprints."""
        span = self._spans.setdefault(day // DAYS, _Span())
        for value in values:
            span.fresh[value & _KEPT].append(number)
        if day // DAYS > self._newest:
            self._newest = day // DAYS
            self._pack(before=self._newest - self._reach)

    def find(self, day: int, values: Iterable[int]) -> Held:
        """Return the numbers of the texts within reach of a day that hold each fingerprint."""
        first = day // DAYS - self._reach
        found: Held = {value: [] for value in values}
        for at in range(first, first + 2 * self._reach + 1):
            span = self._spans.get(at)
            if span is not None:
                span.find(found)
        return found

    def _pack(self, before: int) -> None:
        for at, span in self._spans.items():
            if at < before and span.fresh:
                span.pack()


class _Span:
    """The postings of some days: those that came since they were packed, and the packed ones."""

    __slots__ = ("_packed", "fresh")

    def __init__(self) -> None:
        self.fresh: defaultdict[int, list[int]] = defaultdict(list)
        self._packed = array("Q")

    def find(self, found: Held) -> None:
        """Add the numbers posted under fingerprints to what was found of each."""
        for value, numbers in found.items():
            if (key := value & _KEPT) in self.fresh:
                numbers += self.fresh[key]
            if self._packed:
                numbers += self._unpacked(key)

    def pack(self) -> None:
        """Pack what is not."""
        fresh = (value << _NUMBER | n for value, found in self.fresh.items() for n in found)
        self._packed = array("Q", sorted([*self._packed, *fresh]))
        self.fresh.clear()

    def _unpacked(self, value: int) -> Iterator[int]:
        low, high = value << _NUMBER, (value + 1) << _NUMBER
        at = bisect_left(self._packed, low)
        while at < len(self._packed) and self._packed[at] < high:
            yield self._packed[at] - low
            at += 1

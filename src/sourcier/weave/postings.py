"""Postings: the texts that hold a fingerprint, by the days on which they were published.

::

    day → span of days → fingerprint → numbers of texts

A text is looked for within reach of a day alone, so a look-up costs the same in a long story as in a
short one. Spans out of reach of the newest are packed into sorted arrays, 8 bytes a posting: a text
that comes late still finds its time. Most fingerprints are held by one text, so that the first holder
stands beside the list of the others, and a look-up is the common part of two sets.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import chain

DAYS = 10
"""Days of one span."""
_NUMBER = 24  # bits of a text's number; the others are those of the fingerprint
_KEPT = (1 << 64 - _NUMBER) - 1

Held = defaultdict[int, list[int]]
"""The numbers of the texts that hold each fingerprint; one that no text holds is left out."""


class Postings:
    """Numbers of texts by fingerprint and day; `reach` is in days."""

    def __init__(self, reach: int) -> None:
        self._reach = -(-reach // DAYS)
        self._spans: dict[int, _Span] = {}
        self._newest = 0

    def add(self, day: int, values: Set[int], number: int) -> None:
        """Post a text, by its number, under fingerprints."""
        self._spans.setdefault(day // DAYS, _Span()).add(values, number)
        if day // DAYS > self._newest:
            self._newest = day // DAYS
            self._pack(before=self._newest - self._reach)

    def find(self, day: int, values: Set[int]) -> Held:
        """Return the numbers of the texts within reach of a day that hold each fingerprint."""
        found: Held = defaultdict(list)
        for span in self._near(day):
            span.find(values, found)
        return found

    def holders(self, day: int, values: Set[int]) -> Iterator[int]:
        """Yield the numbers of the texts within reach of a day, each as often as it holds one."""
        return chain.from_iterable(span.holders(values) for span in self._near(day))

    def _near(self, day: int) -> Iterator[_Span]:
        first = day // DAYS - self._reach
        return filter(None, map(self._spans.get, range(first, first + 2 * self._reach + 1)))

    def _pack(self, before: int) -> None:
        for at, span in self._spans.items():
            if at < before:
                span.pack()


class _Span:
    """The postings of some days: those that came since they were packed, and the packed ones."""

    __slots__ = ("_first", "_others", "_packed")

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._others: defaultdict[int, list[int]] = defaultdict(list)
        self._packed = array("Q")

    def add(self, values: Set[int], number: int) -> None:
        """Post a number under fingerprints."""
        held = self._first.keys() & values
        self._first.update(dict.fromkeys(values - held, number))
        for value in held:
            self._others[value].append(number)

    def find(self, values: Set[int], found: Held) -> None:
        """Add the numbers posted under fingerprints to what was found of each."""
        for value in self._first.keys() & values:
            found[value] += [self._first[value], *self._others.get(value, ())]
        for value in values if self._packed else ():
            if numbers := list(self._unpacked(value & _KEPT)):
                found[value] += numbers

    def holders(self, values: Set[int]) -> Iterator[int]:
        """Return the numbers posted under fingerprints, each as often as it holds one."""
        held = self._first.keys() & values
        others = map(self._others.__getitem__, self._others.keys() & held)
        packed = (self._unpacked(value & _KEPT) for value in values) if self._packed else ()
        return chain(map(self._first.__getitem__, held), *others, *packed)

    def pack(self) -> None:
        """Pack what is not."""
        if not self._first:
            return
        fresh = [(value & _KEPT) << _NUMBER | number for value, number in self._first.items()]
        fresh += [
            (value & _KEPT) << _NUMBER | number
            for value, numbers in self._others.items()
            for number in numbers
        ]
        self._packed = array("Q", sorted([*self._packed, *fresh]))
        self._first, self._others = {}, defaultdict(list)

    def _unpacked(self, value: int) -> Iterator[int]:
        low, high = value << _NUMBER, (value + 1) << _NUMBER
        at = bisect_left(self._packed, low)
        while at < len(self._packed) and self._packed[at] < high:
            yield self._packed[at] - low
            at += 1

"""Groups: the claims of one capture put together, and which of them stand near a claim.

Only so many neighbours are looked at, so that a long document costs time in line with its length.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from sourcier.types import Claim, Occurrence, Place
from sourcier.weave import tables
from sourcier.weave.facts import spoken_by

_REACH = 64  # claims looked at on either side
_BLUNT = {"point": 0, "settlement": 0, "district": 0, "region": 1, "country": 2}


def bluntness(place: Place) -> tuple[bool, int]:
    """Return how little a place pins down: one that no words name first of all, then its extent."""
    return not place.text, _BLUNT[place.precision]


def between(one: Claim, other: Claim) -> tuple[int, int]:
    """Return the span between two claims; it is empty or reversed where they touch."""
    return min(one.span[1], other.span[1]), max(one.span[0], other.span[0])


def distance(one: Claim, other: Claim) -> int:
    """Return the characters between two claims."""
    low, high = between(one, other)
    return max(0, high - low)


@dataclass(eq=False, slots=True)
class Group:
    """Claims of one capture about one thing, with its sharpest place, families and speakers."""

    number: int
    claims: list[Claim] = field(default_factory=list)
    place: Place | None = None
    families: frozenset[str] = frozenset()
    speakers: set[str] = field(default_factory=set)

    @property
    def first(self) -> Claim:
        """The claim that opened it."""
        return self.claims[0]

    def take(self, claim: Claim) -> None:
        """Take one claim in."""
        self.claims.append(claim)
        if speaker := spoken_by(claim):
            self.speakers.add(speaker)
        if isinstance(claim, Occurrence):
            self.families |= tables.families(claim.type)
        places = (place for place in (self.place, claim.place) if place)
        self.place = min(places, key=bluntness, default=None)


class Groups:
    """The groups of one capture."""

    def __init__(self) -> None:
        self.all: list[Group] = []
        self._order: list[tuple[int, int, Claim, Group]] = []  # by beginning, then as they came

    def put(self, claim: Claim, group: Group | None) -> None:
        """Put a claim into a group, or into a new one."""
        if group is None:
            group = Group(len(self.all))
            self.all.append(group)
        group.take(claim)
        insort(self._order, (claim.span[0], len(self._order), claim, group))

    def near(self, claim: Claim) -> Iterator[tuple[Group, list[Claim]]]:
        """Yield the groups around a claim, nearest first, each with its claims that stand there."""
        start, end = claim.span
        here = bisect(self._order, (start, len(self._order)))
        beside: dict[int, list[Claim]] = {}
        apart: dict[int, int] = {}
        for *_, other, group in self._order[max(0, here - _REACH) : here + _REACH]:
            number, (first, last) = group.number, other.span
            gap = max(0, first - end, start - last)
            beside.setdefault(number, []).append(other)
            apart[number] = min(gap, apart.get(number, gap))
        for _, number in sorted((gap, number) for number, gap in apart.items()):
            yield self.all[number], beside[number]

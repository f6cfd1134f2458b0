"""Boilerplate: what a publisher repeats over unlike dispatches of its own, which compares with nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence, Set
from itertools import combinations, groupby

from sourcier.weave import rules
from sourcier.weave.likeness import Text, tell_apart
from sourcier.weave.passages import Passages

_REACH = rules.WINDOW - 1


class Boilerplate:
    """The fingerprints that each publisher repeats."""

    def __init__(self) -> None:
        self._repeated: dict[str, set[int]] = defaultdict(set)

    def of(self, publisher: str | None) -> Set[int]:
        """Return what a publisher is known to repeat."""
        return self._repeated.get(publisher or "", frozenset())

    def learn(self, publisher: str, value: int) -> None:
        """Learn that a publisher repeats a fingerprint."""
        self._repeated[publisher].add(value)

    def own(self, publisher: str | None, found: Passages) -> frozenset[int]:
        """Return the shingles to compare: outside quotations (unless all is quoted) and boilerplate."""
        own = found.own if len(found.own) >= rules.MIN_SHARED else found.all
        repeated = self._repeated.get(publisher or "")
        return own - _covered(found, repeated) if repeated else own


def _covered(found: Passages, repeated: Container[int]) -> set[int]:
    """Return the shingles of repeated passages: runs of repeated fingerprints, with what is between.

    A run too short to make a copy is no furniture but a phrase, which an agency's own prose repeats over
    its reports: without it their copies would share nothing. A repeated passage may reach almost a
    window beyond its first and last fingerprints.
    """
    places = [i for i, value in enumerate(found.hashes) if value in found.prints]
    covered: set[int] = set()
    for told, run in groupby(places, lambda place: found.hashes[place] in repeated):
        first, *others = run
        last = others[-1] if others else first
        if told and last - first >= rules.MIN_SHARED - 1:
            covered.update(found.hashes[max(0, first - _REACH) : last + _REACH + 1])
    return covered


def unlike(holders: Sequence[Text]) -> bool:
    """Tell whether enough pairs of texts are none the other again: updates of one story are."""
    pairs = 0
    for one, other in combinations(holders, 2):
        mine, theirs = one.passages.all, other.passages.all
        shared = len(mine & theirs)
        pairs += tell_apart(one, other) or shared < min(len(mine), len(theirs)) / 2
        if pairs >= rules.UNLIKE_PAIRS:
            return True
    return False

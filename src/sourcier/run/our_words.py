"""Our words: what our entries say in words that are ours, to know them again where nobody names us.

A source's words, which an entry quotes, prove nothing: whoever has the source may print them. What stands
in an entry and in none of the captures that it rests on is ours, and so is the seam of our words and
theirs ("the agency writes: « ... »"). A headline alone is no proof: two may find the same eight words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from sourcier.types import Capture, Entry
from sourcier.weave.passages import passages

LEAST = 8
"""Runs of four words that a text must share with an entry, which eleven words in a row have."""
SHARE = 0.5
"""The share of an entry's own runs that a text must hold."""


class OurWords:
    """The words of a story's entries in all their versions, as far as `learn` was told of them."""

    def __init__(self) -> None:
        self.sequence = 0
        self._versions: list[tuple[Entry, frozenset[str]]] = []
        self._runs: list[int] = []
        self._holders: dict[int, list[int]] = defaultdict(list)

    def learn(self, versions: Iterable[tuple[Entry, tuple[Capture, ...]]]) -> None:
        """Take versions in, each with the captures that it rests on, the earliest first."""
        for entry, captures in versions:
            self.sequence = max(self.sequence, entry.sequence)
            theirs = frozenset().union(*(passages(capture.text).all for capture in captures))
            dispatches = frozenset(capture.dispatch for capture in captures)
            for text in entry.texts.values():
                whole = passages(f"{text.headline}\n{text.body}").all
                self._add(entry, dispatches, whole - theirs)

    def taken_by(self, capture: Capture) -> tuple[Entry, ...]:
        """Return the entries that a capture, told after them, took the words of; most words first.

        What they rest on takes nothing from them, however it is edited.
        """
        shared: Counter[int] = Counter()
        for run in passages(capture.text).all:
            shared.update(self._holders.get(run, ()))
        found: dict[str, Entry] = {}
        for number, count in shared.most_common():
            entry, dispatches = self._versions[number]
            later = capture.published >= entry.updated and capture.dispatch not in dispatches
            if later and count >= LEAST and count >= SHARE * self._runs[number]:
                found.setdefault(entry.id, entry)
        return tuple(found.values())

    def _add(self, entry: Entry, dispatches: frozenset[str], runs: frozenset[int]) -> None:
        if len(runs) < LEAST:
            return
        for run in runs:
            self._holders[run].append(len(self._versions))
        self._versions.append((entry, dispatches))
        self._runs.append(len(runs))

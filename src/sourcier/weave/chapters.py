"""Chapters: the words on one region's alerts, cut where nothing before can bear on what follows.

A chapter ends where every alert read so far is over, and long enough for no later word to speak of
it. A new word makes its own chapter be read anew, and what follows only as far as that moves the next
beginning; so a word costs the same in a long war as in a short one.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sourcier.types import AlertInterval
from sourcier.weave.drafts import Draft, Key, Line, Reading, Word, in_order, line, numbered


@dataclass(slots=True)
class Chapter:
    """Words in order of time, and the intervals that they amount to."""

    words: list[Word]
    intervals: tuple[AlertInterval, ...] = ()


class Chapters:
    """All words on one region's alerts, given in any order, and their intervals."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._chapters: list[Chapter] = []
        self._words: dict[str, list[Word]] = defaultdict(list)
        self._told: dict[str, dict[str, str]] = defaultdict(dict)
        self._before: dict[str, AlertInterval | None] = {}
        self._after: dict[str, AlertInterval] = {}

    def __iter__(self) -> Iterator[AlertInterval]:
        """Yield every interval, in the order in which they were read."""
        for chapter in self._chapters:
            yield from chapter.intervals

    @property
    def latest(self) -> tuple[AlertInterval, ...]:
        """The intervals of the last chapter; what is open is among them."""
        return self._chapters[-1].intervals if self._chapters else ()

    def of(self, claim: str, capture: str) -> list[AlertInterval]:
        """Return the intervals that a claim of a capture speaks of."""
        told = in_order(word for word in self._words.get(capture, ()) if word.claim.id == claim)
        there = [self._chapters[max(0, self._number(line(word)) - 1)] for word in told]
        return [i for chapter in there for i in chapter.intervals if claim in i.claims]

    def add(self, word: Word) -> None:
        """Take a word in, and read anew what it bears on."""
        self._put(word.claim.capture, [*self._words[word.claim.capture], word])

    def withdraw(self, capture: str, claims: set[str]) -> None:
        """Take words of a capture out, and read anew what they bore on."""
        kept = [word for word in self._words[capture] if word.claim.id not in claims]
        self._put(capture, kept)

    def fall_silent(self, now: datetime) -> None:
        """Close what nothing was heard of for long by `now`."""
        if self._chapters:
            self._read(len(self._chapters) - 1, now)

    def changed(self) -> list[tuple[AlertInterval | None, AlertInterval]]:
        """Return ``(before, after)`` for each interval that changed since this was last asked."""
        before, after = self._before, self._after
        self._before, self._after = {}, {}
        return [(before[name], now) for name, now in after.items() if now != before[name]]

    def _put(self, capture: str, words: list[Word]) -> None:
        """Put the words of a capture where they belong; one that tells an end moves the others."""
        for word in in_order(self._words[capture]):
            at = self._number(line(word)) - 1
            self._chapters[at].words.remove(word)
            self._read(at)
        self._words[capture] = numbered(words)
        for word in self._words[capture]:
            self._told[word.name][word.claim.id] = capture
        for word in in_order(self._words[capture]):
            at = max(0, self._number(line(word)) - 1)
            if not self._chapters:
                self._chapters.append(Chapter([]))
            insort(self._chapters[at].words, word, key=line)
            self._read(at)

    def _number(self, here: Line) -> int:
        """Return the number of the first chapter that begins after a place in line."""
        return bisect_right(self._chapters, here, key=lambda chapter: line(chapter.words[0]))

    def _read(self, first: int, now: datetime | None = None) -> None:
        """Read anew from one chapter on, until one begins where one began before."""
        fresh: list[Chapter] = []
        here, reading, last = Chapter([]), Reading(), first
        while last < len(self._chapters):
            for word in self._chapters[last].words:
                if here.words and reading.is_over(word):
                    fresh.append(self._closed(here, reading))
                    here, reading = Chapter([]), Reading()
                reading.read(word)
                here.words.append(word)
            last += 1
            if last < len(self._chapters) and reading.is_over(self._chapters[last].words[0]):
                break
        if now is not None:
            reading.fall_silent(by=now)
        if here.words:
            fresh.append(self._closed(here, reading))
        self._replace(first, last, fresh)

    def _closed(self, chapter: Chapter, reading: Reading) -> Chapter:
        drafts = ((draft, tuple(self._former(draft))) for draft in reading.drafts)
        chapter.intervals = tuple(draft.interval(self._key, former) for draft, former in drafts)
        return chapter

    def _former(self, draft: Draft) -> Iterator[str]:
        """Yield the claims by which earlier versions of its dispatches told of an interval."""
        standing = {word.claim.id for word in draft.words}
        for word in draft.words:
            for claim, capture in self._told[word.name].items():
                if claim not in standing and capture != word.claim.capture:
                    yield claim

    def _replace(self, first: int, last: int, fresh: list[Chapter]) -> None:
        """Put chapters in the place of others; note the intervals as they were."""
        for old in _intervals(self._chapters[first:last]):
            self._before.setdefault(old.id, old)
            self._after.pop(old.id, None)
        for new in _intervals(fresh):
            self._before.setdefault(new.id, None)
            self._after[new.id] = new
        self._chapters[first:last] = fresh


def _intervals(chapters: Iterable[Chapter]) -> Iterator[AlertInterval]:
    for chapter in chapters:
        yield from chapter.intervals

"""The engine: captures in; claims, changes and entries into the desk's store."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from sourcier.desk import actions, store
from sourcier.gather import make_capture
from sourcier.problems import Problem
from sourcier.read.credited import credited
from sourcier.read.lexicon import lexicon
from sourcier.run.our_words import OurWords
from sourcier.run.reading import read_or_problem
from sourcier.run.returned import descending, names_us, returned
from sourcier.types import Capture, Entry, Reading
from sourcier.weave import Known, Woven, weave


@dataclass(frozen=True)
class Taken:
    """What one batch came to, for a line of progress."""

    captures: int
    claims: int
    changes: int
    entries: tuple[Entry, ...]


def _unheard(_: Problem) -> None:
    """Let a problem pass."""


@dataclass
class Engine:
    """Reads, weaves and files captures, one woven state per story.

    What goes straight to the page, and what waits at the desk, is for the story's rules to say. `report`
    hears of a capture that could not be read: it is kept, without claims, and costs the others nothing.
    """

    report: Callable[[Problem], None] = _unheard
    _known: dict[str, Known | None] = field(default_factory=dict)
    _ours: dict[str, OurWords] = field(default_factory=dict)

    def warm(self, languages: Iterable[str]) -> None:
        """Load what reading these languages needs, so that the first dispatch does not wait for it.

        What is loaded stays for good: the collector of garbage need not walk it again and again.
        """
        for language in languages:
            trial = " ".join(lexicon(language, "common").words("trial"))
            read_or_problem(
                make_capture(text=trial, published=datetime.now(UTC), language=language)
            )
        gc.collect()
        gc.freeze()

    def take(self, story: str, captures: Sequence[Capture], now: datetime) -> Taken:
        """Take one batch of captures of one story in. `now` is the story's present moment.

        A frozen story takes nothing. A batch is filed whole or not at all; after an error, what is known is
        woven again from the store.
        """
        store.renew_connection()
        if store.is_frozen(story):
            return Taken(0, 0, 0, ())
        known = self._resume(story)
        read_in = {capture.id: self._read(capture) for capture in captures}
        readings = [reading for reading in read_in.values() if reading]
        captures = [
            credited(capture, reading) if (reading := read_in[capture.id]) else capture
            for capture in captures
        ]
        captures = self._returned(story, captures, now)
        claims = [claim for reading in readings for claim in reading.claims]
        del self._known[story]  # weaving consumes it, and what then can't be filed is not known
        woven = weave(captures, claims, known, now=now)
        entries = self._file(story, captures, readings, woven, now)
        self._known[story] = woven.known
        return Taken(len(captures), len(claims), len(woven.changes), tuple(entries))

    @transaction.atomic
    def _file(
        self,
        story: str,
        captures: Sequence[Capture],
        readings: Sequence[Reading],
        woven: Woven,
        now: datetime,
    ) -> Sequence[Entry]:
        """Keep a batch and what it came to, so that readers see it at once and whole."""
        store.queue_up(story)
        store.save_captures(story, captures)
        store.save_readings(story, readings)
        store.save_woven(story, woven, now)
        return actions.intake(story, woven, now=now)

    def _returned(
        self, story: str, captures: Sequence[Capture], now: datetime
    ) -> Sequence[Capture]:
        """Return captures with those behind our entries that they name, or take the words of."""
        if names_us(captures, story):
            page = store.story(story, now=now)
            captures = [returned(capture, page) for capture in captures]
        ours = self._ours.setdefault(story, OurWords())
        ours.learn(store.published_since(story, ours.sequence))
        taken = {capture.id: ours.taken_by(capture) for capture in captures}
        if not any(taken.values()):
            return captures
        publisher = store.outline(story, now=now).publisher
        return [descending(capture, taken[capture.id], publisher) for capture in captures]

    def _read(self, capture: Capture) -> Reading | None:
        reading = read_or_problem(capture)
        if isinstance(reading, Problem):
            self.report(reading)
            return None
        return reading

    def _resume(self, story: str) -> Known | None:
        """Return what is known of a story, woven again from the store after a restart."""
        if story not in self._known:
            captures, claims = store.captures_and_claims(story)
            self._known[story] = weave(captures, claims).known if captures else None
        return self._known[story]

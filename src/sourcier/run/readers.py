"""Readers: whenever a story changes, what open tabs need is worked out and handed to who carries it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence

from sourcier.desk import store
from sourcier.publish.updates import Shown, Update, difference, shown
from sourcier.types import Story

Publish = Callable[[str, str, Update], None]
"""Takes an update of a story in a language, and returns at once."""

LONGEST_REST = 0.5
"""Seconds that an editor's correction may have to wait until the next comparison begins."""


class Readers(threading.Thread):
    """A thread that turns "story X changed" into updates, one after the other.

    Several changes of one story that wait together become one comparison: what is carried are states,
    not events, so that nothing is lost by it. After a comparison it rests for as long as that took:
    however long a story and however fast its dispatches, half of the time is left to their filing.
    """

    def __init__(self, carriers: Sequence[Publish], load: Callable[[str], Story]) -> None:
        super().__init__(name="readers", daemon=True)
        self._carriers = carriers
        self._load = load
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._shown: dict[tuple[str, str], Shown] = {}
        self._ended = threading.Event()

    def changed(self, slug: str) -> None:
        """Note that a story changed. Returns at once; safe from any thread."""
        self._queue.put(slug)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._ended.set()
        self._queue.put(None)

    def run(self) -> None:
        """Work until stopped."""
        while (slugs := self._waiting()) is not None:
            began = time.monotonic()
            for slug in slugs:
                self._refresh(slug)
            self._ended.wait(min(LONGEST_REST, time.monotonic() - began))

    def _waiting(self) -> list[str] | None:
        slugs = [self._queue.get()]
        while not self._queue.empty():
            slugs.append(self._queue.get())
        if None in slugs:
            return None
        return list(dict.fromkeys(slug for slug in slugs if slug is not None))

    def _refresh(self, slug: str) -> None:
        store.renew_connection()
        story = self._load(slug)
        for language in story.languages:
            before = self._shown.get((slug, language))
            after = self._shown[slug, language] = shown(story, language)
            for update in difference(before, after) if before else ():
                for publish in self._carriers:
                    publish(slug, language, update)

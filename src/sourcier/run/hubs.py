"""WebSub: hubs are told when something was published, so that they fetch the feeds and hand them on.

Publishing never waits for a hub: a thread does the telling, each hub is tried a few times, and one that
fails is reported in a line.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

from sourcier.gather.web import Web
from sourcier.problems import InputError, Problem
from sourcier.publish.formats import TOPICS
from sourcier.publish.links import Links
from sourcier.types import Story

WAITS = (0.0, 2.0, 10.0)
"""Seconds before each try."""


class Hubs(threading.Thread):
    """A thread that turns "story X changed" into pings where its sequence went on.

    `outline` gives a story's slug, languages and sequence; `base` is where readers reach us.
    """

    def __init__(
        self,
        hubs: Sequence[str],
        base: str,
        *,
        web: Web,
        outline: Callable[[str], Story],
        report: Callable[[Problem], None],
        waits: Sequence[float] = WAITS,
    ) -> None:
        super().__init__(name="hubs", daemon=True)
        self._hubs = hubs
        self._base = base
        self._web = web
        self._outline = outline
        self._report = report
        self._waits = waits
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._told: dict[str, int] = {}
        self._ended = threading.Event()

    def changed(self, slug: str) -> None:
        """Note that a story changed. Returns at once; safe from any thread."""
        self._queue.put(slug)

    def stop(self) -> None:
        """End before the next try."""
        self._ended.set()
        self._queue.put(None)

    def run(self) -> None:
        """Work until stopped."""
        while (slug := self._queue.get()) is not None and not self._ended.is_set():
            story = self._outline(slug)
            if story.sequence > self._told.get(slug, 0):
                self._told[slug] = story.sequence
                for hub in self._hubs:
                    self._tell(hub, topics(story, self._base))

    def _tell(self, hub: str, addresses: list[str]) -> None:
        form = {"hub.mode": ["publish"], "hub.url": addresses}
        for number, wait in enumerate(self._waits, 1):
            if self._ended.wait(wait):
                return
            try:
                self._web.post(hub, form)
            except InputError as error:
                if number == len(self._waits):
                    message = f"hub not told, tried {number} times: {error.problem.message}"
                    self._report(Problem(where=hub, code="hub_failed", message=message))
            else:
                return


def topics(story: Story, base: str) -> list[str]:
    """Return the addresses of a story's feeds in all its languages."""
    links = (Links(base, story.slug, code, story.languages[0]) for code in story.languages)
    return [each.data(name) for each in links for name in TOPICS]

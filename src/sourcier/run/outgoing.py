"""Outgoing: what is scheduled goes out at its hour; what was missed while nothing ran, late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import Error, close_old_connections

from sourcier.desk import actions, flow, store
from sourcier.desk.flow import Scheduled
from sourcier.problems import Problem

TICK = 1.0
"""Seconds between two looks at what is due."""


def _unheard(_: Problem) -> None:
    """Let a problem pass."""


class Outgoing(threading.Thread):
    """A thread that publishes what is due. A database that refuses is asked again at the next tick."""

    def __init__(
        self, now: Callable[[], datetime], report: Callable[[Problem], None] = _unheard
    ) -> None:
        super().__init__(name="outgoing", daemon=True)
        self._now = now
        self._report = report
        self._ended = threading.Event()

    def stop(self) -> None:
        """End after what it is doing."""
        self._ended.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self._ended.wait(TICK):
            close_old_connections()
            try:
                tick(store.scheduled(), self._now())
            except Error as error:
                message = f"what is scheduled could not go out, tried again: {error}"
                self._report(Problem(where="schedule", code="not_published", message=message))


def tick(waiting: Iterable[Scheduled], now: datetime) -> actions.Entries:
    """Publish what is due at `now` of what waits, and return it."""
    return tuple(
        entry
        for each in flow.due(waiting, now)
        for entry in actions.go_out(each.entry.story, each, now=now)
    )

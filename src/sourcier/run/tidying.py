"""Tidying: while the desk is served, working state that nobody came back to is forgotten, once an hour."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from django.db import Error, close_old_connections

from sourcier.desk import store

EVERY = 3600.0
"""Seconds between two rounds."""
PAUSE = 1.0
"""Seconds between two parts of a round, in which others write."""


class Tidying(threading.Thread):
    """A thread that prunes; `now` is the real time. A database that refuses is asked again an hour later."""

    def __init__(self, now: Callable[[], datetime], every: float = EVERY) -> None:
        super().__init__(name="tidying", daemon=True)
        self._now = now
        self._every = every
        self._ended = threading.Event()

    def stop(self) -> None:
        """End after what it is doing."""
        self._ended.set()

    def run(self) -> None:
        """Work until stopped."""
        wait = PAUSE
        while not self._ended.wait(wait):
            close_old_connections()
            try:
                wait = PAUSE if store.prune(self._now()) else self._every
            except Error:
                wait = self._every
        close_old_connections()

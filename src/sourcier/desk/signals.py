"""Who wants to know that a story changed: the streams to readers' open pages and to the desk's."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

Listener = Callable[[str], None]


class Changed:
    """Listeners that are called with a story's slug once what changed in it is committed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def connect(self, listener: Listener) -> None:
        """Call `listener` after each commit that changes entries, alerts or ledgers."""
        self._listeners.append(listener)

    def disconnect(self, listener: Listener) -> None:
        """Stop calling `listener`; ValueError where it was not connected."""
        self._listeners.remove(listener)

    def after_commit(self, story: str) -> None:
        """Tell the listeners about `story` when the present transaction commits."""
        transaction.on_commit(lambda: self._tell(story))

    def _tell(self, story: str) -> None:
        for listener in tuple(self._listeners):
            listener(story)


class Moved:
    """Listeners that are called with a story, what moved at its desk, and of which entry ("" for none)."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, str, str], None]] = []

    def connect(self, listener: Callable[[str, str, str], None]) -> None:
        """Call `listener` after each commit of something that other editors see."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[str, str, str], None]) -> None:
        """Stop calling `listener`; ValueError where it was not connected."""
        self._listeners.remove(listener)

    def after_commit(self, story: str, what: str, entry: str = "") -> None:
        """Tell the listeners when the present transaction commits: ``entry``, ``lock`` or ``presence``."""
        transaction.on_commit(lambda: self._tell(story, what, entry))

    def _tell(self, story: str, what: str, entry: str) -> None:
        for listener in tuple(self._listeners):
            listener(story, what, entry)


changed = Changed()
moved = Moved()

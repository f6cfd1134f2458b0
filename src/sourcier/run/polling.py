"""Polling: which door is due, and what came through it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import msgspec

from sourcier.gather import State, gather
from sourcier.problems import Problem
from sourcier.types import Capture, Source

Take = Callable[[str, Sequence[Capture]], None]


@dataclass
class Door:
    """A source and when it is due again."""

    source: Source
    due: datetime


class Polling(threading.Thread):
    """Opens each door when it is due, hands its captures on and reports its problems.

    `take(story, captures)` files a batch; `story` is where a source that names none belongs; at
    `memory` it keeps what it saw behind each door, so that an edit made while the desk was off is
    an edit when it comes back.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        story: str,
        memory: Path,
        client: httpx.Client,
        now: Callable[[], datetime],
        take: Take,
        report: Callable[[Problem], None],
    ) -> None:
        super().__init__(name="polling", daemon=True)
        self._doors = [Door(source, now()) for source in sources]
        self._memory = memory
        self._state = _remembered(memory, report)
        self._story = story
        self._client = client
        self._now = now
        self._take = take
        self._report = report
        self._ended = threading.Event()

    def stop(self) -> None:
        """End after the door that is open."""
        self._ended.set()

    def run(self) -> None:
        """Poll until stopped."""
        while not self._ended.is_set():
            for door in self._due():
                self._open(door)
                if self._ended.is_set():
                    return
            self._ended.wait(0.5)

    def _due(self) -> Iterator[Door]:
        moment = self._now()
        return (door for door in self._doors if door.due <= moment)

    def _open(self, door: Door) -> None:
        source = door.source
        captures: list[Capture] = []
        try:
            for found in gather(source, self._state, now=self._now(), client=self._client):
                if isinstance(found, Problem):
                    self._report(found)
                else:
                    captures.append(found)
            if captures:
                self._take(source.story or self._story, captures)
                self._state.save(self._memory)
        except Exception as error:  # noqa: BLE001 (an outer loop: one door never stops the others)
            message = f"{type(error).__name__}: {error}"
            self._report(Problem(where=source.id, code="door_failed", message=message))
        door.due = self._now() + timedelta(seconds=source.poll)


def _remembered(path: Path, report: Callable[[Problem], None]) -> State:
    """Return the state kept at `path`; a file that holds none is reported and begun anew."""
    try:
        return State.load(path)
    except (OSError, msgspec.DecodeError) as error:
        report(Problem(where=str(path), code="bad_state", message=f"begun anew: {error}"))
        return State()

"""Polling: which door is due, who opens it, and what came through it.

::

    due doors ─one a host─→ workers ─gather→ captures ─one thread→ take (read, weave, file) ─→ memory saved
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from sourcier.gather import State, gather
from sourcier.gather.evidence import Evidence
from sourcier.gather.health import health
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture, HealthState, Source, SourceHealth

Take = Callable[[str, Sequence[Capture]], None]

WORKERS = 16
"""How many doors are open at once, each of another host."""

_TICK = 0.25  # seconds between two looks at what is due
_REST = 5.0  # seconds from one look at a door to one out of turn
_LOOK = 5.0  # seconds between two looks at how the sources are


@dataclass
class _Door:
    source: Source
    due: datetime
    asked: datetime | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.source.url).netloc or self.source.url

    def rested(self, moment: datetime) -> bool:
        """Tell whether it may be asked out of turn: a hub must not make us a nuisance."""
        return self.asked is None or (moment - self.asked).total_seconds() >= _REST


@dataclass
class _Opened:
    """What one poll gave."""

    captures: list[Capture] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


_Flying = dict[Future[_Opened], _Door]


def _nothing() -> None:
    """Make nothing ready."""


def _unheard(_: SourceHealth) -> None:
    """Let a state pass."""


class Polling(threading.Thread):
    """Opens each door when it is due, hands its captures on and reports its problems.

    `take(story, captures)` files a batch, always in this one thread; `story` is where a source that
    names none
    belongs; `state` keeps what was seen behind each door, so that an edit made while the desk was off is
    an edit when it comes back. What `take` refuses is not remembered: it comes again with the next
    poll. `tell` hears of each source's state when it is another than before. `prepare` is called in the
    thread before the first poll.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        story: str,
        state: State,
        web: Web,
        evidence: Evidence | None,
        now: Callable[[], datetime],
        take: Take,
        report: Callable[[Problem], None],
        tell: Callable[[SourceHealth], None] = _unheard,
        prepare: Callable[[], None] = _nothing,
    ) -> None:
        super().__init__(name="polling", daemon=True)
        self._doors = [_Door(source, now()) for source in sources]
        self._state = state
        self._story = story
        self._web = web
        self._evidence = evidence
        self._now = now
        self._take = take
        self._report = report
        self._tell = tell
        self._prepare = prepare
        self._told: dict[str, HealthState] = {}
        self._woken: set[str] = set()
        self._ended = threading.Event()
        self._chance = random.Random()  # noqa: S311 (spreads polls, guards nothing)

    def wake(self, source: str) -> None:
        """Make a source's door due at once; one that is open just now, when it is closed. Any thread may."""
        self._woken.add(source)

    def stop(self) -> None:
        """End after the doors that are open."""
        self._ended.set()

    def end(self) -> None:
        """Stop, and wait for what is under way."""
        self.stop()
        self.join(timeout=10)

    def health(self) -> list[SourceHealth]:
        """Return how each source is now; safe from any thread."""
        now = self._now()
        return [
            health(door.source, self._state.door(door.source).pulse, now) for door in self._doors
        ]

    def run(self) -> None:
        """Poll until stopped."""
        self._prepare()
        looked = 0.0
        flying: _Flying = {}
        with ThreadPoolExecutor(WORKERS, "door") as pool:
            while not self._ended.is_set():
                for door in self._due(flying.values()):
                    flying[pool.submit(self._open, door.source)] = door
                done, _ = wait(flying, _TICK, FIRST_COMPLETED)
                self._land([(flying.pop(future), future.result()) for future in done])
                if time.monotonic() - looked > _LOOK:
                    looked = time.monotonic()
                    self._look()
                if not flying:
                    self._ended.wait(_TICK)
            self._land([(door, future.result()) for future, door in flying.items()])

    def _due(self, open_now: Collection[_Door]) -> Iterator[_Door]:
        """Yield the doors that are due, one of each host that is not being asked."""
        moment = self._now()
        busy = {door.host for door in open_now}
        for door in sorted(self._doors, key=lambda door: door.due):
            due = door.due <= moment or (door.source.id in self._woken and door.rested(moment))
            if due and door.host not in busy and len(busy) < WORKERS:
                busy.add(door.host)
                self._woken.discard(door.source.id)
                door.asked = moment
                yield door

    def _look(self) -> None:
        """Tell of each source whose state is another than the last one told."""
        for found in self.health():
            if self._told.get(found.source) != found.state:
                self._told[found.source] = found.state
                self._tell(found)

    def _open(self, source: Source) -> _Opened:
        opened = _Opened()
        try:
            self._remember(source, opened)
            for found in gather(
                source, self._state, now=self._now(), web=self._web, evidence=self._evidence
            ):
                (opened.problems if isinstance(found, Problem) else opened.captures).append(found)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 (an outer loop: one door never stops the others)
            opened.problems.append(_failed(source, error))
        return opened

    def _remember(self, source: Source, opened: _Opened) -> None:
        """Load what is known of a door; a file that holds something else is reported and begun anew."""
        try:
            self._state.door(source)
        except (OSError, msgspec.DecodeError) as error:
            message = f"what was remembered of it can't be read, begun anew: {error}"
            opened.problems.append(Problem(where=source.id, code="bad_state", message=message))
            self._state.begin_anew(source)

    def _land(self, landed: Sequence[tuple[_Door, _Opened]]) -> None:
        """File what came through these doors, one batch a story, and say when each is due again."""
        by_story: dict[str, list[tuple[Source, list[Capture]]]] = defaultdict(list)
        for door, opened in landed:
            for problem in opened.problems:
                self._report(problem)
            by_story[door.source.story or self._story].append((door.source, opened.captures))
            pulse = self._state.door(door.source).pulse
            door.due = pulse.next_poll(self._now(), door.source.poll, self._chance.random())
        for story, found in by_story.items():
            self._file(story, found)

    def _file(self, story: str, found: Sequence[tuple[Source, list[Capture]]]) -> None:
        captures = [capture for _, some in found for capture in some]
        try:
            if captures:
                self._take(story, captures)
            for source, _ in found:
                self._state.save(source)
        except Exception as error:  # noqa: BLE001 (an outer loop: what is not filed comes again)
            for source, _ in found:
                self._report(_failed(source, error))
                self._state.roll_back(source)


def _failed(source: Source, error: Exception) -> Problem:
    return Problem(where=source.id, code="door_failed", message=f"{type(error).__name__}: {error}")

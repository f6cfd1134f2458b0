"""Five hundred sources polled for ten minutes of a clock that runs faster: CPU, memory, nothing missed.

``python -m bench.gathering.polled [SPEED]``. The first poll of each finds all that is there; it is
counted. What comes is counted and kept as evidence, not read.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.gathering.feeds import Feeds, Plan, language
from sourcier.gather import State
from sourcier.gather.evidence import Evidence
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run.polling import Polling
from sourcier.types import Capture, Source

SOURCES = 500
SECONDS = 600.0
PERIOD = 360.0
SPEED = 10.0
LIMIT = 300.0
"""Real seconds after which a phase ends, whatever came."""


class Clock:
    """Stands at its beginning until it is started, then runs so many times as fast as the real one."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._begin = datetime.now(UTC)
        self._started: float | None = None

    def start(self) -> None:
        """Begin to run."""
        self._started = time.monotonic()

    def passed(self) -> float:
        """Return the seconds since it was started."""
        return (time.monotonic() - self._started) * self._speed if self._started else 0.0

    def now(self) -> datetime:
        """Return what it shows."""
        return self._begin + timedelta(seconds=self.passed())


class Run:
    """The polling of a plan's feeds, and what came of it."""

    def __init__(self, feeds: Feeds, folder: Path, web: Web, speed: float) -> None:
        self.clock = Clock(speed)
        self.seen: set[str] = set()
        self.problems: list[Problem] = []
        self._state = State(folder=folder / "doors")
        self.polling = Polling(
            [_source(feeds, number) for number in range(feeds.plan.feeds)], story="bench",
            state=self._state, web=web, evidence=Evidence(folder / "evidence"), now=self.clock.now,
            take=self._take, report=self.problems.append,
        )  # fmt: skip

    def _take(self, _: str, captures: Sequence[Capture]) -> None:
        self.seen.update(capture.dispatch for capture in captures)

    def polls(self) -> int:
        """Return how often doors were opened."""
        return sum(door.pulse.polls for door in list(self._state.doors.values()))

    def until(self, wanted: int, of: str) -> None:
        """Wait until so many polls were done or dispatches seen."""
        end = time.monotonic() + LIMIT
        while (len(self.seen) if of == "seen" else self.polls()) < wanted:
            if time.monotonic() > end:
                return
            time.sleep(0.1)


def _source(feeds: Feeds, number: int) -> Source:
    return Source(
        id=f"feed-{number}", kind="feed", url=feeds.url(number), publisher=f"Feed {number}",
        languages=(language(number),), pages=0,
    )  # fmt: skip


def measure(speed: float) -> str:
    """Poll, and return a line of what it took."""
    plan = Plan(SOURCES, PERIOD, SECONDS, speed)
    with Feeds(plan) as feeds, TemporaryDirectory() as folder, Web(pause=0) as web:
        run = Run(feeds, Path(folder), web, speed)
        begin = time.process_time()
        run.polling.start()
        run.until(SOURCES, "polls")
        first = time.process_time() - begin
        feeds.start()
        run.clock.start()
        while run.clock.passed() < SECONDS:
            time.sleep(0.1)
        spent, polls = time.process_time() - begin, run.polls()
        run.until(plan.total(), "seen")
        run.polling.end()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{polls:,} polls of {SOURCES} sources in {SECONDS / 60:.0f} simulated minutes: "
        f"{spent / SECONDS:.2f} of a core ({first:.0f} of {spent:.0f} CPU seconds for the first poll "
        f"of each), {memory:.0f} MB at most, {len(run.seen):,} of {plan.total():,} dispatches seen, "
        f"{len(run.problems)} problems"
    )


if __name__ == "__main__":
    print(measure(float(sys.argv[1]) if len(sys.argv) > 1 else SPEED))

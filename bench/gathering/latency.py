"""How soon a dispatch is on the live page: from its retrieval to the message that an open tab gets.

``python -m bench.gathering.latency [SECONDS [KNOWN]]``: 40 feeds publish 20 dispatches a second, after
so many were filed; without a number, once after none and once after 2,000. A dispatch that adds nothing
to the page counts to the end of its filing.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.corpora.source import LANGUAGES
from bench.gathering.feeds import Feeds, Plan, language
from bench.newslike import dispatch
from sourcier.desk.setup import prepare
from sourcier.gather import State, make_capture
from sourcier.gather.evidence import Evidence
from sourcier.gather.web import Web
from sourcier.run.polling import Polling
from sourcier.types import Capture, Source

FEEDS, PERIOD = 40, 2.0
SECONDS = 60.0
STARTS = (0, 2_000)
BEFORE, AFTER = 6.0, 5.0
"""Seconds for the first polls, which are not measured, and for what is under way at the end."""
STORY = "delta"
_AT = re.compile(rb'"n":(\d+)')


class Filed(NamedTuple):
    """A batch: when its dispatches were retrieved, when it was filed, the last entry it gave, 0 for none."""

    retrieved: list[float]
    at: float
    sequence: int


class Tab(threading.Thread):
    """An open tab; `heard` has when each message came, and the state of the page that it carried."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.heard: list[tuple[float, int]] = []
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.sendall(f"GET /{STORY}/live?l=en HTTP/1.1\r\nhost: x\r\n\r\n".encode())

    def run(self) -> None:
        """Listen until the server ends."""
        rest = b""
        while data := self._socket.recv(1 << 18):
            *whole, rest = (rest + data).split(b"\n\n")
            for message in whole:
                if found := _AT.search(message):
                    self.heard.append((time.time(), int(found[1])))

    def delays(self, filed: Sequence[Filed]) -> list[float]:
        """Return the seconds from each retrieval to the page; those never heard of count as endless."""
        heard = sorted(self.heard)
        found: list[float] = []
        for batch in filed:
            end = batch.at
            if batch.sequence:
                end = next((at for at, n in heard if n >= batch.sequence), float("inf"))
            found += [end - moment for moment in batch.retrieved]
        return found


def measure(folder: Path, seconds: float, known: int) -> str:
    """Serve, file `known` dispatches, then measure for so many seconds."""
    prepare(folder)
    from sourcier.desk import actions, clock, store
    from sourcier.run.engine import Engine
    from sourcier.run.server import Server, free_port

    store.open_story(STORY, {"en": "Delta"}, zone="UTC", languages=("en",), now=clock.now())
    actions.start_rules(STORY, autopublish=True, now=clock.now())
    engine, filed, told = Engine(), list[Filed](), list[str]()
    engine.warm(LANGUAGES)

    def take(story: str, captures: Sequence[Capture]) -> None:
        taken = engine.take(story, captures, clock.now())
        last = max((e.sequence for e in taken.entries if e.state != "draft"), default=0)
        moments = [one.retrieved.timestamp() for one in captures if one.retrieved]
        filed.append(Filed(moments, time.time(), last))

    before = _known(known)
    for start in range(0, known, 20):
        engine.take(STORY, before[start : start + 20], clock.now())
    port = free_port("127.0.0.1", 8700)

    def load() -> None:
        tab = Tab(port)
        tab.start()
        worked = time.process_time()
        _publish(folder, seconds, take)
        share = (time.process_time() - worked) / (BEFORE + seconds + AFTER)
        told.append(f"{_said(tab.delays(filed), known)}; {share:.2f} of a core; {_others()}")
        os.kill(os.getpid(), signal.SIGINT)

    with suppress(KeyboardInterrupt):
        Server("127.0.0.1", port, threading.Thread(target=load).start).serve()
    return told[0]


def _publish(
    folder: Path,
    seconds: float,
    take: Callable[[str, Sequence[Capture]], None],
) -> None:
    """Have the feeds publish and poll them; what they had at first is not measured."""
    now = lambda: datetime.now(UTC)  # noqa: E731
    with Feeds(Plan(FEEDS, PERIOD, seconds)) as feeds, Web(pause=0) as web:
        sources = [
            Source(id=f"f{n}", kind="feed", url=feeds.url(n), publisher=f"Feed {n}", poll=PERIOD,
                   languages=(language(n),), pages=0, robots=False)
            for n in range(FEEDS)
        ]  # fmt: skip
        state, ready = State(folder=folder / "doors"), threading.Event()

        def taken(story: str, captures: Sequence[Capture]) -> None:
            if ready.is_set():
                take(story, captures)

        polling = Polling(
            sources, story=STORY, state=state, web=web, evidence=Evidence(folder / "evidence"),
            now=now, take=taken, report=print,
        )  # fmt: skip
        polling.start()
        time.sleep(BEFORE)
        ready.set()
        feeds.start()
        time.sleep(seconds + AFTER)
        polling.end()


def _known(many: int) -> list[Capture]:
    now = datetime.now(UTC)
    return [
        make_capture(
            text=dispatch(Random(n), code, 4), published=now, retrieved=now, dispatch=f"known-{n}",
            source="known", publisher="Known", language=code, zone="UTC",
        )
        for n in range(many)
        for code in [LANGUAGES[n % len(LANGUAGES)]]
    ]  # fmt: skip


def _said(delays: list[float], known: int) -> str:
    cuts = quantiles(delays, n=20)
    return (
        f"{len(delays)} dispatches, {known} known before: median {cuts[9]:.2f} s, "
        f"P95 {cuts[18]:.2f} s, at most {max(delays):.2f} s"
    )


def _others() -> str:
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _once(seconds: float, known: int) -> None:
    with TemporaryDirectory() as data:
        print(measure(Path(data), seconds, known), flush=True)


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    if len(given) > 1:
        _once(given[0], int(given[1]))
    else:  # a process has one data folder
        for start in STARTS:
            command = [sys.executable, "-m", "bench.gathering.latency"]
            subprocess.run([*command, str((given or [SECONDS])[0]), str(start)], check=True)

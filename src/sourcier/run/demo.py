"""The demonstration: the invented stream of `sourcier.demo`, through the code path of live sources."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sourcier.demo import demo_lines, demo_sources
from sourcier.demo.replay import SPEED, beats, replay
from sourcier.desk import actions, clock, store
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run.demo_cards import keep_cards, publish_cards
from sourcier.run.engine import Engine, Taken
from sourcier.run.notices import Notices, telling
from sourcier.run.server import Server, free_port
from sourcier.types import Capture

Say = Callable[[str], None]


class Replay(threading.Thread):
    """Replays the stream into an engine; the desk's clock follows it."""

    def __init__(self, engine: Engine, speed: float, say: Say) -> None:
        super().__init__(name="replay", daemon=True)
        self._engine = engine
        self._say = say
        self._ended = threading.Event()
        self._sources, self.stories = demo_sources()
        self._where = {source.id: source.story or self.stories[0].slug for source in self._sources}
        self._speed = SPEED * speed
        self._moment = beats(demo_lines(), self._sources)[0][0]
        self._since = time.monotonic()
        self._cards: dict[str, Iterable[str]] = {}

    def keep_cards(self) -> None:
        """Keep the demo's background cards, for the stories to have those of their page once they begin."""
        self._cards = dict(keep_cards(self.now()))

    def now(self) -> datetime:
        """Return the moment of the replay: that of its last dispatch, and what has passed since."""
        return self._moment + timedelta(seconds=time.monotonic() - self._since)

    def stop(self) -> None:
        """End before the next dispatch."""
        self._ended.set()

    def run(self) -> None:
        """Replay until the stream's end or `stop`."""
        stream = replay(demo_lines(), self._sources, speed=self._speed, wait=self._wait)
        for moment, found in stream:
            if self._ended.is_set():
                return
            self._moment, self._since = moment, time.monotonic()
            self._take(moment, found)
        self._say("The stream is over. The page and the desk stay up until Ctrl-C.")

    def _wait(self, seconds: float) -> None:
        self._ended.wait(seconds)

    def _take(self, moment: datetime, found: tuple[Capture | Problem, ...]) -> None:
        batches: dict[str, list[Capture]] = defaultdict(list)
        for item in found:
            if isinstance(item, Problem):
                self._say(f"problem: {item}")
            else:
                batches[self._where[item.source or ""]].append(item)
        for story, captures in batches.items():
            taken = self._engine.take(story, captures, moment)
            self._say(_progress(story, self._zone(story), moment, captures, taken))
            publish_cards(story, self._cards.pop(story, ()), moment)

    def _zone(self, slug: str) -> str:
        return next(story.zone for story in self.stories if story.slug == slug)


def serve_demo(host: str, port: int, speed: float, password: str, say: Say) -> None:
    """Replay the demo and serve it until interrupted. The data folder is prepared, and empty."""

    def report(problem: Problem) -> None:
        say(f"problem: {problem}")

    replaying = Replay(Engine(report=report), speed, say)
    clock.use(replaying.now)
    for story in replaying.stories:
        store.open_story(
            story.slug,
            story.titles,
            zone=story.zone,
            languages=story.languages,
            now=replaying.now(),
            demo=True,
        )
        actions.start_rules(story.slug, autopublish=True, now=replaying.now())
    replaying.keep_cards()
    port = free_port(host, port)

    def ready() -> None:
        say(f"Live page   http://{host}:{port}/")
        say(f"Desk        http://{host}:{port}/desk/   user demo, one-time password {password}")
        say("The outlets are invented, the dispatches too. Ctrl-C stops.\n")
        replaying.start()

    with Web() as web:
        notices = telling(web, f"http://{host}:{port}/", report)
        _serve(Server(host, port, ready), notices, replaying)


def _serve(server: Server, notices: Notices, replaying: Replay) -> None:
    notices.start()
    try:
        server.serve()
    finally:
        notices.stop()
        if replaying.is_alive():
            replaying.stop()
            replaying.join(timeout=10)


def _progress(
    story: str, zone: str, moment: datetime, captures: list[Capture], taken: Taken
) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    who = ", ".join(dict.fromkeys(capture.publisher or "?" for capture in captures))
    entries = f", {len(taken.entries)} entries" if taken.entries else ""
    return f"{local:%d %b %H:%M} {story}: {who}: {taken.claims} claims, {taken.changes} changes{entries}"

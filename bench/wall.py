"""How long the desk's pages take on the server, on a story of 100,000 claims in 5,000 events.

`make wall` fills a database in a temporary folder (or ``SOURCIER_DATABASE``, which should be empty),
asks for each page twenty times through Django's own client, and writes ``bench/wall.md``. One event
has two thousand claims, all others twenty.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

from sourcier.desk.setup import prepare

STORY = "large"
EVENTS, CLAIMS, LARGE = 5_000, 20, 2_000
ASKED = 20
TARGET = 100
"""Milliseconds of server time that the wall may take."""

HEAD = f"""# What the desk's pages cost

`make wall`: a story of {EVENTS * CLAIMS + LARGE - CLAIMS:,} claims in {EVENTS:,} events,
one of them with {LARGE:,} claims. Server time
of each page through Django's test client, {ASKED} requests each, in milliseconds.

| page | median | P95 | queries | target |
| --- | --- | --- | --- | --- |
"""


def fill() -> None:
    """Make the story, 250 events at a time."""
    from tests.desk.make import (
        START,
        batch,
        capture,
        change,
        event,
        minute,
        occurrence,
        place,
        reading,
    )

    from sourcier.desk import store

    store.open_story(STORY, {"fr": "Grand"}, zone="Europe/Paris", languages=("fr", "en"), now=START)
    for low in range(0, EVENTS, 250):
        captures, readings, changes, events = [], [], [], []
        for n in range(low, low + 250):
            claims = []
            for c in range(LARGE if n == 0 else CLAIMS):
                text = f"Un drone numéro {n} est tombé, dit le témoin {c}."
                source = capture(f"d{n}-{c}", text, publisher=f"Outlet {(n + c) % 60}", at=n)
                where = place(name=f"Lieu {n % 90}")
                claim = occurrence(source, f"f{n}-{c}", "est tombé", "drone_attack", place=where)
                captures.append(source)
                readings.append(reading(source, claim))
                claims.append(claim)
                kind = "occurrence_added" if c else "event_opened"
                changes.append(change(kind, claim, at=n, event=f"k{n}"))
            events.append(event(*claims, key=f"k{n}", type="drone_attack", at=n))
        store.save_captures(STORY, captures)
        store.save_readings(STORY, readings)
        store.save_woven(STORY, batch(*changes, events=events), minute(low))
    store.save_user("ines", "un mot de passe 12", "administrator")


PAGES: dict[str, Callable[[int], str]] = {
    "wall": lambda _: "wall",
    "wall, one place, untold": lambda n: f"wall?place=Lieu+{n}&untold=1",
    "wall, unread": lambda _: "wall?unread=1",
    "wall, timeline": lambda _: "wall?view=time",
    "wall, timeline, untold": lambda _: "wall?view=time&untold=1",
    "wall, timeline of a day": lambda n: f"wall?view=time&from=2024-11-2{n % 4 + 2}T05:00Z",
    "wall, map": lambda _: "wall?view=map",
    "wall, map, one language": lambda _: "wall?view=map&language=fr",
    "desk with one event": lambda n: f"?event=k{n * 100 + 1}",
    "desk with the large event": lambda _: "?event=k0",
    "search, a rare word": lambda n: f"search?q=numéro+{n * 100 + 1}",
    "search, a word of every claim": lambda _: "search?q=drone",
}


def measured() -> Iterator[str]:
    """Yield a line of the table for each page."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username="ines"))
    for name, address in PAGES.items():
        took = []
        for n in range(ASKED):
            began = time.perf_counter()
            answer = client.get(f"/desk/{STORY}/{address(n)}")
            took.append((time.perf_counter() - began) * 1e3)
            if answer.status_code != HTTPStatus.OK:
                raise SystemExit(f"{name}: {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/desk/{STORY}/{address(ASKED)}")
        took.sort()
        sys.stderr.write(f"{name}: {statistics.median(took):.0f} ms\n")
        late = took[int(len(took) * 0.95) - 1]
        yield (
            f"| {name} | {statistics.median(took):.0f} | {late:.0f} | {len(queries)} | {TARGET} |\n"
        )


def main() -> int:
    """Fill, measure, write the table; the exit code says nothing of the figures."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from tests.desk.make import minute

        from sourcier.desk import clock

        began = time.perf_counter()
        fill()
        sys.stderr.write(f"filled in {time.perf_counter() - began:.0f} s\n")
        clock.use(lambda: minute(6_000))
        table = HEAD + "".join(measured())
    Path(__file__).with_suffix(".md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

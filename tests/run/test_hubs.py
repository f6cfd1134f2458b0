"""WebSub hubs are told of publications, on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run.hubs import Hubs
from sourcier.types import Story
from tests.loopback import served

BASE = "https://direct.example/"


class Hub:
    """A hub that answers with `answers` in turn, the last for good; `told` holds the forms."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers = [204]
        self.told: list[dict[str, list[str]]] = []


@pytest.fixture
def hub() -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            here.told.append(parse_qs(body))
            self.send_response(here.answers.pop(0) if len(here.answers) > 1 else here.answers[0])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address:
        here = Hub(f"{address}/")
        yield here


def tell(hubs: list[str], *sequences: int, wait: float = 0.0) -> list[Problem]:
    """Publish with these sequences, and return what was reported once all is done."""
    problems: list[Problem] = []
    numbers = iter(sequences)
    seen = threading.Semaphore(0)

    def outline(slug: str) -> Story:
        seen.release()
        now = datetime(2024, 11, 22, tzinfo=UTC)
        return Story(
            slug=slug,
            titles={},
            zone="UTC",
            languages=("fr", "en"),
            now=now,
            sequence=next(numbers),
        )

    with Web(pause=0) as web:
        telling = Hubs(
            hubs,
            BASE,
            web=web,
            outline=outline,
            report=problems.append,
            waits=(0, wait, wait),
        )
        for _ in sequences:
            telling.changed("ponts")
        telling.start()
        for _ in sequences:
            assert seen.acquire(timeout=30)
        telling._queue.put(None)
        telling.join(30)
    return problems


def test_a_hub_is_told_of_every_feed_once_a_publication(hub: Hub) -> None:
    assert tell([hub.url], 1, 1, 2) == []
    assert len(hub.told) == 2
    assert hub.told[0]["hub.mode"] == ["publish"]
    assert f"{BASE}ponts/feed.atom" in hub.told[0]["hub.url"]
    assert f"{BASE}ponts/feed.json?l=en" in hub.told[0]["hub.url"]


def test_a_hub_that_stumbles_is_tried_again(hub: Hub) -> None:
    hub.answers = [503, 503, 204]
    assert tell([hub.url], 1) == []
    assert len(hub.told) == 3


def test_a_hub_that_fails_is_said_in_a_line_and_holds_no_other_up(hub: Hub) -> None:
    problems = tell(["http://127.0.0.1:9/", hub.url], 1)
    assert len(hub.told) == 1
    (problem,) = problems
    assert (problem.where, problem.code) == ("http://127.0.0.1:9/", "hub_failed")
    assert "\n" not in str(problem)
    hub.answers = [500]
    assert [p.code for p in tell([hub.url], 1)] == ["hub_failed"]

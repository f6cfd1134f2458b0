"""Many invented feeds in one process, each on a loopback address of its own.

``python -m bench.gathering.feeds`` with the fields of `Plan` prints its port; it publishes from the first
line that it is told on, and ends with its input. A feed has `LENGTH` entries, its newest as its ETag.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from random import Random
from types import TracebackType
from typing import Self

from bench.corpora.source import LANGUAGES
from bench.newslike import dispatch

LENGTH = 30
COPIES = 4
"""How many feeds in a row publish the same words, each under a headline of its own."""


@dataclass(frozen=True)
class Plan:
    """So many feeds, each with an entry every `period` seconds, for `seconds` on a clock sped up."""

    feeds: int
    period: float
    seconds: float
    speed: float = 1.0

    def published(self, feed: int, passed: float) -> int:
        """Return how many entries `feed` has published since the beginning."""
        moment = min(passed, self.seconds) + self.period * feed / self.feeds
        return int(moment / self.period)

    def total(self) -> int:
        """Return how many entries there are in all, with those of the beginning."""
        return sum(LENGTH + self.published(feed, self.seconds) for feed in range(self.feeds))

    def address(self, feed: int) -> str:
        """Return the loopback address of a feed."""
        return f"127.0.{1 + feed // 250}.{1 + feed % 250}"


def language(feed: int) -> str:
    """Return the language of a feed."""
    return LANGUAGES[feed // COPIES % len(LANGUAGES)]


class Feeds:
    """The server of a plan in its own process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.gathering.feeds", *map(str, astuple(self.plan))]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self._port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=20)

    def url(self, feed: int) -> str:
        """Return where a feed is."""
        return f"http://{self.plan.address(feed)}:{self._port}/feed.xml"

    def start(self) -> None:
        """Have them begin to publish."""
        assert self._process.stdin
        self._process.stdin.write("start\n")
        self._process.stdin.flush()


class _Server:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._begun = datetime.now(UTC)
        self._started: float | None = None
        self._feeds = {plan.address(feed): feed for feed in range(plan.feeds)}

    async def serve(self) -> None:
        port = _free_port()
        server = await asyncio.start_server(self._answer, list(self._feeds), port, backlog=64)
        print(port, flush=True)
        async with server:
            await asyncio.to_thread(sys.stdin.readline)
            self._started = time.monotonic()
            await asyncio.to_thread(sys.stdin.read)

    async def _answer(self, asked: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        head = (await asked.readuntil(b"\r\n\r\n")).decode("latin-1")
        feed = self._feeds[answer.get_extra_info("sockname")[0]]
        answer.write(self._reply(head, feed))
        answer.close()
        await answer.wait_closed()

    def _reply(self, head: str, feed: int) -> bytes:
        if head.startswith("GET /robots.txt"):
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        passed = (time.monotonic() - self._started) * self._plan.speed if self._started else 0.0
        newest = self._plan.published(feed, passed)
        tag = f'ETag: "{newest}"\r\nConnection: close\r\n'
        if f'"{newest}"' in head:
            return f"HTTP/1.1 304 Not Modified\r\n{tag}\r\n".encode()
        body = self._body(feed, newest)
        kind = f"Content-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n"
        return f"HTTP/1.1 200 OK\r\n{tag}{kind}\r\n".encode() + body

    def _body(self, feed: int, newest: int) -> bytes:
        entries = "".join(
            self._entry(feed, number) for number in range(newest, newest - LENGTH, -1)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>'
            f"<link>https://feed{feed}.invalid/</link>{entries}</channel></rss>"
        ).encode("utf-8", "replace")

    def _entry(self, feed: int, number: int) -> str:
        name = f"https://feed{feed}.invalid/{number}"
        when = self._begun + timedelta(
            seconds=(number - feed / self._plan.feeds) * self._plan.period
        )
        text = _text(feed // COPIES, number)
        title = f"{text.split('.')[0][:80]} ({feed}/{number})"
        return (
            f"<item><title>{escape(title)}</title><guid>{name}</guid><link>{name}</link>"
            f"<pubDate>{format_datetime(when)}</pubDate><description>{escape(text)}</description></item>"
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@cache
def _text(group: int, number: int) -> str:
    """Return the words of the entry of that number in a group of feeds that copy each other."""
    return dispatch(Random(f"{group}/{number}"), language(group * COPIES), longest=4)


if __name__ == "__main__":
    feeds, *numbers = map(float, sys.argv[1:])
    asyncio.run(_Server(Plan(int(feeds), *numbers)).serve())

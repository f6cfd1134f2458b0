"""A relay in front: each update is posted to a publisher's address, as nginx with nchan has one.

The relay then holds the readers' connections; docs/scale.md has its configuration. Publishing never waits:
a thread posts, one update after the other. What a relay does not take is reported in a line, and the next
that it takes is preceded by a ``sync``, upon which tabs fetch the page.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from sourcier.problems import Problem
from sourcier.publish.updates import Update

WAITS = (0.0, 0.5, 2.0)
"""Seconds before each try."""
SECONDS = 5.0
"""How long the relay may take to answer."""

Message = tuple[str, str, dict[str, Any]]
"""A channel, which is story and language; the kind of an update; its data."""


class Relay(threading.Thread):
    """Posts updates to ``{address}?id={slug}.{language}``, their kind in ``X-EventSource-Event``."""

    def __init__(
        self,
        address: str,
        *,
        report: Callable[[Problem], None],
        waits: Sequence[float] = WAITS,
    ) -> None:
        super().__init__(name="relay", daemon=True)
        self._address = address
        self._report = report
        self._waits = waits
        self._queue: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._behind: set[str] = set()
        self._ended = threading.Event()

    def publish(self, slug: str, language: str, update: Update) -> None:
        """Hand an update on. Returns at once; safe from any thread."""
        self._queue.put((f"{slug}.{language}", update.kind, update.data))

    def stop(self) -> None:
        """End before the next try."""
        self._ended.set()
        self._queue.put(None)

    def run(self) -> None:
        """Work until stopped."""
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            while (message := self._queue.get()) is not None and not self._ended.is_set():
                self._relay(client, *message)

    def _relay(self, client: httpx.Client, channel: str, kind: str, data: dict[str, Any]) -> None:
        if channel in self._behind and self._posted(
            client, channel, "sync", {"n": data.get("n", 0)}
        ):
            self._behind.discard(channel)
        if not self._posted(client, channel, kind, data):
            self._behind.add(channel)

    def _posted(self, client: httpx.Client, channel: str, kind: str, data: dict[str, Any]) -> bool:
        """Post one message, with a few tries; False where the relay did not take it, which is reported."""
        said = ""
        for wait in self._waits:
            if self._ended.wait(wait):
                return False
            said = self._refused(client, channel, kind, data)
            if not said:
                return True
        message = f"update not taken, tried {len(self._waits)} times: {said}"
        self._report(Problem(where=self._address, code="relay_failed", message=message))
        return False

    def _refused(self, client: httpx.Client, channel: str, kind: str, data: dict[str, Any]) -> str:
        """Return why a post failed, "" for one that did not."""
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"X-EventSource-Event": kind, "Content-Type": "application/json"}
        try:
            answer = client.post(
                self._address, params={"id": channel}, content=body, headers=headers
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return str(error) or type(error).__name__
        return "" if answer.is_success else f"HTTP {answer.status_code}"

"""Readers: what changes while a comparison is made becomes one comparison more."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from sourcier.publish.updates import Update
from sourcier.run.readers import LONGEST_REST, Readers
from sourcier.types import Entry, EntryText, Story

NOW = datetime(2024, 11, 22, 5, 0, tzinfo=UTC)


class Page:
    """A story with as many entries as it was told to have; notes each reading of it."""

    def __init__(self, cost: float = 0.0) -> None:
        self.entries = 0
        self.read: list[int] = []
        self.heard = threading.Event()
        self._cost = cost

    def load(self, slug: str) -> Story:
        time.sleep(self._cost)
        self.read.append(self.entries)
        entries = tuple(_entry(slug, number) for number in range(self.entries, 0, -1))
        return Story(
            slug=slug, titles={"en": "Delta"}, zone="UTC", languages=("en",), now=NOW,
            sequence=self.entries, entries=entries,
        )  # fmt: skip

    def publish(self, slug: str, language: str, update: Update) -> None:
        assert (slug, language) == ("delta", "en")
        if update.kind == "entry" and update.sequence == self.entries:
            self.heard.set()


def _entry(slug: str, number: int) -> Entry:
    at = NOW + timedelta(seconds=number)
    return Entry(
        id=f"e{number}", story=slug, version=1, sequence=number, kind="statement",
        state="published", published=at, updated=at, texts={"en": EntryText(headline=f"No. {number}")},
    )  # fmt: skip


def test_changes_that_come_in_quick_succession_are_read_together() -> None:
    page = Page(cost=0.05)
    readers = Readers((page.publish,), page.load)
    readers.changed("delta")
    readers.start()
    for number in range(1, 41):
        page.entries = number
        readers.changed("delta")
        time.sleep(0.005)
    assert page.heard.wait(5)
    readers.stop()
    readers.join(timeout=5)
    assert page.read[-1] == 40
    assert len(page.read) < 10


def test_one_change_waits_for_nothing_and_a_stop_for_no_rest() -> None:
    page = Page()
    readers = Readers((page.publish,), page.load)
    readers.changed("delta")
    readers.start()
    while not page.read:
        time.sleep(0.001)
    page.entries = 1
    readers.changed("delta")
    assert page.heard.wait(LONGEST_REST + 1)
    readers.stop()
    readers.join(timeout=LONGEST_REST)
    assert not readers.is_alive()

"""State: what was seen behind each door, so that an edit is a new version and a repeat is nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from sourcier.gather.canonical import clean, make_capture
from sourcier.gather.item import Item
from sourcier.types import Capture, Source

_REMEMBERED = 20_000
"""How many dispatches are remembered for each door, the longest known forgotten first."""


class Seen(msgspec.Struct):
    """The newest version seen of one dispatch; `words` is the digest of its title and text."""

    capture: str
    version: int
    words: str
    published: datetime
    deleted: bool = False


class Door(msgspec.Struct):
    """What is remembered of one source: HTTP validators, the last bytes, the dispatches."""

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    seen: dict[str, Seen] = {}

    def is_news(self, body: bytes) -> bool:
        """Tell whether `body` differs from what was behind the door the last time, and keep it."""
        known, self.digest = self.digest, hashlib.sha256(body).hexdigest()
        return known != self.digest


class State(msgspec.Struct):
    """The memory of `gather` over polls; it lives as long as its owner keeps or saves it."""

    doors: dict[str, Door] = {}

    @classmethod
    def load(cls, path: Path) -> State:
        """Return the state kept at `path`, a fresh one where there is none.

        Raises `msgspec.DecodeError` where the file holds something else.
        """
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else cls()

    def save(self, path: Path) -> None:
        """Write the state to `path`, whole or not at all."""
        draft = path.with_name(path.name + ".part")
        draft.write_bytes(msgspec.json.encode(self))
        draft.replace(path)

    def door(self, source: Source) -> Door:
        """Return the memory of `source`'s door."""
        return self.doors.setdefault(source.id, Door())

    def live(self, source: Source) -> Iterator[tuple[str, Seen]]:
        """Yield the dispatches of `source` that were seen and are not known to be deleted."""
        for dispatch, seen in self.door(source).seen.items():
            if not seen.deleted:
                yield dispatch, seen

    def turn(self, item: Item, source: Source, now: datetime) -> Capture | None:
        """Return the capture that `item` is, retrieved `now`; None where it says nothing new.

        The first sight of a dispatch is version 1; other words (title or text) under a known
        dispatch are the next version, which supersedes the last; so is a deletion.
        """
        seen = self.door(source).seen
        key = item.dispatch or item.url
        last = seen.get(key) if key else None
        words = _digest(item)
        if (last and last.words == words) or (item.deleted and not last):
            return None
        capture = _capture(item, source, now, last)
        seen.pop(capture.dispatch, None)
        seen[capture.dispatch] = Seen(
            capture.id, capture.version, words, capture.published, capture.deleted
        )
        if len(seen) > _REMEMBERED:
            del seen[next(iter(seen))]
        return capture


def _capture(item: Item, source: Source, now: datetime, last: Seen | None) -> Capture:
    return make_capture(
        text=item.text,
        published=item.published or (last.published if last else now),
        dispatch=item.dispatch,
        version=last.version + 1 if last else 1,
        supersedes=last.capture if last else None,
        source=source.id,
        publisher=item.publisher or source.publisher,
        role=source.role,
        party=source.party,
        url=item.url,
        title=item.title,
        language=item.language or (source.languages[0] if len(source.languages) == 1 else None),
        zone=item.zone or source.zone,
        updated=item.updated,
        retrieved=now,
        credits=item.credits,
        deleted=item.deleted,
        home=source.home,
    )


def _digest(item: Item) -> str:
    content = f"{clean(item.title or '')}\n{clean(item.text)}\n{item.deleted}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]

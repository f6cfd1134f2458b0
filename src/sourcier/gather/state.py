"""State: what was seen behind each door, so that an edit is a new version and a repeat is nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec

from sourcier.gather.canonical import clean, make_capture
from sourcier.gather.edition import Edition
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.pulse import Pulse
from sourcier.types import Capture, Source

_REMEMBERED = 20_000
"""How many dispatches are remembered for each door, the longest known forgotten first."""


class Seen(msgspec.Struct):
    """The newest version seen of one dispatch; `words` is the digest of its title and text.

    `stamp` is the item's, `url` where it stood.
    """

    capture: str
    version: int
    words: str
    published: datetime
    deleted: bool = False
    stamp: str | None = None
    url: str | None = None


class Hub(msgspec.Struct, frozen=True):
    """Where a feed tells that its changes can be subscribed to (WebSub), and its name for itself."""

    url: str
    topic: str


class Gap(msgspec.Struct):
    """Numbered posts that are there and were not seen yet, from `first` to `last`; `told` in the pulse."""

    first: int
    last: int
    told: str | None = None

    def tell(self, pulse: Pulse, reason: str) -> None:
        """Tell of the gap, and why it stays."""
        self.close(pulse)
        self.told = f"posts {self.first} to {self.last}: {reason}"
        pulse.missed(self.told)

    def close(self, pulse: Pulse) -> None:
        """Take back what was told."""
        if self.told in pulse.gaps:
            pulse.gaps.remove(self.told)


class Door(msgspec.Struct):
    """What is remembered of one source: HTTP validators, the last bytes, the dispatches, its health.

    `read` has a stamp for each file of a folder, and each address of an index, that was read; `chains`
    the dispatch that each message of a chain (an alert and its updates) belongs to, `listed` what a list of
    active alerts holds, by key; `waited` how often the page of a feed's entry failed, by the item's stamp.
    `held` has the dispatches under embargo, by key: nobody sees them before their hour. `hub` is where
    the feed says that it can be subscribed to; `gaps` what later polls ask for again. `editions` has the
    newest version that is known of each dispatch of a wire, also where it was a kill, or is held.
    """

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    seen: dict[str, Seen] = {}
    held: dict[str, Item] = {}
    read: dict[str, str] = {}
    chains: dict[str, str] = {}
    listed: dict[str, Item] = {}
    waited: dict[str, int] = {}
    editions: dict[str, Edition] = {}
    hub: Hub | None = None
    gaps: list[Gap] = []
    pulse: Pulse = msgspec.field(default_factory=Pulse)

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for what is new alone."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}

    def is_news(self, fetched: Fetched) -> bool:
        """Tell whether what was fetched differs from the last time, and remember it."""
        if fetched.status == 304:
            return False
        self.etag = fetched.header("ETag")
        self.modified = fetched.header("Last-Modified")
        known, self.digest = self.digest, fetched.digest
        return known != self.digest

    def forget_bytes(self) -> None:
        """Have the next poll read what is behind the door, also where it did not change."""
        self.etag = self.modified = self.digest = None

    def knows(self, dispatch: str | None) -> bool:
        """Tell whether a dispatch was met: seen, held, or a version of it heard of."""
        return any(dispatch in met for met in (self.seen, self.held, self.editions))

    def known(self) -> set[str | None]:
        """Return the dispatches that were met."""
        return {*self.seen, *self.held, *self.editions}

    def live(self) -> Iterator[tuple[str, Seen]]:
        """Yield the dispatches that were seen and are not known to be deleted."""
        for dispatch, seen in self.seen.items():
            if not seen.deleted:
                yield dispatch, seen

    def turn(self, item: Item, source: Source, now: datetime) -> Capture | None:
        """Return the capture that `item` is, retrieved `now`; None where it says nothing new.

        The first sight of a dispatch is version 1; other words (title or text) under a known
        dispatch are the next version, which supersedes the last; so is a deletion. One under embargo is held,
        one older than what is known of the dispatch is nothing.
        """
        if not self._is_newest(item):
            return None
        key, words = item.key, _digest(item)
        held_back = item.embargo is not None and item.embargo > now
        if key and not held_back:
            self.held.pop(key, None)
        last = self.seen.get(key) if key else None
        if last and (last.words == words or (item.stamp and item.stamp == last.stamp)):
            last.stamp = item.stamp
            return None
        if item.deleted and not last:
            return None
        if held_back:
            self.held[key or words] = item
            return None
        capture = _capture(item, source, now, last)
        self.seen.pop(capture.dispatch, None)
        self.seen[capture.dispatch] = Seen(
            capture=capture.id,
            version=capture.version,
            words=words,
            published=capture.published,
            deleted=item.deleted,
            stamp=item.stamp,
            url=item.url,
        )
        if len(self.seen) > _REMEMBERED:
            del self.seen[next(iter(self.seen))]
        return capture

    def _is_newest(self, item: Item) -> bool:
        """Tell whether no newer version of the dispatch is known, and remember this one."""
        key = item.key
        if not key or not item.edition:
            return True
        known = self.editions.pop(key, None)
        older = known is not None and item.edition.is_before(known)
        self.editions[key] = known if known and older else item.edition
        if len(self.editions) > _REMEMBERED:
            del self.editions[next(iter(self.editions))]
        return not older

    def due(self, now: datetime) -> list[Item]:
        """Return the held dispatches whose hour has come; they are held no longer."""
        due = [key for key, item in self.held.items() if not item.embargo or item.embargo <= now]
        return [self.held.pop(key) for key in due]


class State(msgspec.Struct):
    """The memory of `gather` over polls; it lives as long as its owner keeps or saves it.

    With a `folder`, each door's memory is a file of it, written by `save`.
    """

    folder: Path | None = None
    doors: dict[str, Door] = {}

    def door(self, source: Source) -> Door:
        """Return the memory of `source`'s door.

        Raises `msgspec.DecodeError` or OSError where its file holds something else.
        """
        if source.id not in self.doors:
            path = self._path(source)
            known = path is not None and path.exists()
            self.doors[source.id] = (
                msgspec.json.decode(path.read_bytes(), type=Door) if path and known else Door()
            )
        return self.doors[source.id]

    def save(self, source: Source) -> None:
        """Write the memory of `source`'s door to its file, whole or not at all."""
        path = self._path(source)
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".part")
        draft.write_bytes(msgspec.json.encode(self.doors[source.id]))
        draft.replace(path)

    def begin_anew(self, source: Source) -> None:
        """Forget what is remembered of `source`'s door."""
        self.doors[source.id] = Door()

    def roll_back(self, source: Source) -> None:
        """Go back to what was saved: what came since was not taken in, and comes again."""
        self.doors.pop(source.id, None)

    def _path(self, source: Source) -> Path | None:
        return self.folder / f"{quote(source.id, safe='')}.json" if self.folder else None


def _capture(item: Item, source: Source, now: datetime, last: Seen | None) -> Capture:
    """Return the capture of `item`. One dated later than `now` is of now: somebody's clock is ahead."""
    return make_capture(
        text=item.text,
        published=min(item.published or (last.published if last else now), now),
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
        raw=item.raw,
        alerts=item.alerts,
        quoted=item.quoted,
    )


def _digest(item: Item) -> str:
    content = f"{clean(item.title or '')}\n{clean(item.text)}\n{item.deleted}"
    facts = msgspec.json.encode(item.alerts) if item.alerts else b""
    facts += msgspec.json.encode(item.quoted) if item.quoted else b""
    return hashlib.sha256(content.encode() + facts).hexdigest()[:32]

"""The stream: server-sent events to open tabs, as a bare ASGI application beside the desk's.

Each (story, language) is a channel: a ring of the last messages. A reader is a cursor into that ring;
publishing wakes the readers and never waits for one. A reader that cannot keep up is dropped; its
browser comes back with the id of the last message that it saw and goes on from there, or, where the
ring no longer reaches so far back, gets a ``reset`` and fetches the page once.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from sourcier.publish.updates import Update

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Id = tuple[int, int]
"""A message's id: the sequence of its update, and its number among those with that sequence."""

RING = 512
HEARTBEAT = 20.0
PATIENCE = 30.0
"""Seconds that a write to one reader may take before the reader is dropped."""

_PATH = re.compile(r"^/(?P<slug>[\w.~-]{1,200})/live$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}$")
_ID = re.compile(r"^(\d{1,15})(?:\.(\d{1,9}))?$")
_GREETING = b"retry: 2000\n\n"
_RESET = b"event: reset\ndata: {}\n\n"
_HEARTBEAT = b":\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Frame:
    """One message as it goes over the wire.

    `number` counts a channel's messages, `about` is the entry or part that it renews, `tag` a part's
    content.
    """

    number: int
    id: Id
    about: str
    tag: str
    wire: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """From where a reader goes on: the id it saw last (null: from now), the tags of its parts."""

    seen: Id | None = None
    returning: bool = False
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Channel:
    """The last messages of one story in one language, and who waits for the next.

    `floor` is the highest id that the ring no longer holds, null until something was published.
    """

    frames: deque[Frame] = field(default_factory=deque)
    count: int = 0
    floor: Id | None = None
    last: Id = (-1, 0)
    waiting: set[asyncio.Future[None]] = field(default_factory=set)
    readers: int = 0

    def missed(self, seen: Id, tags: frozenset[str], *, returning: bool) -> list[Frame] | None:
        """Return the newest message on each thing that changed after `seen`, oldest first.

        None: some are gone. A `returning` reader names the last message that it got; a fresh page names
        its story's sequence and the tags of the parts that it holds.
        """
        if not self._covers(seen, returning=returning):
            return None
        after = (
            frame
            for frame in self.frames
            if (frame.id > seen if returning else frame.id[0] >= seen[0])
        )
        newest = {frame.about: frame for frame in after}
        frames = [frame for frame in newest.values() if not frame.tag or frame.tag not in tags]
        return sorted(frames, key=lambda frame: frame.number)

    def _covers(self, seen: Id, *, returning: bool) -> bool:
        if (
            self.floor is None
        ):  # nothing published yet: only who comes back can have missed something
            return not returning
        if returning:
            return self.floor <= seen <= self.last
        return self.floor[0] <= seen[0]

    def since(self, number: int) -> list[Frame] | None:
        """Return the messages after the `number`-th, None where some of them are gone."""
        if self.frames and self.frames[0].number > number + 1:
            return None
        return [frame for frame in self.frames if frame.number > number]


class Hub:
    """All channels. `publish` may be called from any thread; readers live in one event loop."""

    def __init__(
        self, *, ring: int = RING, heartbeat: float = HEARTBEAT, patience: float = PATIENCE
    ) -> None:
        self.heartbeat = heartbeat
        self.patience = patience
        self.closed = False
        self._ring = ring
        self._channels: dict[tuple[str, str], Channel] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def readers(self) -> int:
        """How many readers are connected."""
        return sum(channel.readers for channel in list(self._channels.values()))

    def publish(self, slug: str, language: str, update: Update) -> None:
        """Put an update on its channel and wake the readers. Returns at once."""
        with self._lock:
            channel = self._channels.setdefault((slug, language), Channel())
            self._append(channel, update)
            loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(_wake, channel)

    def close(self) -> None:
        """End all streams; their browsers will come back to whoever serves next."""
        self.closed = True
        with self._lock:
            channels, loop = list(self._channels.values()), self._loop
        if loop is not None and not loop.is_closed():
            for channel in channels:
                loop.call_soon_threadsafe(_wake, channel)

    def join(self, slug: str, language: str) -> Channel:
        """Count a reader in and return its channel."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            channel = self._channels.setdefault((slug, language), Channel())
            channel.readers += 1
            return channel

    def leave(self, slug: str, language: str) -> None:
        """Count a reader out; a channel that nobody reads and nothing was put on is forgotten."""
        with self._lock:
            channel = self._channels[slug, language]
            channel.readers -= 1
            if channel.readers == 0 and channel.floor is None:
                del self._channels[slug, language]

    def missed(self, channel: Channel, position: Position) -> tuple[list[Frame] | None, int]:
        """Return what a joining reader lacks (None: more than is known) and the channel's count."""
        with self._lock:
            if position.seen is None:
                return [], channel.count
            return channel.missed(
                position.seen, position.tags, returning=position.returning
            ), channel.count

    def news(self, channel: Channel, number: int) -> list[Frame] | None:
        """Return what came after message `number` of a channel, None where some of it is gone."""
        with self._lock:
            return channel.since(number)

    def _append(self, channel: Channel, update: Update) -> None:
        sequence, index = channel.last
        new = (update.sequence, 0) if update.sequence > sequence else (sequence, index + 1)
        if channel.floor is None:
            channel.floor = (update.sequence - 1, 1 << 62)
        channel.count += 1
        channel.last = new
        about = f"{update.kind} {update.data.get('id', '')}"
        tag = str(update.data.get("tag", ""))
        channel.frames.append(Frame(channel.count, new, about, tag, _wire(update, new)))
        while len(channel.frames) > self._ring:
            channel.floor = channel.frames.popleft().id


def _wake(channel: Channel) -> None:
    waiting, channel.waiting = channel.waiting, set()
    for future in waiting:
        if not future.done():
            future.set_result(None)


def _wire(update: Update, new: Id) -> bytes:
    data = json.dumps(update.data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {new[0]}.{new[1]}\nevent: {update.kind}\ndata: {data}\n\n".encode()


def with_live(application: Application, hub: Hub) -> Application:
    """Return an ASGI application that streams ``GET /<slug>/live`` and leaves the rest to another."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.match(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await application(scope, receive, send)
            return
        await _stream(hub, found["slug"], scope, receive, send)

    return serve


async def _stream(hub: Hub, slug: str, scope: Scope, receive: Receive, send: Send) -> None:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    language = query.get("l", ["fr"])[0]
    if not _LANGUAGE.match(language):
        await _refuse(send)
        return
    channel = hub.join(slug, language)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _feed(_Reader(hub, channel, send, gone), _position(scope, query))
    except (TimeoutError, OSError):
        pass  # a slow or vanished reader; its browser comes back by itself
    finally:
        gone.cancel()
        hub.leave(slug, language)


@dataclass(slots=True)
class _Reader:
    """One open tab: where to write, and the future that tells that it went away."""

    hub: Hub
    channel: Channel
    send: Send
    gone: asyncio.Future[None]

    async def write(self, wire: bytes, *, more: bool = True) -> None:
        """Write within the hub's patience; raises TimeoutError for a reader that does not read."""
        async with asyncio.timeout(self.hub.patience):
            await self.send({"type": "http.response.body", "body": wire, "more_body": more})

    async def wait(self) -> bool:
        """Wait for the next message or the reader's leaving; False when only time went by."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.channel.waiting.add(woken)
        try:
            done, _ = await asyncio.wait(
                {woken, self.gone}, timeout=self.hub.heartbeat, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            self.channel.waiting.discard(woken)
        return bool(done)


async def _feed(reader: _Reader, position: Position) -> None:
    missed, number = reader.hub.missed(reader.channel, position)
    await reader.write(_GREETING if missed is not None else _GREETING + _RESET)
    for frame in missed or ():
        await reader.write(frame.wire)
    while not (reader.gone.done() or reader.hub.closed):
        news = reader.hub.news(reader.channel, number)
        if news is None:
            break  # too slow: the ring has passed it
        for frame in news:
            await reader.write(frame.wire)
            number = frame.number
        if not news and not await reader.wait():
            await reader.write(_HEARTBEAT)
    if not reader.gone.done():
        await reader.write(b"", more=False)


def _position(scope: Scope, query: dict[str, list[str]]) -> Position:
    headers = dict(scope.get("headers", ()))
    given = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("since", [""])[0]
    found = _ID.match(given)
    if found is None:
        return Position()
    tags = frozenset(query.get("have", [""])[0].split(","))
    return Position((int(found[1]), int(found[2] or 0)), returning=found[2] is not None, tags=tags)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 404,
            "headers": [(b"content-type", b"text/plain")],
        }
    )
    await send({"type": "http.response.body", "body": b"no such stream\n"})

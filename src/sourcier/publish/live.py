"""The stream: server-sent events to open tabs, as a bare ASGI application beside the desk's.

Each (story, language) is a channel: a ring of the last messages. A reader is a connection and a cursor
into that ring; publishing walks over the readers and never waits for one. A reader that cannot keep up is
dropped; its browser comes back with the id of the last message that it saw and goes on from there, or,
where the ring no longer reaches so far back, gets a ``reset`` and fetches the page once.

A reader is served on its connection itself, which the server hands over (`LINE`): no task, no timer and no
parser for each, so that one process holds ten thousand. bench/readers.md has the figures.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, cast
from urllib.parse import parse_qs

from sourcier.publish.channel import Channel, Frame, Position
from sourcier.publish.updates import Update

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

Key = tuple[str, str]
"""A story and a language."""

LINE = "sourcier.line"
"""The ASGI extension: called with a protocol, it hands the connection to it and returns its transport."""
RING = 512
HEARTBEAT = 20.0
PATIENCE = 30.0
"""Seconds for which a reader may leave what was written to it, before it is dropped."""
BATCH = 200
"""Readers that are written to before anything else has its turn."""

_PATH = re.compile(r"^/(?P<slug>[\w.~-]{1,200})/live$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}$")
_ID = re.compile(r"^(\d{1,15})(?:\.(\d{1,9}))?$")
_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-store\r\n"
    b"x-accel-buffering: no\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
)
_GREETING = b"retry: 2000\n\n"
_RESET = b"event: reset\ndata: {}\n\n"
_HEARTBEAT = b":\n\n"


class Reader(asyncio.Protocol):
    """One open tab: a connection, and how far it has come on its channel."""

    __slots__ = ("_channel", "_hub", "_number", "_paused", "_quiet", "_transport", "key")

    def __init__(self, hub: Hub, key: Key, channel: Channel) -> None:
        self.key = key
        self._hub = hub
        self._channel = channel
        self._number = 0
        self._quiet = False
        self._paused: float | None = None

    def start(self, transport: asyncio.Transport, position: Position) -> None:
        """Greet the tab and send what it lacks."""
        self._transport = transport
        missed, self._number = self._hub.missed(self._channel, position)
        wires = [_RESET] if missed is None else [frame.wire for frame in missed]
        transport.write(b"".join([_HEAD, _GREETING, *wires]))

    def push(self) -> None:
        """Send what came since the last time, unless the tab has not yet taken that."""
        caught_up = self._number == self._channel.count
        if caught_up or self._paused is not None or self._transport.is_closing():
            return
        news = self._hub.news(self._channel, self._number)
        if news is None:  # too slow: the ring has passed it
            self.end()
            return
        self._number, self._quiet = news[-1].number, False
        self._transport.write(news[0].wire if len(news) == 1 else b"".join(f.wire for f in news))

    def beat(self, now: float) -> None:
        """Send a heartbeat into a silence; drop the tab if it has kept us waiting for too long."""
        if self._paused is not None:
            if now - self._paused > self._hub.patience:
                self._transport.abort()
        elif self._quiet and not self._transport.is_closing():
            self._transport.write(_HEARTBEAT)
        self._quiet = True

    def end(self) -> None:
        """End the stream; the browser comes back by itself."""
        self._transport.close()

    def pause_writing(self) -> None:
        """Note since when the tab does not take what is written to it."""
        self._paused = asyncio.get_running_loop().time()

    def resume_writing(self) -> None:
        """Go on where the tab stopped."""
        self._paused = None
        self.push()

    def connection_lost(self, _: Exception | None) -> None:
        """Count the reader out."""
        self._hub.leave(self)


class Hub:
    """All channels. `publish` may be called from any thread; readers live in one event loop."""

    def __init__(
        self, *, ring: int = RING, heartbeat: float = HEARTBEAT, patience: float = PATIENCE
    ) -> None:
        self.patience = patience
        self._heartbeat = heartbeat
        self._ring = ring
        self._channels: dict[Key, Channel] = {}
        self._readers: dict[Key, set[Reader]] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def readers(self) -> int:
        """How many readers are connected."""
        return sum(len(readers) for readers in list(self._readers.values()))

    def publish(self, slug: str, language: str, update: Update) -> None:
        """Put an update on its channel and wake its readers. Returns at once."""
        key = (slug, language)
        with self._lock:
            self._channels.setdefault(key, Channel()).append(update, self._ring)
        self._soon(lambda: self._each(self._readers.get(key, ()), Reader.push))

    def join(self, slug: str, language: str) -> Reader:
        """Return a new reader of a channel, in the running loop, which has yet to be started."""
        key, loop = (slug, language), asyncio.get_running_loop()
        with self._lock:
            channel = self._channels.setdefault(key, Channel())
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(self._heartbeat, self._beat)
        reader = Reader(self, key, channel)
        self._readers.setdefault(key, set()).add(reader)
        return reader

    def leave(self, reader: Reader) -> None:
        """Forget a reader, and a channel that nobody reads and nothing was put on."""
        readers = self._readers[reader.key]
        readers.discard(reader)
        if readers:
            return
        del self._readers[reader.key]
        with self._lock:
            if not self._channels[reader.key].count:
                del self._channels[reader.key]

    def close(self) -> None:
        """End all streams; their browsers will come back to whoever serves next."""
        self._soon(lambda: self._each(self._all(), Reader.end))

    def missed(self, channel: Channel, position: Position) -> tuple[list[Frame] | None, int]:
        """Return what a joining reader lacks (None: more than is known) and the channel's count."""
        with self._lock:
            return channel.caught_up(position), channel.count

    def news(self, channel: Channel, number: int) -> list[Frame] | None:
        """Return what came after message `number` of a channel, None where some of it is gone."""
        with self._lock:
            return channel.since(number)

    def _soon(self, act: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(act)

    def _all(self) -> list[Reader]:
        return [reader for readers in self._readers.values() for reader in readers]

    def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._each(self._all(), lambda reader: reader.beat(now))
        loop.call_later(self._heartbeat, self._beat)

    def _each(self, readers: Iterable[Reader], act: Callable[[Reader], None]) -> None:
        """Do something with each reader, `BATCH` at a time, so that others have their turn between."""
        waiting = list(readers)
        for reader in waiting[:BATCH]:
            act(reader)
        if rest := waiting[BATCH:]:
            asyncio.get_running_loop().call_soon(self._each, rest, act)


def with_live(application: Application, hub: Hub) -> Application:
    """Return an ASGI application that streams ``GET /<slug>/live`` and leaves the rest to another."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.match(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await application(scope, receive, send)
        elif not _stream(hub, found["slug"], scope):
            await _refuse(send)

    return serve


def _stream(hub: Hub, slug: str, scope: Scope) -> bool:
    """Start a reader; False where there is no such stream."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    language = query.get("l", ["fr"])[0]
    take = scope.get("extensions", {}).get(LINE)
    if take is None or not _LANGUAGE.match(language):
        return False
    reader = hub.join(slug, language)
    transport = cast("asyncio.Transport", take(reader))
    reader.start(transport, _position(scope, query))
    return True


def _position(scope: Scope, query: dict[str, list[str]]) -> Position:
    headers = dict(scope.get("headers", ()))
    given = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("since", [""])[0]
    found = _ID.match(given)
    if found is None:
        return Position()
    tags = frozenset(query.get("have", [""])[0].split(","))
    return Position((int(found[1]), int(found[2] or 0)), returning=found[2] is not None, tags=tags)


async def _refuse(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 404,
            "headers": [(b"content-type", b"text/plain")],
        }
    )
    await send({"type": "http.response.body", "body": b"no such stream\n"})

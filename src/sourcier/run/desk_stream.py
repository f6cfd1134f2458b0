"""The desk's stream: small signals to editors' open tabs, as a bare ASGI application beside Django.

``GET /desk/<slug>/stream`` is for who is signed in and may read the story's desk. It says that something
moved, never what: the tab asks for the part itself, and gets what it may see. So signals that wait for a
tab become one, and a stream that is cut loses nothing: the tab asks for everything once it is back.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie

from sourcier.publish.live import Application, Receive, Scope, Send

Door = Callable[[str, str], str]
"""Takes a session's key and a story; returns the user's name, "" where they may not read there."""

PER_USER = 12
"""Streams that one user may have open: tabs on a few devices."""
LOOK = 15.0
"""Seconds after which it is asked again whether the session still stands."""
REST = 0.4
"""Seconds between two messages to a tab, so that a burst of dispatches is one."""
MOST = 50
"""Signals that wait for a tab before they become one that says to ask for everything."""

Signal = tuple[str, str]
"""What moved (``wall``, ``entry``, ``lock``, ``presence``, ``all``), and of which entry."""

_PATH = re.compile(r"^/desk/(?P<slug>[-\w]{1,50})/stream$", re.ASCII)
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Tab:
    """An open tab: the signals that it has yet to be sent."""

    def __init__(self) -> None:
        self._waiting: dict[Signal, None] = {}
        self._woken = asyncio.Event()
        self.ended = False

    def tell(self, signal: Signal) -> None:
        """Let a signal wait for the tab; the same twice is one."""
        if len(self._waiting) >= MOST:
            self._waiting = {("all", ""): None}
        else:
            self._waiting[signal] = None
        self._woken.set()

    def end(self) -> None:
        """End the stream; the browser comes back by itself."""
        self.ended = True
        self._woken.set()

    async def signals(self, seconds: float) -> tuple[Signal, ...]:
        """Return what waits as soon as something does; nothing after `seconds` or at the end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()
        waiting, self._waiting = tuple(self._waiting), {}
        return waiting


class Desks:
    """All open tabs of all stories. `moved` and `wall` may be called from any thread."""

    def __init__(self, door: Door, *, look: float = LOOK, rest: float = REST) -> None:
        self.door = door
        self.look = look
        self.rest = rest
        self._tabs: dict[str, set[Tab]] = {}
        self._users: dict[str, int] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wall(self, story: str) -> None:
        """Tell a story's tabs that its wall moved."""
        self.moved(story, "wall")

    def moved(self, story: str, what: str, entry: str = "") -> None:
        """Tell a story's tabs that something moved. Returns at once."""
        with self._lock:
            tabs = tuple(self._tabs.get(story, ()))
        self._each(tabs, lambda tab: tab.tell((what, entry)))

    def close(self) -> None:
        """End all streams."""
        with self._lock:
            tabs = tuple(tab for story in self._tabs.values() for tab in story)
        self._each(tabs, Tab.end)

    def join(self, story: str, user: str) -> Tab | None:
        """Return a new tab of `user`, in the running loop; null where they have too many."""
        self._loop = asyncio.get_running_loop()
        with self._lock:
            if self._users.get(user, 0) >= PER_USER:
                return None
            self._users[user] = self._users.get(user, 0) + 1
            tab = Tab()
            self._tabs.setdefault(story, set()).add(tab)
            return tab

    def leave(self, story: str, user: str, tab: Tab) -> None:
        """Forget a tab."""
        with self._lock:
            self._tabs[story].discard(tab)
            if not self._tabs[story]:
                del self._tabs[story]
            self._users[user] -= 1
            if not self._users[user]:
                del self._users[user]

    def _each(self, tabs: Iterable[Tab], act: Callable[[Tab], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            for tab in tabs:
                loop.call_soon_threadsafe(act, tab)


def with_desks(application: Application, desks: Desks, cookie: str) -> Application:
    """Return an ASGI application that streams to desks and leaves the rest to another.

    `cookie` is the name of the session's cookie.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.match(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await application(scope, receive, send)
            return
        story, session = found["slug"], _session(scope, cookie)
        user = await asyncio.to_thread(desks.door, session, story) if session else ""
        tab = desks.join(story, user) if user else None
        if tab is None:
            await _refuse(send, 429 if user else 403)
            return
        try:
            await _stream(desks, tab, (session, story), receive, send)
        finally:
            desks.leave(story, user, tab)

    return serve


async def _stream(
    desks: Desks, tab: Tab, key: tuple[str, str], receive: Receive, send: Send
) -> None:
    """Send to a tab what it waits for, until it is closed or its session has ended."""
    closed = asyncio.create_task(_closed(receive, tab))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _write(send, b"retry: 3000\n\nevent: all\ndata: {}\n\n")
        looked = asyncio.get_running_loop().time()
        while not tab.ended:
            signals = await tab.signals(desks.look)
            if asyncio.get_running_loop().time() - looked >= desks.look:
                looked = asyncio.get_running_loop().time()
                if not await asyncio.to_thread(desks.door, *key):
                    break
            if not tab.ended:
                await _write(send, b"".join(map(_wire, signals)) or b":\n\n")
                await asyncio.sleep(desks.rest)
        await send({"type": "http.response.body", "body": b""})
    finally:
        closed.cancel()


async def _closed(receive: Receive, tab: Tab) -> None:
    """End a tab once its connection is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    tab.end()


def _wire(signal: Signal) -> bytes:
    what, entry = signal
    return f"event: {what}\ndata: {json.dumps({'entry': entry})}\n\n".encode()


def _session(scope: Scope, name: str) -> str:
    """Return the session's key that the browser sent, "" where it sent none."""
    for header, value in scope.get("headers", ()):
        if header == b"cookie":
            with suppress(CookieError):
                if found := SimpleCookie(value.decode("latin-1")).get(name):
                    return found.value[:64]
    return ""


async def _write(send: Send, wire: bytes) -> None:
    await send({"type": "http.response.body", "body": wire, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"no stream\n"})

"""The desk's stream: who may have it, what it says, when it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest

from sourcier.run.desk_stream import MOST, PER_USER, Desks, with_desks

SESSIONS = {"s1": "ines", "s2": "oleh"}


async def other(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})


class Tab:
    """A browser's end of the stream, without a network."""

    def __init__(self, desks: Desks, session: str = "s1", path: str = "/desk/ponts/stream") -> None:
        cookie = f"csrftoken=x; sessionid={session}".encode()
        headers = [(b"cookie", cookie)]
        self.scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
        self.status = 0
        self.got = ""
        self.gone = asyncio.Event()
        self.task: asyncio.Future[None] = asyncio.ensure_future(
            with_desks(other, desks, "sessionid")(self.scope, self._receive, self._send)
        )

    async def _receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.got += message.get("body", b"").decode()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(5):
            while words not in self.got:
                await asyncio.sleep(0.005)


def desks(**more: Any) -> Desks:
    def door(session: str, story: str) -> str:
        return SESSIONS.get(session, "") if story == "ponts" else ""

    return Desks(door, **{"look": 5.0, "rest": 0.0, **more})


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(coroutine)


def test_a_tab_hears_that_something_moved_and_not_what() -> None:
    async def play() -> None:
        streams = desks()
        tab = Tab(streams)
        await tab.until("event: all")
        thread = threading.Thread(target=streams.moved, args=("ponts", "lock", "x1"))
        thread.start()
        thread.join()
        streams.wall("ponts")
        streams.wall("gares")
        await tab.until("event: wall")
        assert 'event: lock\ndata: {"entry": "x1"}\n\n' in tab.got
        assert tab.got.count("event: wall") == 1
        tab.gone.set()
        await tab.task

    run(play())


@pytest.mark.parametrize(
    ("session", "path", "status"),
    [
        ("none", "/desk/ponts/stream", 403),
        ("", "/desk/ponts/stream", 403),
        ("s1", "/desk/gares/stream", 403),
        ("s1", "/desk/ponts/", 299),
        ("s1", "/desk/ponts/stream/", 299),
    ],
)
def test_only_who_may_read_there_has_a_stream(session: str, path: str, status: int) -> None:
    async def play() -> None:
        tab = Tab(desks(), session, path)
        await tab.task
        assert tab.status == status

    run(play())


def test_a_user_has_a_few_streams_and_not_more() -> None:
    async def play() -> None:
        streams = desks()
        tabs = [Tab(streams) for _ in range(PER_USER)]
        for tab in tabs:
            await tab.until("event: all")
        more, colleague = Tab(streams), Tab(streams, "s2")
        await more.task
        await colleague.until("event: all")
        assert more.status == 429
        tabs[0].gone.set()
        await tabs[0].task
        await Tab(streams).until("event: all")
        streams.close()
        await asyncio.gather(colleague.task, *(tab.task for tab in tabs))

    run(play())


def test_it_ends_with_the_session() -> None:
    async def play() -> None:
        standing = {"s1": "ines"}
        streams = Desks(lambda session, _: standing.get(session, ""), look=0.02, rest=0)
        tab = Tab(streams)
        await tab.until("event: all")
        standing.clear()
        async with asyncio.timeout(5):
            await tab.task

    run(play())


def test_many_signals_become_one() -> None:
    async def play() -> None:
        streams = desks()
        tab = Tab(streams)
        await tab.until("event: all")
        for number in range(3 * MOST):
            streams.moved("ponts", "entry", f"x{number}")
        await asyncio.sleep(0.05)
        assert tab.got.count("event: all") >= 2
        assert tab.got.count("event:") <= MOST + 2
        streams.close()
        await tab.task

    run(play())


def test_a_cookie_of_nonsense_is_no_session() -> None:
    async def play() -> None:
        tab = Tab(desks(), 'x"; ;;=\xff')
        await tab.task
        assert tab.status == 403

    run(play())

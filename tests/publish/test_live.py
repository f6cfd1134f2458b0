"""The stream: who joins late, comes back, is slow or asks for nonsense."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from sourcier.publish.live import Hub, with_live
from sourcier.publish.updates import Update


async def desk(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.passed"})
        return
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"desk"})


class Tab:
    """A browser's end of the stream, without a network."""

    def __init__(
        self, hub: Hub, path: str = "/soumy/live", query: str = "l=fr", last: str = ""
    ) -> None:
        headers = [(b"last-event-id", last.encode())] if last else []
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        self.sent: list[Any] = []
        self.stuck: asyncio.Event | None = None
        self._leave = asyncio.Event()
        self._application = with_live(desk, hub)

    async def receive(self) -> dict[str, Any]:
        await self._leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if self.stuck is not None and message["type"] == "http.response.body":
            await self.stuck.wait()
        self.sent.append(message)

    async def run(self) -> None:
        await self._application(self.scope, self.receive, self.send)

    def leave(self) -> None:
        self._leave.set()

    @property
    def text(self) -> str:
        return b"".join(m.get("body", b"") for m in self.sent).decode()

    @property
    def events(self) -> list[tuple[str, str]]:
        """The (id, event) of each message."""
        found = []
        for block in self.text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in fields:
                found.append((fields.get("id", ""), fields["event"]))
        return found


def update(sequence: int, kind: Any = "entry", **data: Any) -> Update:
    return Update(sequence=sequence, kind=kind, data={"id": f"e{sequence}"} | data)


def part(sequence: int, kind: Any, tag: str) -> Update:
    return Update(sequence=sequence, kind=kind, data={"html": "", "tag": tag})


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def live(scenario: Callable[[Hub], Coroutine[Any, Any, None]], **options: Any) -> None:
    asyncio.run(scenario(Hub(**options)))


async def reading(hub: Hub, **options: Any) -> tuple[Tab, asyncio.Task[None]]:
    tab = Tab(hub, **options)
    readers = hub.readers
    task = asyncio.create_task(tab.run())
    await until(lambda: hub.readers > readers and bool(tab.text))
    return tab, task


async def left(tab: Tab, task: asyncio.Task[None]) -> None:
    tab.leave()
    async with asyncio.timeout(5):
        await task


def test_a_reader_gets_what_is_published_in_its_language() -> None:
    async def scenario(hub: Hub) -> None:
        tab, task = await reading(hub)
        hub.publish("soumy", "fr", update(1, html="ligne\nligne"))
        hub.publish("soumy", "en", update(1))
        hub.publish("autre", "fr", update(1))
        await until(lambda: bool(tab.events))
        await left(tab, task)
        assert tab.events == [("1.0", "entry")]
        data = next(line for line in tab.text.splitlines() if line.startswith("data: "))
        assert json.loads(data[6:])["html"] == "ligne\nligne"
        start = tab.sent[0]
        assert start["status"] == 200
        assert (b"content-type", b"text/event-stream; charset=utf-8") in start["headers"]
        assert hub.readers == 0

    live(scenario)


def test_publishing_from_another_thread_wakes_readers() -> None:
    async def scenario(hub: Hub) -> None:
        tab, task = await reading(hub)
        thread = threading.Thread(target=hub.publish, args=("soumy", "fr", update(4)))
        thread.start()
        await until(lambda: tab.events == [("4.0", "entry")])
        thread.join()
        await left(tab, task)

    live(scenario, heartbeat=60)


def test_ids_rise_within_one_sequence() -> None:
    async def scenario(hub: Hub) -> None:
        tab, task = await reading(hub)
        for number in (3, 3, 2, 4):
            hub.publish("soumy", "fr", update(number))
        await until(lambda: len(tab.events) == 4)
        await left(tab, task)
        assert [key for key, _ in tab.events] == ["3.0", "3.1", "3.2", "4.0"]

    live(scenario)


def test_who_comes_back_goes_on_from_the_last_message() -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 6):
            hub.publish("soumy", "fr", update(number))
        tab, task = await reading(hub, last="3.0")
        await until(lambda: len(tab.events) == 2)
        await left(tab, task)
        assert tab.events == [("4.0", "entry"), ("5.0", "entry")]

    live(scenario)


def test_the_newest_state_of_a_thing_is_enough() -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 4):
            hub.publish("soumy", "fr", part(number, "board", f"tag{number}"))
        tab, task = await reading(hub, last="1.0")
        await until(lambda: bool(tab.events))
        await left(tab, task)
        assert tab.events == [("3.0", "board")]

    live(scenario)


def test_a_fresh_page_is_not_sent_what_it_holds() -> None:
    async def scenario(hub: Hub) -> None:
        hub.publish("soumy", "fr", update(6))
        hub.publish("soumy", "fr", part(7, "board", "old"))
        hub.publish("soumy", "fr", part(7, "board", "new"))
        hub.publish("soumy", "fr", part(7, "strip", "calm"))
        tab, task = await reading(hub, query="l=fr&since=7&have=new,loud")
        await until(lambda: bool(tab.events))
        await left(tab, task)
        assert tab.events == [("7.2", "strip")]

    live(scenario)


@pytest.mark.parametrize("last", ["1.0", "99.0"])
def test_who_was_away_too_long_or_elsewhere_is_told_to_fetch_the_page(last: str) -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 9):
            hub.publish("soumy", "fr", update(number))
        tab, task = await reading(hub, last=last)
        await until(lambda: bool(tab.events))
        assert tab.events == [("", "reset")]
        hub.publish("soumy", "fr", update(9))
        await until(lambda: len(tab.events) == 2)
        await left(tab, task)

    live(scenario, ring=4)


def test_who_comes_back_to_a_server_that_has_just_started_fetches_the_page() -> None:
    async def scenario(hub: Hub) -> None:
        tab, task = await reading(hub, last="5.0")
        await left(tab, task)
        assert tab.events == [("", "reset")]
        fresh, task = await reading(hub, query="l=fr&since=5")
        await left(fresh, task)
        assert fresh.events == []

    live(scenario)


def test_a_reader_that_does_not_read_is_dropped_and_delays_nobody() -> None:
    async def scenario(hub: Hub) -> None:
        slow, slow_task = await reading(hub)
        slow.stuck = asyncio.Event()
        quick, quick_task = await reading(hub)
        hub.publish("soumy", "fr", update(1))
        await until(lambda: bool(quick.events))
        async with asyncio.timeout(5):
            await slow_task
        assert slow.events == []
        assert hub.readers == 1
        await left(quick, quick_task)

    live(scenario, patience=0.05)


def test_a_reader_that_the_ring_has_passed_is_let_go() -> None:
    async def scenario(hub: Hub) -> None:
        slow, task = await reading(hub)
        slow.stuck = asyncio.Event()
        for number in range(1, 12):
            hub.publish("soumy", "fr", update(number))
            await asyncio.sleep(0)
        slow.stuck.set()
        async with asyncio.timeout(5):
            await task
        assert slow.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        assert len(slow.events) < 11

    live(scenario, ring=3)


def test_a_silent_stream_beats() -> None:
    async def scenario(hub: Hub) -> None:
        tab, task = await reading(hub)
        await until(lambda: tab.text.count(":\n\n") >= 2)
        await left(tab, task)

    live(scenario, heartbeat=0.02)


def test_closing_the_hub_ends_all_streams() -> None:
    async def scenario(hub: Hub) -> None:
        _, task = await reading(hub)
        hub.close()
        async with asyncio.timeout(5):
            await task
        assert hub.readers == 0

    live(scenario)


@pytest.mark.parametrize("query", ["l=../x", "l=FRANCAIS", "l=%00"])
def test_a_language_that_is_none_is_not_found(query: str) -> None:
    async def scenario(hub: Hub) -> None:
        tab = Tab(hub, query=query)
        await tab.run()
        assert tab.sent[0]["status"] == 404
        assert hub.readers == 0

    live(scenario)


@pytest.mark.parametrize("last", ["x", "1.2.3", "-1", "9" * 400])
def test_an_id_that_is_none_starts_from_now(last: str) -> None:
    async def scenario(hub: Hub) -> None:
        hub.publish("soumy", "fr", update(1))
        tab, task = await reading(hub, last=last)
        await left(tab, task)
        assert tab.events == []

    live(scenario)


@pytest.mark.parametrize("path", ["/", "/soumy/", "/soumy/live/x", "/desk/live/y", "/live"])
def test_all_else_goes_to_the_desk(path: str) -> None:
    async def scenario(hub: Hub) -> None:
        tab = Tab(hub, path=path)
        await tab.run()
        assert tab.sent[0]["status"] == 299

    live(scenario)


def test_the_lifespan_goes_to_the_desk() -> None:
    async def scenario(hub: Hub) -> None:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "lifespan.startup"}

        await with_live(desk, hub)({"type": "lifespan"}, receive, send)
        assert sent == [{"type": "lifespan.passed"}]

    live(scenario)

"""The stream: who joins late, comes back, is slow or asks for nonsense."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from sourcier.publish.live import BATCH, LINE, Hub, with_live
from sourcier.publish.updates import Update


async def desk(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.passed"})
        return
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"desk"})


class Tab:
    """A browser's end of the stream, without a network: the connection that the server hands over."""

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
            "extensions": {LINE: self._take},
        }
        self.status = 0
        self.received: list[bytes] = []
        self.closed = False
        self._buffer: list[bytes] | None = None
        self._application = with_live(desk, hub)

    async def run(self) -> None:
        async def send(message: Any) -> None:
            self.status = message.get("status", self.status)

        await self._application(self.scope, self._receive, send)

    async def _receive(self) -> Any:
        raise AssertionError("nothing is read from a reader")

    def _take(self, reader: Any) -> Tab:
        self._reader = reader
        return self

    def write(self, wire: bytes) -> None:
        if self._buffer is None:
            self.received.append(wire)
        elif not self.closed:
            self._buffer.append(wire)
            self._reader.pause_writing()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self._reader.connection_lost, None)

    abort = leave = close

    def is_closing(self) -> bool:
        return self.closed

    def stop_reading(self) -> None:
        self._buffer = []

    def read_on(self) -> None:
        assert self._buffer is not None
        self.received += self._buffer
        self._buffer = None
        self._reader.resume_writing()

    @property
    def text(self) -> str:
        return b"".join(self.received).decode()

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


async def reading(hub: Hub, **options: Any) -> Tab:
    tab = Tab(hub, **options)
    await tab.run()
    assert tab.text.startswith("HTTP/1.1 200 OK\r\n")
    return tab


async def left(hub: Hub, tab: Tab) -> None:
    tab.leave()
    await until(lambda: hub.readers == 0)


def test_a_reader_gets_what_is_published_in_its_language() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub)
        hub.publish("soumy", "fr", update(1, html="ligne\nligne"))
        hub.publish("soumy", "en", update(1))
        hub.publish("autre", "fr", update(1))
        await until(lambda: bool(tab.events))
        await left(hub, tab)
        assert tab.events == [("1.0", "entry")]
        data = next(line for line in tab.text.splitlines() if line.startswith("data: "))
        assert json.loads(data[6:])["html"] == "ligne\nligne"
        assert "\r\ncontent-type: text/event-stream; charset=utf-8\r\n" in tab.text
        assert hub.readers == 0

    live(scenario)


def test_publishing_from_another_thread_wakes_readers() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub)
        thread = threading.Thread(target=hub.publish, args=("soumy", "fr", update(4)))
        thread.start()
        await until(lambda: tab.events == [("4.0", "entry")])
        thread.join()
        await left(hub, tab)

    live(scenario, heartbeat=60)


def test_ids_rise_within_one_sequence() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub)
        for number in (3, 3, 2, 4):
            hub.publish("soumy", "fr", update(number))
        await until(lambda: len(tab.events) == 4)
        await left(hub, tab)
        assert [key for key, _ in tab.events] == ["3.0", "3.1", "3.2", "4.0"]

    live(scenario)


def test_who_comes_back_goes_on_from_the_last_message() -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 6):
            hub.publish("soumy", "fr", update(number))
        tab = await reading(hub, last="3.0")
        await until(lambda: len(tab.events) == 2)
        await left(hub, tab)
        assert tab.events == [("4.0", "entry"), ("5.0", "entry")]

    live(scenario)


def test_the_newest_state_of_a_thing_is_enough() -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 4):
            hub.publish("soumy", "fr", part(number, "board", f"tag{number}"))
        tab = await reading(hub, last="1.0")
        await until(lambda: bool(tab.events))
        await left(hub, tab)
        assert tab.events == [("3.0", "board")]

    live(scenario)


def test_a_fresh_page_is_not_sent_what_it_holds() -> None:
    async def scenario(hub: Hub) -> None:
        hub.publish("soumy", "fr", update(6))
        hub.publish("soumy", "fr", part(7, "board", "old"))
        hub.publish("soumy", "fr", part(7, "board", "new"))
        hub.publish("soumy", "fr", part(7, "strip", "calm"))
        tab = await reading(hub, query="l=fr&since=7&have=new,loud")
        await until(lambda: bool(tab.events))
        await left(hub, tab)
        assert tab.events == [("7.2", "strip")]

    live(scenario)


@pytest.mark.parametrize("last", ["1.0", "99.0"])
def test_who_was_away_too_long_or_elsewhere_is_told_to_fetch_the_page(last: str) -> None:
    async def scenario(hub: Hub) -> None:
        for number in range(1, 9):
            hub.publish("soumy", "fr", update(number))
        tab = await reading(hub, last=last)
        await until(lambda: bool(tab.events))
        assert tab.events == [("", "reset")]
        hub.publish("soumy", "fr", update(9))
        await until(lambda: len(tab.events) == 2)
        await left(hub, tab)

    live(scenario, ring=4)


def test_who_comes_back_to_a_server_that_has_just_started_fetches_the_page() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub, last="5.0")
        await left(hub, tab)
        assert tab.events == [("", "reset")]
        fresh = await reading(hub, query="l=fr&since=5")
        await left(hub, fresh)
        assert fresh.events == []

    live(scenario)


def test_a_reader_that_does_not_read_is_dropped_and_delays_nobody() -> None:
    async def scenario(hub: Hub) -> None:
        slow, quick = await reading(hub), await reading(hub)
        slow.stop_reading()
        hub.publish("soumy", "fr", update(1))
        await until(lambda: bool(quick.events))
        assert hub.readers == 2
        await until(lambda: slow.closed)
        assert slow.events == []
        await until(lambda: hub.readers == 1)
        back = await reading(hub, query="l=fr&since=1")
        assert back.events == [("1.0", "entry")]

    live(scenario, heartbeat=0.02, patience=0.05)


def test_a_slow_reader_goes_on_where_it_stopped() -> None:
    async def scenario(hub: Hub) -> None:
        slow = await reading(hub)
        slow.stop_reading()
        for number in range(1, 12):
            hub.publish("soumy", "fr", update(number))
            await asyncio.sleep(0)
        slow.read_on()
        assert [key for key, _ in slow.events] == [f"{number}.0" for number in range(1, 12)]

    live(scenario)


def test_a_reader_that_the_ring_has_passed_is_let_go() -> None:
    async def scenario(hub: Hub) -> None:
        slow = await reading(hub)
        slow.stop_reading()
        for number in range(1, 12):
            hub.publish("soumy", "fr", update(number))
            await asyncio.sleep(0)
        slow.read_on()
        assert slow.closed
        assert len(slow.events) < 11

    live(scenario, ring=3)


def test_many_readers_are_reached_in_turns() -> None:
    async def scenario(hub: Hub) -> None:
        tabs = [await reading(hub) for _ in range(2 * BATCH + 1)]
        hub.publish("soumy", "fr", update(1))
        tabs[7].leave()
        await until(lambda: all(tab.events for tab in tabs if tab is not tabs[7]))

    live(scenario)


def test_a_silent_stream_beats() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub)
        await until(lambda: tab.text.count(":\n\n") >= 2)
        await left(hub, tab)

    live(scenario, heartbeat=0.02)


def test_closing_the_hub_ends_all_streams() -> None:
    async def scenario(hub: Hub) -> None:
        _ = await reading(hub)
        hub.close()
        await until(lambda: hub.readers == 0)

    live(scenario)


@pytest.mark.parametrize("query", ["l=../x", "l=FRANCAIS", "l=%00"])
def test_a_language_that_is_none_is_not_found(query: str) -> None:
    async def scenario(hub: Hub) -> None:
        tab = Tab(hub, query=query)
        await tab.run()
        assert tab.status == 404
        assert hub.readers == 0

    live(scenario)


@pytest.mark.parametrize("last", ["x", "1.2.3", "-1", "9" * 400])
def test_an_id_that_is_none_starts_from_now(last: str) -> None:
    async def scenario(hub: Hub) -> None:
        hub.publish("soumy", "fr", update(1))
        tab = await reading(hub, last=last)
        await left(hub, tab)
        assert tab.events == []

    live(scenario)


@pytest.mark.parametrize("path", ["/", "/soumy/", "/soumy/live/x", "/desk/live/y", "/live"])
def test_all_else_goes_to_the_desk(path: str) -> None:
    async def scenario(hub: Hub) -> None:
        tab = Tab(hub, path=path)
        await tab.run()
        assert tab.status == 299

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


def test_a_server_that_hands_no_connection_over_has_no_stream() -> None:
    async def scenario(hub: Hub) -> None:
        tab = Tab(hub)
        tab.scope["extensions"] = {}
        await tab.run()
        assert tab.status == 404
        assert hub.readers == 0

    live(scenario)


def test_nothing_is_written_to_a_connection_that_is_being_closed() -> None:
    async def scenario(hub: Hub) -> None:
        tab = await reading(hub)
        tab.closed = True  # its end has not yet been told
        hub.publish("soumy", "fr", update(1))
        await asyncio.sleep(0.05)
        assert tab.text.endswith("retry: 2000\n\n")

    live(scenario, heartbeat=0.01)

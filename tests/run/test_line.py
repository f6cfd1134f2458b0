"""Real connections: handed over, reused, cut, and ended with the server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from sourcier.publish.live import Hub, with_live
from sourcier.publish.updates import Update
from sourcier.run.line import Line

REQUEST = b"GET /soumy/live?l=fr%s HTTP/1.1\r\nhost: x\r\n%s\r\n"
PAGE = b"GET /soumy/ HTTP/1.1\r\nhost: x\r\n\r\n"
Scenario = Callable[[Hub, int, uvicorn.Server], Awaitable[None]]


async def page(scope: Any, receive: Any, send: Any) -> None:
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}
    )
    await send({"type": "http.response.body", "body": b"page"})


def served(scenario: Scenario) -> None:
    async def run() -> None:
        hub = Hub(heartbeat=0.05, patience=0.2)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            config = uvicorn.Config(
                with_live(page, hub), http=Line, log_level="error", lifespan="off", ws="none"
            )
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve([listening]))
            async with asyncio.timeout(20):
                await scenario(hub, listening.getsockname()[1], server)
                server.should_exit = True
                hub.close()
                await serving

    asyncio.run(run())


async def joined(port: int, query: bytes = b"", last: bytes = b"") -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST % (query, last))
    await reader.readuntil(b"retry: 2000\n\n")
    return reader, writer


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def update(number: int, size: int = 10) -> Update:
    return Update(sequence=number, kind="entry", data={"id": f"e{number}", "html": "x" * size})


def test_a_connection_that_served_a_page_is_handed_over() -> None:
    async def scenario(hub: Hub, port: int, server: uvicorn.Server) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(PAGE)
        await reader.readuntil(b"page")
        writer.write(REQUEST % (b"", b""))
        assert b"text/event-stream" in await reader.readuntil(b"retry: 2000\n\n")
        assert not server.server_state.connections
        hub.publish("soumy", "fr", update(1))
        assert b"id: 1.0\n" in await reader.readuntil(b"}\n\n")
        writer.close()
        await until(lambda: hub.readers == 0)

    served(scenario)


def test_a_cut_line_is_caught_up_exactly() -> None:
    async def scenario(hub: Hub, port: int, server: uvicorn.Server) -> None:
        reader, writer = await joined(port)
        hub.publish("soumy", "fr", update(1))
        await reader.readuntil(b"}\n\n")
        writer.transport.abort()
        await until(lambda: hub.readers == 0)
        for number in (2, 3, 4):
            hub.publish("soumy", "fr", update(number))
        reader, writer = await joined(port, last=b"last-event-id: 1.0\r\n")
        got = [await reader.readuntil(b"}\n\n") for _ in range(3)]
        assert [wire.split(b"\n")[0] for wire in got] == [b"id: 2.0", b"id: 3.0", b"id: 4.0"]
        writer.close()

    served(scenario)


@pytest.mark.slow
def test_a_reader_that_takes_nothing_is_dropped_and_resumed() -> None:
    async def scenario(hub: Hub, port: int, server: uvicorn.Server) -> None:
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect(("127.0.0.1", port))
            slow.sendall(REQUEST % (b"", b""))
            await until(lambda: hub.readers == 1)
            quick, writer = await joined(port)
            for number in range(1, 101):
                hub.publish("soumy", "fr", update(number, 60_000))
                await quick.readuntil(b'"}\n\n') if number < 3 else None
            reading = asyncio.create_task(quick.read())
            await until(lambda: hub.readers == 1)
        reader, back = await joined(port, last=b"last-event-id: 98.0\r\n")
        assert (await reader.readline()) == b"id: 99.0\n"
        back.close()
        writer.close()
        reading.cancel()

    served(scenario)


def test_streams_end_with_the_server() -> None:
    async def scenario(hub: Hub, port: int, server: uvicorn.Server) -> None:
        reader, writer = await joined(port)
        server.should_exit = True
        hub.close()
        await reader.read()
        writer.close()

    served(scenario)

"""How many open tabs one process carries: connections, memory, delivery, a reconnect storm, slow readers.

The load generator and the server share the machine, over the loopback alone. What is printed is told in
bench/readers.md. Bounded: each phase ends after `LIMIT` seconds, whatever came.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from sourcier.publish.live import Hub, with_live
from sourcier.publish.updates import Update
from sourcier.run.line import Line

LIMIT = 60.0
SIZE = 4_000
"""Characters of an update, about those of an entry of the demonstration."""
MESSAGES, PAUSE = 20, 1.0
SLOW, FLOOD = 20, 100
BUFFER = 32_768
"""Bytes that the system keeps for a tab that takes nothing; small, so that it is found out soon."""
SOURCES = 4
"""Loopback addresses from which tabs come, so that one's ports do not run out."""
TARGETS = "targets: 20 kB a connection, p99 0.5 s, storm 5 s"


def main() -> int:
    """Run all phases with as many tabs as asked for, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", type=int, nargs="?", default=1_000, help="default %(default)s")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        return _serve()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if not 0 < arguments.readers <= hard - 200:
        print(f"{arguments.readers} readers need more files than the {hard} allowed (ulimit -n)")
        return 2
    with Served() as served:
        _measure(served, arguments.readers)
    return 0


class Served:
    """The server in its own process, told by lines what to do."""

    def __enter__(self) -> Served:
        command = [sys.executable, "-m", "bench.readers", "--serve"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._line())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)

    def ask(self, order: str) -> int:
        """Give an order; return the number that it answers."""
        assert self._process.stdin
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


class Tabs:
    """Many open tabs in one loop; `seen` is the last id of each, `delays` of what arrived, in seconds."""

    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._poll = select.epoll()
        self.open: dict[int, socket.socket] = {}
        self.seen: dict[int, bytes] = {}
        self.delays: list[float] = []
        self.greeted = 0
        self._parts: dict[int, bytes] = {}
        self.count = count

    def connect(self, last: bytes = b"") -> None:
        """Open all connections and ask for the stream; `read` until all are greeted."""
        self.greeted = 0
        for number in range(self.count):
            tab = socket.socket()
            tab.bind((f"127.0.0.{2 + number % SOURCES}", 0))
            tab.connect(("127.0.0.1", self._port))
            after = b"last-event-id: %s\r\n" % last if last else b""
            tab.sendall(b"GET /story/live?l=fr HTTP/1.1\r\nhost: x\r\n%s\r\n" % after)
            tab.setblocking(False)
            self.open[tab.fileno()] = tab
            self._parts[tab.fileno()] = b""
            self._poll.register(tab, select.EPOLLIN)
            if number % 50 == 0:
                self.read(0)

    def read(self, wait: float) -> None:
        """Take what has arrived, waiting for at most `wait` seconds."""
        for number, _ in self._poll.poll(wait):
            data = self._parts[number] + self.open[number].recv(1 << 16)
            *whole, self._parts[number] = data.split(b"\n\n")
            now = time.monotonic()
            for message in whole:
                self._take(number, message, now)

    def close(self) -> None:
        """Cut all lines."""
        for tab in self.open.values():
            tab.close()
        self.open.clear()
        self.seen.clear()

    def _take(self, number: int, message: bytes, now: float) -> None:
        if message.endswith(b"retry: 2000"):
            self.greeted += 1
        elif message.startswith(b"id: "):
            self.seen[number] = message[4 : message.index(b"\n")]
            sent = message.rindex(b'"sent":')
            self.delays.append(now - float(message[sent + 7 : -1]))


def _measure(served: Served, count: int) -> None:
    tabs = Tabs(served.port, count)
    before = served.ask("memory")
    began = time.monotonic()
    tabs.connect()
    _until(tabs, lambda: tabs.greeted == count)
    joined = time.monotonic() - began
    print(f"connections     {served.ask('readers')} of {count} open, in {joined:.1f} s")
    print(f"memory          {(served.ask('memory') - before) / count / 1024:.1f} kB a connection")
    served.ask(f"publish {MESSAGES} {PAUSE}")
    _until(tabs, lambda: len(tabs.delays) == MESSAGES * count)
    _tell("delivery", tabs, MESSAGES * count)
    print(f"memory after it {(served.ask('memory') - before) / count / 1024:.1f} kB a connection")
    _storm(served, tabs, count)
    _slow(served, tabs, count)
    print(TARGETS)


def _tell(name: str, tabs: Tabs, wanted: int) -> None:
    delays = sorted(tabs.delays)
    middle, most = delays[len(delays) // 2], delays[int(len(delays) * 0.99)]
    print(
        f"{name:15} {len(delays)} of {wanted}; p50 {middle:.3f} s, p99 {most:.3f} s, max {delays[-1]:.3f} s"
    )


def _storm(served: Served, tabs: Tabs, count: int) -> None:
    last = next(iter(tabs.seen.values()))
    tabs.close()
    deadline = time.monotonic() + LIMIT
    while served.ask("readers") and time.monotonic() < deadline:
        time.sleep(0.1)
    served.ask("publish 1 0")
    time.sleep(0.2)
    tabs.delays.clear()
    began = time.monotonic()
    tabs.connect(last)
    _until(tabs, lambda: len(tabs.seen) == count)
    print(
        f"reconnect storm {len(tabs.seen)} of {count} back and caught up in {time.monotonic() - began:.1f} s"
    )


def _slow(served: Served, tabs: Tabs, count: int) -> None:
    """Let some tabs take nothing while much is published; count who is dropped, and bring them back."""
    before = served.ask("memory")
    stuck = [_stuck(served.port) for _ in range(SLOW)]
    time.sleep(0.5)
    tabs.delays.clear()
    served.ask(f"publish {FLOOD} {max(0.05, count / 20_000)}")
    _until(tabs, lambda: len(tabs.delays) >= FLOOD * count)
    _tell("beside the slow", tabs, FLOOD * count)
    deadline = time.monotonic() + LIMIT
    while (left := served.ask("readers")) > count and time.monotonic() < deadline:
        tabs.read(0.2)
    grown = (served.ask("memory") - before) / 1024
    print(
        f"slow readers    {count + SLOW - left} of {SLOW} dropped; the process grew by {grown:.0f} kB"
    )
    for tab in stuck:
        tab.close()
    last = next(iter(tabs.seen.values()))
    number = b"%d.0" % (int(last.split(b".")[0]) - 50)
    tabs.close()
    back = Tabs(served.port, SLOW)
    back.connect(number)
    _until(back, lambda: len(back.delays) >= 50 * SLOW)
    print(
        f"slow resumed    {sum(seen == last for seen in back.seen.values())} of {SLOW}, "
        f"{len(back.delays)} messages"
    )
    back.close()


def _stuck(port: int) -> socket.socket:
    tab = socket.socket()
    tab.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    tab.connect(("127.0.0.1", port))
    tab.sendall(b"GET /story/live?l=fr HTTP/1.1\r\nhost: x\r\n\r\n")
    return tab


def _until(tabs: Tabs, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not done() and time.monotonic() < deadline:
        tabs.read(0.1)


def _serve() -> int:
    hub = Hub(patience=3.0, heartbeat=2.0)
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    config = uvicorn.Config(
        with_live(_nothing, hub), http=Line, log_level="error", lifespan="off", backlog=4096
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    print(listening.getsockname()[1], flush=True)
    published = 0
    for line in sys.stdin:
        order, *rest = line.split()
        if order == "publish":
            begun = published
            published += int(rest[0])
            threading.Thread(target=_publish, args=(hub, begun, published, float(rest[1]))).start()
        answers: dict[str, Callable[[], int]] = {"memory": _memory, "readers": lambda: hub.readers}
        print(answers.get(order, int)(), flush=True)
    server.should_exit = True
    hub.close()
    thread.join()
    return 0


def _publish(hub: Hub, begun: int, end: int, pause: float) -> None:
    for number in range(begun + 1, end + 1):
        data = {"id": f"e{number}", "html": "x" * SIZE, "sent": time.monotonic()}
        hub.publish("story", "fr", Update(sequence=number, kind="entry", data=data))
        time.sleep(pause)


def _memory() -> int:
    gc.collect()
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line[:6] == "VmRSS:") * 1024


async def _nothing(*_: Any) -> None:
    raise AssertionError("only the stream is asked for")


if __name__ == "__main__":
    sys.exit(main())

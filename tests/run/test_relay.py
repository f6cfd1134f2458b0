"""The relay in front: a stand-in that may refuse, and nginx with nchan where this machine has it."""

from __future__ import annotations

import getpass
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from sourcier.problems import Problem
from sourcier.publish.updates import Update, updates
from sourcier.run.relay import Relay
from sourcier.types import Story
from tests.loopback import served
from tests.publish.test_open_tab import House, early, entry

NGINX = shutil.which(os.environ.get("SOURCIER_NGINX", "nginx"))
NCHAN = Path(os.environ.get("SOURCIER_NCHAN", "/usr/lib/nginx/modules/ngx_nchan_module.so"))
SCALE = Path(__file__).parents[2] / "docs/scale.md"


class Stand:
    """What a stand-in for a relay was given; it refuses the next `refuse` posts."""

    def __init__(self) -> None:
        self.refuse = 0
        self.taken: list[tuple[str, str, dict[str, object]]] = []
        self.more = threading.Semaphore(0)

    def wait(self, count: int) -> None:
        for _ in range(count):
            assert self.more.acquire(timeout=10)


@contextmanager
def relaying(address: str) -> Iterator[tuple[Relay, list[Problem]]]:
    problems: list[Problem] = []
    relay = Relay(address, report=problems.append, waits=(0.0, 0.0))
    relay.start()
    try:
        yield relay, problems
    finally:
        relay.stop()
        relay.join(timeout=10)


@contextmanager
def standing() -> Iterator[tuple[Stand, str]]:
    stand = Stand()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refused, stand.refuse = stand.refuse > 0, max(0, stand.refuse - 1)
            if not refused:
                stand.taken.append((self.path, self.headers["X-EventSource-Event"], body))
            self.send_response(503 if refused else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()
            stand.more.release()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address:
        yield stand, f"{address}/push"


def update(number: int) -> Update:
    return Update(sequence=number, kind="strip", data={"html": "<p>é</p>", "n": number})


def test_updates_are_posted_in_order_to_their_channel() -> None:
    with standing() as (stand, address), relaying(address) as (relay, problems):
        for number in range(3):
            relay.publish("soumy", "fr", update(number))
        stand.wait(3)
    assert [body["n"] for _, _, body in stand.taken] == [0, 1, 2]
    assert stand.taken[0][:2] == ("/push?id=soumy.fr", "strip")
    assert problems == []


def test_what_was_refused_is_tried_again() -> None:
    with standing() as (stand, address), relaying(address) as (relay, problems):
        stand.refuse = 1
        relay.publish("soumy", "fr", update(1))
        stand.wait(2)
    assert [kind for _, kind, _ in stand.taken] == ["strip"]
    assert problems == []


def test_after_a_loss_tabs_are_told_to_fetch_the_page() -> None:
    with standing() as (stand, address), relaying(address) as (relay, problems):
        stand.refuse = 2
        relay.publish("soumy", "fr", update(1))
        relay.publish("soumy", "fr", update(2))
        relay.publish("soumy", "en", update(2))
        stand.wait(5)
    assert [(path[-2:], kind) for path, kind, _ in stand.taken] == [
        ("fr", "sync"),
        ("fr", "strip"),
        ("en", "strip"),
    ]
    assert [problem.code for problem in problems] == ["relay_failed"]


def test_an_address_that_is_none_is_reported() -> None:
    with relaying("http://[nowhere/push") as (relay, problems):
        relay.publish("soumy", "fr", update(1))
        while not problems:
            time.sleep(0.01)
    assert problems[0].code == "relay_failed"


class Nginx:
    """nginx with nchan, configured as docs/scale.md says, before a server on the loopback."""

    def __init__(self, folder: Path, behind: str) -> None:
        self._port, self._push = _free_ports()
        self.address = f"http://127.0.0.1:{self._port}/"
        self.push = f"http://127.0.0.1:{self._push}/push"
        self._folder = folder
        (folder / "nginx.conf").write_text(self._configuration(behind))
        self.start()

    def _configuration(self, behind: str) -> str:
        found = re.search(r"```nginx\n(map.*?)```", SCALE.read_text(encoding="utf-8"), re.DOTALL)
        assert found
        told = found[1].replace("listen 8080", f"listen 127.0.0.1:{self._port}")
        told = told.replace("127.0.0.1:8081", f"127.0.0.1:{self._push}")
        told = told.replace("127.0.0.1:8000", behind)
        temporary = "".join(
            f"{name}_temp_path {self._folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"load_module {NCHAN};\ndaemon off;\nuser {getpass.getuser()};\npid {self._folder}/pid;\n"
            f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{told}}}\n"
        )

    def start(self) -> None:
        log = self._folder / "error.log"
        command = [str(NGINX), "-p", str(self._folder), "-c", "nginx.conf", "-e", str(log)]
        self._process = subprocess.Popen(command)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(log.read_text() if log.exists() else "nginx did not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


class Relayed(House):
    """A story whose stream goes through the relay alone."""

    relay: Relay

    def show(self, story: Story) -> None:
        before, self.story = self.story, story
        for each in updates(before, story, "fr"):
            self.relay.publish("soumy", "fr", each)


@contextmanager
def nchan_before(story: Story, folder: Path) -> Iterator[tuple[Relayed, Nginx]]:
    house = Relayed(story)
    try:
        nginx = Nginx(folder, house.address.split("/")[2])
        try:
            yield house, nginx
        finally:
            nginx.stop()
    finally:
        house.close()


@pytest.mark.browser
@pytest.mark.skipif(
    NGINX is None or not NCHAN.exists(), reason="no nginx with nchan (libnginx-mod-nchan)"
)
def test_the_stream_through_nchan(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    with nchan_before(early(), tmp_path) as (house, nginx):
        with relaying(nginx.push) as (house.relay, problems):
            tab = context.new_page()
            tab.goto(nginx.address + "soumy/")
            expect(tab.locator("#pill")).to_be_hidden()
            house.add(entry("a9"))
            expect(tab.locator("#pill")).to_be_visible()  # one that was open

            late = context.new_page()
            late.goto(nginx.address + "soumy/")
            late.wait_for_timeout(500)
            expect(late.locator("#pill")).to_be_hidden()  # what its page had is not new to it
            house.change(entry("a5"))
            for page in (tab, late):
                expect(page.locator("#e-a5")).to_contain_text("retirée à 07:12")

            nginx.stop()  # and with it all that it kept
            house.add(entry("a12"))
            while not problems:
                tab.wait_for_timeout(20)
            nginx.start()
            last = {"n": house.story.sequence, "id": "e-none", "html": ""}
            event = {"X-EventSource-Event": "entry"}
            httpx.post(nginx.push, params={"id": "soumy.fr"}, json=last, headers=event)
            # the relay lost an entry and yet sends what came after it
            expect(late.locator("#pill")).to_be_visible(timeout=15_000)
            late.locator("#pill").click()
            expect(late.locator("#e-a12")).to_be_visible()
        context.close()

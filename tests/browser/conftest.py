"""A real Chromium against a real demo, started once for all browser tests and ended with them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playwright.sync_api import BrowserContext, Page, expect


@dataclass
class Demo:
    """A running demo: its address, its password, its output."""

    address: str
    password: str
    process: subprocess.Popen[str]
    output: IO[str]

    @property
    def page(self) -> str:
        """The address of the first story's live page."""
        return f"{self.address}ukraine/"


def start_demo(folder: Path, speed: float, port: int) -> Demo:
    command = [sys.executable, "-u", "-m", "sourcier", "demo", "--speed", str(speed)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    address = password = ""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(r"Live page\s+(http://\S+)", line):
            address = found.group(1)
        if found := re.search(r"password (\S+)", line):
            password = found.group(1)
            break
    assert address and password, "".join(lines)
    return Demo(address, password, process, process.stdout)


def end_demo(demo: Demo) -> str:
    """Stop a demo as Ctrl-C does and return what it still printed."""
    demo.process.send_signal(signal.SIGINT)
    rest, _ = demo.process.communicate(timeout=30)
    return rest


@contextmanager
def running_demo(folder: Path, speed: float, port: int) -> Iterator[Demo]:
    """Run a demo, and end it whatever happens."""
    demo = start_demo(folder, speed, port)
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            end_demo(demo)


def sign_in(context: BrowserContext, demo: Demo) -> Page:
    """Sign in to the desk of the demo's first story."""
    page = context.new_page()
    page.goto(demo.address + "desk/")
    page.fill("input[name=login]", "demo")
    page.fill("input[name=password]", demo.password)
    page.keyboard.press("Enter")
    expect(page.locator("#wall")).to_be_visible()
    return page


def write_entry(desk: Page, headline: str) -> None:
    """Write a new entry, bound to nothing, and publish it."""
    desk.goto(desk.url.split("?")[0].split("#")[0] + "?entry=new")
    desk.fill("textarea[name=text-fr]", headline)
    desk.fill("textarea[name=text-en]", headline)
    desk.click("button[value=publish]")
    expect(desk.locator(".ok")).to_be_visible()


def change(desk: Page, entry: str, do: str, *, note: str, headline: str | None = None) -> None:
    """Correct or retract the published entry whose headline starts with `entry`."""
    listed = desk.locator(".last li", has_text=entry).filter(
        has_not_text=re.compile(r"Correction\s*:")
    )
    listed.first.locator("a").click()
    for language in ("fr", "en"):
        if headline is not None:
            desk.fill(f"textarea[name=text-{language}]", headline)
        desk.fill(f"textarea[name=note-{language}]", note)
    desk.click(f"button[value={do}]")
    expect(desk.locator(".ok")).to_be_visible()

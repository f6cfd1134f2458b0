"""What browser tests of the desk share: a demo that has played, a second user, signing in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Demo, running_demo

PASSWORD = "un long mot de passe"
"""Oleh's."""


@contextmanager
def played(folder: Path, port: int, role: str) -> Iterator[Demo]:
    """Yield a demo whose stream is over, at whose desk oleh has `role` beside the demo's own user."""
    with running_demo(folder, speed=60, port=port) as demo:
        for line in demo.output:
            if "The stream is over" in line:
                break
        add = (
            "import django; django.setup()\n"
            "from sourcier.desk import store\n"
            f"store.save_user('oleh', {PASSWORD!r}, {role!r})\n"
        )
        settings = {
            "SOURCIER_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "sourcier.desk.settings",
        }
        subprocess.run([sys.executable, "-c", add], env=os.environ | settings, check=True)
        yield demo


def signed_in(context: BrowserContext, demo: Demo, name: str, password: str) -> Page:
    """Return a page at the desk of `demo`, signed in."""
    page = context.new_page()
    page.goto(demo.address + "desk/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    expect(page.locator("#wall")).to_be_visible()
    return page

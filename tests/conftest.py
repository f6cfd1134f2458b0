"""What all tests share: how many examples are tried, and a real Chromium where there is one.

`pytest --hypothesis-profile=thorough` tries many more examples, the same ones each time: a test that
fails, fails again. Other examples each time are what `make fuzz` is for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

# No deadline and no complaint of slowness: the first example pays for what is built once.
QUIET = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("fast", QUIET, max_examples=25, derandomize=True)
settings.register_profile("thorough", QUIET, max_examples=150, derandomize=True)
settings.load_profile("fast")

PATIENCE = 30_000
"""Milliseconds that a test waits for what a page must show: a busy machine may be slow."""

expect.set_options(timeout=PATIENCE)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy PostgreSQL's empty template: of the other one no two processes may make a database at once."""
    connection.settings_dict["TEST"]["TEMPLATE"] = "template0"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium, headless; skip with a line that says so where there is none.

    It ends with its module: as long as it runs, its thread cannot start another event loop.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()

"""Open tabs on a static server: they poll the pointer, catch up, and stop when the story closes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from sourcier.publish import pointer
from sourcier.publish.edition import Press
from sourcier.publish.folder import put
from sourcier.publish.view import SHOWN
from sourcier.types import Story
from tests.publish.sumy import sumy
from tests.publish.test_open_tab import early

pytestmark = pytest.mark.browser
GONE, BACK, SAME = (f"n{40 - SHOWN + number}" for number in (1, 2, 3))
# Without sources: a page carries those of the newest entries alone.
FEED = """() => [...document.querySelectorAll('#feed .e, #feed .bgc')].map(e => {
  const copy = e.cloneNode(true); copy.querySelector('.p')?.remove();
  return [e.id, e.dataset.v, copy.textContent.replace(/non lu/g, '').replace(/\\s+/g, ' ').trim()]; })"""
PARTS = "() => ['strip','keys','board'].map(id => document.getElementById(id).textContent)"


class Static:
    """A folder behind a plain static server on the loopback; `put` writes a state into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.press = Press()
        self.asked: list[str] = []
        static = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                static.asked.append(self.path)

        handler = partial(Handler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def put(self, story: Story) -> None:
        edition = self.press.edition(story)
        assert edition
        put(edition, self.folder, now=datetime.now(UTC), keep=timedelta(hours=1))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Static]:
    monkeypatch.setattr(pointer, "BUSY", 1)
    monkeypatch.setattr(pointer, "CALM", 1)
    served = Static(tmp_path)
    served.put(early())
    yield served
    served.close()


@pytest.fixture
def tab(browser: Browser, static: Static) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, timezone_id="Europe/Paris"
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(static.address)
    yield page
    context.close()
    assert [line for line in problems if "ERR_" not in line] == []


def same_as_fresh(tab: Page) -> None:
    """Compare the tab with a page that is fetched now."""
    fresh = tab.context.new_page()
    fresh.goto(tab.url)
    if tab.locator("#pill").is_visible():
        tab.locator("#pill").click()
    assert tab.evaluate(FEED) == fresh.evaluate(FEED)
    assert tab.evaluate(PARTS) == fresh.evaluate(PARTS)
    fresh.close()


def test_an_open_tab_catches_up_with_the_folder(tab: Page, static: Static) -> None:
    static.put(sumy())
    expect(tab.locator("#e-a4 .cor")).to_be_visible()
    expect(tab.locator("#pill")).to_contain_text("nouveautés")
    same_as_fresh(tab)


def test_a_cut_line_is_caught_up(tab: Page, static: Static) -> None:
    tab.context.set_offline(True)
    static.put(sumy())
    tab.wait_for_timeout(1500)
    tab.context.set_offline(False)
    expect(tab.locator("#e-a4 .cor")).to_be_visible()
    same_as_fresh(tab)


def test_a_tab_with_nothing_new_fetches_the_pointer_alone(tab: Page, static: Static) -> None:
    tab.wait_for_timeout(2500)
    assert {path for path in static.asked if path != "/"} == {"/live.json"}


def test_a_story_that_closes_is_shown_closed_and_asked_no_more(tab: Page, static: Static) -> None:
    static.put(msgspec.structs.replace(sumy(), closed=True))
    expect(tab.locator(".live .off")).to_be_visible()
    tab.wait_for_timeout(2000)
    asked = len(static.asked)
    tab.wait_for_timeout(2500)
    assert len(static.asked) == asked


def long_story(*, corrected: bool) -> Story:
    """Return a story of forty entries, or of forty-eight of which three old ones were changed."""
    pattern = next(entry for entry in early().entries if entry.id == "a1")
    changed = {GONE: ("corrected", 2), BACK: ("retracted", 2), "n35": ("corrected", 2)}
    entries = []
    for number in range(48 if corrected else 40):
        key = f"n{number}"
        state, version = changed.get(key, ("published", 1)) if corrected else ("published", 1)
        moment = pattern.published + timedelta(minutes=number)
        texts = {
            code: msgspec.structs.replace(text, headline=f"{key} {state}")
            for code, text in pattern.texts.items()
        }
        entries.append(
            msgspec.structs.replace(
                pattern,
                id=key,
                state=state,
                version=version,
                sequence=number + 10 * version,
                published=moment,
                updated=moment,
                texts=texts,
            )
        )
    story = early()
    return msgspec.structs.replace(
        story, entries=tuple(reversed(entries)), sequence=200 if corrected else 100
    )


def test_what_changed_after_it_left_the_first_view_is_not_shown_as_it_was(
    browser: Browser, static: Static
) -> None:
    static.put(long_story(corrected=False))
    page = browser.new_page()
    page.goto(static.address)
    expect(page.locator(f"#e-{GONE}")).to_be_visible()
    static.put(long_story(corrected=True))
    expect(page.locator("#e-n35")).to_contain_text("n35 corrected")
    expect(page.get_by_text(f"{GONE} published")).to_have_count(0)
    expect(page.locator(f"#e-{GONE}.gone a")).to_have_attribute(
        "href", re.compile(rf"e-{GONE}\.fr\.html$")
    )
    expect(page.get_by_text(f"{BACK} published")).to_have_count(0)
    expect(page.locator(f"#e-{SAME}")).to_contain_text(f"{SAME} published")  # unchanged: it stays
    page.close()


def test_it_is_complete_without_script(browser: Browser, static: Static) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(static.address)
    page.locator("#e-a4 h3 a").click()
    assert "e-a4.fr.html" in page.url
    page.locator(".crumb a").click()
    page.get_by_role("link", name="en", exact=True).click()
    assert "index.en.html" in page.url
    context.close()


def test_it_opens_from_disk(browser: Browser, static: Static) -> None:
    page = browser.new_page()
    page.goto((static.folder / "index.html").as_uri())
    expect(page.locator("#e-a4")).to_be_visible()
    page.close()

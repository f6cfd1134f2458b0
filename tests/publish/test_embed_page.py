"""The embed's page in a real browser: narrow and wide, light and dark, in each language, and accessible."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sourcier.messages import languages
from sourcier.publish.embed import embed_page
from sourcier.publish.links import Links
from sourcier.publish.view import View
from sourcier.types import Story
from tests.publish.sumy import sumy
from tests.publish.trypont import trypont

pytestmark = pytest.mark.browser
BASE = "https://direct.example/"
ENTRIES = [(sumy, "a11"), (sumy, "a4"), (trypont, "bridge"), (trypont, "rumour"), (trypont, "none")]


@pytest.fixture(params=[(320, "dark"), (320, "light"), (600, "dark"), (600, "light")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 600}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def show(page: Page, made: Callable[[], Story], key: str, language: str) -> None:
    """Open the embed of an entry, answered as a server would: with its own policy."""
    story = made()
    links = Links(BASE, story.slug, language, "fr")
    found = embed_page(View(story, language, links), key)
    address = f"{BASE}{story.slug}/e/{key}/embed"
    page.route(
        address, lambda route: route.fulfill(body=found.html, headers=found.headers, status=200)
    )
    page.goto(address)


@pytest.mark.parametrize(
    ("made", "key"), ENTRIES, ids=lambda found: getattr(found, "__name__", found)
)
def test_the_embed_is_accessible_and_fits(page: Page, made: Callable[[], Story], key: str) -> None:
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for language in languages():
        show(page, made, key, language)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.unroute_all()
    assert wrong == []


def test_the_embed_follows_the_readers_colours(page: Page) -> None:
    show(page, sumy, "a11", "fr")
    dark = page.evaluate("matchMedia('(prefers-color-scheme:dark)').matches")
    channels = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert (max(channels) < 80) == dark

"""A frozen story opened from disk, as a file that somebody kept: no server, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import quote

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from sourcier.publish.links import FileLinks
from sourcier.publish.search import search
from sourcier.publish.site import write_site
from sourcier.publish.view import View
from sourcier.types import EntryText
from tests.publish.sumy import sumy

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_frozen_story_opens_from_disk(browser: Browser, tmp_path: Path, script: bool) -> None:
    write_site(sumy(), tmp_path, ("fr", "en", "uk", "ru"))
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 320, "height": 800}
    )
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("#feed .e")).to_have_count(9)
    page.locator("#e-a4 summary").click()
    expect(page.locator("#e-a4 blockquote mark").first).to_be_visible()
    expect(page.locator("form")).to_have_attribute("action", "search.html")  # no server
    expect(page.locator("#who details")).not_to_have_count(0)
    page.locator("#e-a4 .cor a").click()
    expect(page.locator("article").first).to_contain_text("a pris fin")
    page.go_back()
    page.locator(".lang a[lang=uk]").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("#feed .e")).to_have_count(9)
    page.go_back()
    page.locator("#carte .zoom a").click()
    expect(page.locator("#v-all")).to_be_visible()
    page.locator("#v-all .zl a", has_text="Soumy").first.click()
    expect(page.locator("#v-692194 h2")).to_have_text("Soumy")
    expect(page.locator("#v-all")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#v-692194 .narrow .pin").first.click()
    expect(page.locator("#feed .e:target")).to_be_visible()
    assert problems == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


def test_a_frozen_story_is_for_everyone(browser: Browser, tmp_path: Path) -> None:
    write_site(sumy(), tmp_path, ("fr",))
    # axe is put into the page, which the page's own policy forbids
    index = tmp_path / "index.html"
    text = index.read_text(encoding="utf-8")
    start = text.index('<meta http-equiv="Content-Security-Policy"')
    index.write_text(text[:start] + text[text.index(">", start) + 1 :], encoding="utf-8")
    page = browser.new_page()
    page.goto(index.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("fr", "ALERTE"),
        ("fr", "blesses"),
        ("fr", "l'alerte soumy"),
        ("en", "Alerts"),
        ("uk", "тривогою"),
        ("uk", "п'ять"),
        ("ru", "тревоги"),
        ("ru", "ёлка"),
    ],
)
def test_a_folder_is_searched_from_disk(
    browser: Browser, tmp_path: Path, code: str, query: str
) -> None:
    write_site(sumy(), tmp_path, ("fr", "en", "uk", "ru"))
    links = FileLinks("", "soumy", code, "fr")
    expected = search(View(sumy(), code, links), query)
    page = browser.new_page(viewport={"width": 320, "height": 800})
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((tmp_path / links.home).as_uri())
    page.locator("input[name=q]").fill(query)
    page.locator("form.sr button").click()
    expect(page.locator("#say")).to_contain_text(query)
    found = page.locator("#all > li:visible > a")
    assert [one.get_attribute("href") for one in found.all()] == [
        one.href for one in expected.found
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert problems == []
    page.close()


WORDS = [
    "L’Été",
    "cœur",
    "ÆTHER",
    "Straße",
    "Łódź",
    "Smørrebrød",
    "ﬁn",
    "naïve",
    "aujourd’hui",
    "½",
    "x²",
    "İzmir",
    "П’ять",
    "П'ять",
    "Пʼять",
    "ґрунт",
    "Ёлка",
    "їжак",
    "Йод",
    "ЄС",
    "объезд",
    "5-й",
    "Ναός",
    "ǅ",
    "東京",
    "éte",
]


@pytest.mark.parametrize("code", ["fr", "uk"])
def test_script_and_python_fold_alike(browser: Browser, tmp_path: Path, code: str) -> None:
    replace, first = msgspec.structs.replace, sumy().entries[0]
    entries = tuple(
        replace(first, id=f"w{n}", claims=(), texts={code: EntryText(headline="Titre", body=word)})
        for n, word in enumerate(WORDS)
    )
    story = replace(sumy(), entries=entries, languages=(code,))
    write_site(story, tmp_path, (code,))
    view = View(story, code, FileLinks("", "soumy", code, code))
    page = browser.new_page()
    for word in (*WORDS, *(word.upper() for word in WORDS), *(word.lower() for word in WORDS)):
        page.goto(f"{(tmp_path / 'search.html').as_uri()}?q={quote(word)}")
        shown = page.locator("#all > li:not([hidden]) > a").evaluate_all(
            "found => found.map(one => one.getAttribute('href'))"
        )
        assert shown == [one.href for one in search(view, word).found], word
    page.close()


def test_without_script_the_search_page_lists_all_there_is(
    browser: Browser, tmp_path: Path
) -> None:
    write_site(sumy(), tmp_path, ("fr",))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "search.html").as_uri() + "?q=alerte")
    expect(page.locator("#hint")).to_be_visible()
    standing = [entry for entry in sumy().entries if entry.state != "retracted"]
    expect(page.locator("#all > li:visible")).to_have_count(len(standing))
    page.locator("#all > li > a").first.click()
    expect(page.locator("article").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_search_page_is_for_everyone(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    write_site(sumy(), tmp_path, ("fr",))
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "search.html").as_uri() + "?q=alerte")
    expect(page.locator("#all mark").first).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "code", "at"), [(320, "uk", ""), (1280, "fr", "#v-692194")])
def test_the_map_page_is_for_everyone(
    browser: Browser,
    tmp_path: Path,
    scheme: Literal["light", "dark"],
    width: int,
    code: str,
    at: str,
) -> None:
    write_site(sumy(), tmp_path, ("fr", "uk"))
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto((tmp_path / FileLinks("", "soumy", code, "fr").map).as_uri() + at)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    layer = "narrow" if width == 320 else "wide"
    assert page.locator(f".{layer} .pin:visible").count() > 0
    for pin in page.locator(".pin:visible").all():
        box = pin.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()

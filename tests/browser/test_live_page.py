"""The live page in a real browser, while the demonstration plays: what `make demo` shows a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo, change, end_demo, running_demo, sign_in, write_entry

pytestmark = pytest.mark.browser

FEED = """() => [...document.querySelectorAll('#feed .e, #feed .bgc')].map(e =>
  [e.id, e.dataset.v, e.classList.contains('gone'), e.querySelector('h3')?.textContent || ''])"""
PARTS = "() => ['strip', 'keys', 'board'].map(id => document.getElementById(id).textContent)"
# The stream tells how far the tab has come; the page itself keeps that to itself.
LISTEN = """
const Stream = EventSource;
window.last = 0;
window.EventSource = class extends Stream {
  addEventListener(name, act) {
    super.addEventListener(name, (event) => {
      act(event);
      window.last = Math.max(window.last, parseInt(event.lastEventId, 10) || 0);
    });
  }
};
"""
WATCH = """() => {
  window.strips = []; window.gone = 0;
  const look = () => {
    window.strips.push(document.getElementById('strip').textContent.replace(/\\s+/g, ' '));
    window.gone = Math.max(window.gone, document.querySelectorAll('#feed .gone').length);
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true}); look();
}"""


@pytest.fixture(scope="module")
def playing(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Demo, Page, str]]:
    """Yield a demo that has played to its end, and a tab that was open from its beginning."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    with running_demo(tmp_path_factory.mktemp("demo"), speed=15, port=8410) as demo:
        tab = context.new_page()
        tab.add_init_script(LISTEN)
        tab.goto(demo.page)
        tab.evaluate(WATCH)
        played = []
        for line in demo.output:
            played.append(line)
            if "The stream is over" in line:
                break
        settle(tab, demo.page)
        yield demo, tab, "".join(played)
    context.close()


def settle(tab: Page, address: str) -> None:
    """Wait until what a new page would hold has reached the tab."""
    page = fresh(tab, address)
    newest = max(
        page.evaluate("() => [...document.querySelectorAll('[data-s]')].map(e => +e.dataset.s)")
    )
    page.close()
    tab.wait_for_function(f"() => window.last >= {newest}", timeout=30_000)


def fresh(tab: Page, address: str) -> Page:
    page = tab.context.new_page()
    page.goto(address)
    return page


def test_the_demo_plays_without_a_problem(playing: tuple[Demo, Page, str]) -> None:
    assert "problem:" not in playing[2]
    assert "Traceback" not in playing[2]


def test_new_entries_wait_behind_the_pill_and_then_the_tab_is_what_a_new_one_is(
    playing: tuple[Demo, Page, str],
) -> None:
    demo, tab, _ = playing
    pill = tab.locator("#pill")
    expect(pill).to_be_visible()
    announced = int(re.sub(r"\D", "", pill.inner_text()))
    assert announced > 10
    pill.click()
    expect(pill).to_be_hidden()
    new = fresh(tab, demo.page)
    page = new.evaluate(FEED)
    assert len(page) > 30
    assert tab.evaluate(FEED)[: len(page)] == page  # a new page holds the latest entries alone
    assert tab.evaluate(PARTS) == new.evaluate(PARTS)
    new.close()


def test_an_alert_opened_and_closed_on_the_open_tab(playing: tuple[Demo, Page, str]) -> None:
    strips = playing[1].evaluate("window.strips")
    told = ["en vigueur" in strip for strip in strips]
    assert len(set(strips)) > 3, "the strip never changed"
    assert any(told)
    areas = [
        set(re.findall(r"Alerte [\w ]+?, ([\w’ -]+?) (?:Observée|Depuis)", strip))
        for strip in strips
    ]
    closed = set.union(*areas) - areas[-1]
    assert closed, "no alert was ever lifted"


def test_a_retracted_entry_is_gone_from_the_open_tab(playing: tuple[Demo, Page, str]) -> None:
    tab = playing[1]
    gone = tab.locator("#feed .gone")
    assert gone.count() >= 1
    assert tab.locator("#feed .k-fix", has_text="Rétractation").count() >= 1
    struck = gone.first
    assert struck.locator("details, .by").count() == 0


def test_a_toll_keeps_its_history(playing: tuple[Demo, Page, str]) -> None:
    tab = playing[1]
    assert tab.locator("#board svg[role=img]").count() >= 2
    assert tab.locator("#board table del").count() >= 1, "no superseded figure is kept"
    assert tab.locator("#board svg[role=img]").first.get_attribute("aria-label")


def test_copies_do_not_count_as_origins(playing: tuple[Demo, Page, str]) -> None:
    labels = playing[1].locator("#feed .o b").all_inner_texts()
    counts = [tuple(map(int, re.findall(r"\d+", label))) for label in labels]
    assert any(outlets >= 3 and origins == 1 for outlets, origins in counts)
    assert all(origins >= 1 for _, origins in counts)


def test_an_entry_unfolds_to_the_exact_words(playing: tuple[Demo, Page, str]) -> None:
    tab = playing[1]
    summary = tab.locator("#feed .e:not(.gone) .o").first
    summary.scroll_into_view_if_needed()
    summary.click()
    panel = tab.locator("#feed details[open]").first
    expect(panel.locator("blockquote mark").first).to_be_visible()
    expect(panel.locator("code").first).to_be_visible()
    assert re.fullmatch(r"[0-9a-f]{4} [0-9a-f]{4}", panel.locator("code").first.inner_text())


def test_a_cut_line_is_caught_up(playing: tuple[Demo, Page, str], browser: Browser) -> None:
    demo, tab, _ = playing
    context = browser.new_context()
    headline = "Une entrée écrite pendant la coupure"
    desk = sign_in(context, demo)
    tab.context.set_offline(True)
    try:
        write_entry(desk, headline)
    finally:
        tab.context.set_offline(False)
    expect(tab.locator("#pill")).to_be_visible()
    tab.locator("#pill").click()
    expect(tab.locator("#feed h3", has_text=headline)).to_be_visible()
    context.close()


def test_what_an_editor_corrects_and_retracts_reaches_the_open_tab(
    playing: tuple[Demo, Page, str], browser: Browser
) -> None:
    demo, tab, _ = playing
    context = browser.new_context()
    desk = sign_in(context, demo)
    write_entry(desk, "Le pont du sud est fermé")
    take_new(tab)
    entry = tab.locator("#feed .e", has=tab.locator("h3", has_text="Le pont du sud est fermé"))
    address = f"#{entry.get_attribute('id')}"

    change(
        desk,
        "Le pont du sud",
        "correct",
        note="Le pont est celui du nord.",
        headline="Le pont du nord est fermé",
    )
    expect(tab.locator(address).locator("h3")).to_have_text("Le pont du nord est fermé")
    expect(tab.locator(address).locator(".cor")).to_contain_text("celui du nord")

    change(desk, "Le pont du nord", "retract", note="Le pont est ouvert.")
    expect(tab.locator(address)).to_have_class(re.compile(r"\bgone\b"))
    expect(tab.locator(address).locator("h3")).to_have_count(0)
    context.close()


def test_the_wall_shows_an_event_with_its_sources_and_claims(
    playing: tuple[Demo, Page, str], browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    desk = sign_in(context, playing[0])
    desk.locator("#list a").first.click()
    expect(desk.locator("#ev blockquote mark").first).to_be_visible()
    expect(desk.locator("#ev table .key").first).to_be_visible()
    assert desk.locator("textarea[name=text-fr]").input_value().strip()
    context.close()


def take_new(tab: Page) -> None:
    pill = tab.locator("#pill")
    expect(pill).to_be_visible()
    pill.click()
    expect(pill).to_be_hidden()


def test_the_page_is_complete_without_script(
    playing: tuple[Demo, Page, str], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(playing[0].page)
    assert page.locator("#feed .e").count() > 30
    page.locator("#feed .e:not(.gone) .o").first.click()
    expect(page.locator("details[open] blockquote").first).to_be_visible()
    page.goto(playing[0].page)  # an older entry's source is on its own page
    page.fill("#at", "06:30")
    page.locator(".tm button").click()
    expect(page.locator(".then")).to_be_visible()
    context.close()


def test_the_page_as_it_stood_at_a_minute(
    playing: tuple[Demo, Page, str], browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(playing[0].page + "?l=uk")
    slider = page.locator("#rg")
    now = page.locator("#at").input_value()
    slider.focus()
    page.keyboard.press("Home")
    then = page.locator("#at").input_value()
    assert then != now
    expect(page.locator("#vu")).to_contain_text(then.replace("T", " "))
    slider.fill(str(int(slider.get_attribute("max") or 0) // 2))
    page.locator(".tm button").click()
    expect(page.locator(".then")).to_be_visible()
    expect(page.locator(".live b")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    asked = page.url.rpartition("at=")[2]
    page.locator(".lang a[lang=fr]").click()  # the same minute in another language
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(".then")).to_be_visible()
    assert asked.replace("%3A", ":")[-5:] in page.url.replace("%3A", ":")
    page.locator(".then a").click()
    expect(page.locator(".live b")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["", "ukraine/", "ukraine/?l=en", "ukraine/?l=uk", "hokkaido/"])
def test_no_sideways_scroll_and_no_console_error(
    playing: tuple[Demo, Page, str], browser: Browser, width: int, scheme: str, path: str
) -> None:
    options = {"width": width, "height": 800}
    context = browser.new_context(viewport=options, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(playing[0].address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    context.close()


def test_the_second_story_is_another_country_in_another_zone(
    playing: tuple[Demo, Page, str],
) -> None:
    page = fresh(playing[1], playing[0].address + "hokkaido/?l=en")
    assert "Hokkaido" in page.title()
    assert page.locator("#feed .e").count() > 5
    assert page.locator("#feed .when", has_text="Tokyo").count() > 0
    page.close()


def test_ctrl_c_stops_the_demo_cleanly(browser: Browser, tmp_path: Path) -> None:
    with running_demo(tmp_path, speed=50, port=8440) as demo:
        rest = end_demo(demo)
    assert demo.process.returncode == 0
    assert "Stopped." in rest and "Traceback" not in rest

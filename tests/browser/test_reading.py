"""What a reader does with the live page: reads it twice over, prints it, holds it in the hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from sourcier.publish.pointer import interval
from tests.publish.sumy import sumy
from tests.publish.test_open_tab import House, entry, house, looks, tab

pytestmark = pytest.mark.browser
__all__ = ["house", "tab"]  # fixtures


def test_two_tabs_take_the_same_and_each_keeps_its_own_place(tab: Page, house: House) -> None:
    other = tab.context.new_page()
    with other.expect_response(lambda response: "/live" in response.url):
        other.goto(house.address)
    house.add(entry("a11"))
    house.change(entry("a4"))
    for page in (tab, other):
        expect(page.locator("#pill")).to_contain_text("1\u00a0nouveauté")
        expect(page.locator("#e-a4 .cor")).to_be_visible()
    other.locator("#pill").click()
    expect(other.locator("#e-a11")).to_be_visible()
    expect(tab.locator("#pill")).to_be_visible()
    expect(tab.locator("#e-a11")).to_have_count(0)


def test_what_is_new_is_said_politely_and_once(tab: Page, house: House) -> None:
    region = tab.locator("[role=status]:has(#say)")
    assert region.get_attribute("aria-live") == "polite"
    expect(tab.locator("#say")).to_be_empty()
    tab.locator("#e-a4 h3 a").focus()
    house.add(entry("a11"))
    expect(tab.locator("#say")).to_have_text("1\u00a0nouveauté")
    expect(tab.locator("#e-a4 h3 a")).to_be_focused()  # it takes nobody's place


def test_the_printed_page_shows_its_sources_and_no_buttons(tab: Page) -> None:
    words = tab.locator("#e-a4 blockquote").first
    expect(words).to_be_hidden()
    assert tab.pdf().startswith(b"%PDF")
    expect(words).to_be_visible()
    tab.emulate_media(media="print")
    for control in ("form.tm", "form.sr", "#pill", ".lang"):
        expect(tab.locator(control).first).to_be_hidden()


@pytest.mark.parametrize("language", ["fr", "uk"])
@pytest.mark.parametrize("path", ["?", "e/a4?", "e/a4?v=1&", "?q=soumy&"])
def test_nothing_is_cut_off_on_a_phone(
    browser: Browser, house: House, path: str, language: str
) -> None:
    """The host's name is long, as the credit spells it out."""
    house.story = sumy()
    house.address = house.address.replace(
        "127.0.0.1", "a-desk-with-a-long-name.of-a-region.localhost"
    )
    page = browser.new_page(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto(f"{house.address}{path}l={language}")
    page.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_each_version_has_a_page_that_leads_to_the_others(browser: Browser, house: House) -> None:
    house.story = sumy()
    page = browser.new_page(java_script_enabled=False)
    page.goto(house.address + "e/a4?v=1")
    expect(page.locator(".then")).to_contain_text("Cette version n’est plus en vigueur")
    page.locator(".lang a[lang=uk]").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator(".vs [aria-current]")).to_contain_text("1")  # the same version
    page.locator(".then a").click()
    expect(page.locator(".cor")).to_be_visible()
    expect(page.locator(".then")).to_have_count(0)
    assert page.url == house.address + "e/a4?l=uk"
    page.close()


def test_the_recap_of_a_day_leads_to_its_entries(browser: Browser, house: House) -> None:
    house.story = sumy()
    page = browser.new_page(java_script_enabled=False)
    page.goto(house.address)
    recap = page.locator("#d-2024-11-21 .day")
    expect(recap.locator("h2")).to_contain_text("en bref")
    recap.locator("li a").first.click()
    expect(page.locator("article:target, aside:target")).to_be_visible()
    page.close()


def test_without_a_stream_the_server_says_how_often_to_look(browser: Browser, house: House) -> None:
    page = browser.new_page()
    page.add_init_script("delete window.EventSource; Math.random = () => 0.5")
    page.clock.install()
    with page.expect_response("**/live.json"):
        page.goto(house.address)
    seconds = interval(house.story)
    for count in (1, 2):
        page.wait_for_timeout(100)  # until the answer is read
        page.clock.run_for((seconds - 5) * 1000)
        assert looks(house) == count
        with page.expect_response("**/live.json"):
            page.clock.run_for(5000)
        assert looks(house) == count + 1
    page.close()

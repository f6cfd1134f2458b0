"""Two editors on one page: who is there, a lock and its take-over, autosave, a conflict, a cut connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.desk import PASSWORD, played, signed_in

pytestmark = pytest.mark.browser


@dataclass
class Two:
    """Two editors, each in their own browser, on the demo's desk."""

    demo: Demo
    ines: Page
    oleh: Page

    def open(self, *pages: Page) -> None:
        """Open the newest entry that stands on the page."""
        for page in pages:
            page.goto(self.demo.address + "desk/")
            page.locator("#list a").last.click()
            page.wait_for_load_state()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with played(tmp_path_factory.mktemp("demo"), 8470, "editor") as demo:
        yield demo


@pytest.fixture
def two(browser: Browser, demo: Demo) -> Iterator[Two]:
    contexts = [
        browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        for _ in range(2)
    ]
    pages = [
        signed_in(context, demo, name, password)
        for context, name, password in zip(
            contexts, ("demo", "oleh"), (demo.password, PASSWORD), strict=True
        )
    ]
    both = Two(demo, *pages)
    both.open(*pages)
    yield both
    for context in contexts:
        context.close()


def text(page: Page) -> str:
    return page.input_value("#text-fr")


def test_presence_lock_take_over_and_what_was_typed(two: Two) -> None:
    ines, oleh = two.ines, two.oleh
    expect(ines.locator("#here")).to_contain_text("oleh")
    box = ines.locator("#text-fr")
    before = text(ines)
    box.focus()
    box.press("End")
    box.type(" Suite.")
    expect(ines.locator("#kept")).to_contain_text("Enregistré à")
    expect(oleh.locator("#here")).to_contain_text("demo écrit sur cette entrée")
    expect(oleh.locator("#text-fr")).not_to_be_editable()
    oleh.get_by_role("button", name="Prendre la main").click()
    expect(oleh.locator("#text-fr")).to_be_editable()
    oleh.locator("#text-fr").press("End")
    oleh.locator("#text-fr").type("!")
    expect(ines.locator("#asks")).to_contain_text("pris la main")
    expect(box).to_be_focused()
    expect(box).not_to_be_editable()
    mine = text(ines)
    assert mine != before
    ines.reload()
    expect(ines.locator("#restored")).to_be_visible()
    assert text(ines) == mine
    expect(oleh.locator("#kept")).to_contain_text("Enregistré à")
    oleh.reload()
    for page in (ines, oleh):
        page.click("#discard")
        expect(page.locator("#restored")).to_have_count(0)


def test_a_conflict_is_put_together(two: Two) -> None:
    ines, oleh = two.ines, two.oleh
    words = text(ines)
    ines.fill("#text-fr", words.replace(words.split()[0], "Premièrement", 1))
    expect(ines.locator("#kept")).to_contain_text("Enregistré à")
    expect(oleh.locator("#here")).to_contain_text("demo écrit")
    oleh.get_by_role("button", name="Prendre la main").click()
    oleh.fill("#text-fr", words.replace(words.split()[0], "Autrement", 1))
    oleh.click("button[value=publish]")
    expect(oleh.locator(".ok")).to_contain_text("Publié")
    expect(ines.locator("#newer")).to_be_visible()
    ines.click("button[value=publish]")
    clash = ines.locator("#conflict")
    expect(clash).to_contain_text("oleh a enregistré une autre version")
    assert text(ines).startswith("Premièrement")
    with ines.expect_response(re.compile("/merge$")):
        clash.get_by_label("Les deux").check()
    expect(ines.locator("#text-fr")).to_have_value(re.compile("^Autrement Premièrement"))
    ines.click("button[value=publish]")
    expect(ines.locator(".ok")).to_contain_text("Publié")


def test_a_cut_connection_loses_nothing_and_sends_nothing_late(two: Two) -> None:
    ines = two.ines
    ines.context.set_offline(True)
    ines.fill("#text-fr", "Tapé dans le train")
    expect(ines.locator("#asks")).to_contain_text("Connexion coupée")
    ines.click("button[value=publish]")
    expect(ines.locator("#asks")).to_contain_text("rien n’est parti")
    ines.context.set_offline(False)
    again = ines.locator("#asks button").first
    expect(again).to_be_visible(timeout=15_000)
    assert "done=" not in ines.url
    again.click()
    expect(ines.locator(".ok")).to_contain_text("Publié")
    assert text(ines) == "Tapé dans le train"


def test_a_session_that_ended_leads_back_to_the_text(two: Two) -> None:
    ines = two.ines
    ines.context.clear_cookies()
    ines.fill("#text-fr", "Tapé après la fin")
    expect(ines.locator("#asks")).to_contain_text("Votre session a pris fin")
    ines.locator("#asks a").click()
    ines.fill("input[name=login]", "demo")
    ines.fill("input[name=password]", two.demo.password)
    ines.keyboard.press("Enter")
    expect(ines.locator("#text-fr")).to_have_value("Tapé après la fin")
    ines.click("[popovertarget=menu]")
    ines.click("form[action$='/logout/'] button")
    assert ines.evaluate("Object.keys(localStorage).filter(n => n.startsWith('sourcier:'))") == []


def test_the_wall_does_not_jump_under_who_reads_it(two: Two) -> None:
    page = two.ines
    page.goto(two.demo.address + "desk/")
    links = page.locator("#list a")
    first = links.first.get_attribute("id")
    links.nth(2).focus()
    held = links.nth(2).get_attribute("id")
    page.evaluate(
        "document.querySelector('#list li').remove();"
        "document.getElementById('wall').dispatchEvent(new Event('moved'))"
    )
    pill = page.get_by_role("button", name="Du nouveau : 1")
    expect(pill).to_be_visible()
    expect(page.locator("#fresh")).to_have_text("Du nouveau : 1")
    expect(page.locator(f"[id='{held}']")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(f"[id='{first}']")).to_be_focused()
    expect(pill).to_have_count(0)

"""A whole morning at the desk: a reporter and an editor, from a proposal to the frozen story.

Both work in their own browser on one demo. Every screen is then looked at by axe, at both widths.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.desk import PASSWORD, played, signed_in

pytestmark = pytest.mark.browser

SHOTS = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "shots.py"))
DESK = {name: path for name, path in SHOTS["SCREENS"].items() if name.startswith("desk-")}


@dataclass
class Desk:
    """A demo that has played to its end, with an editor and a reporter signed in."""

    demo: Demo
    editor: Page
    reporter: Page

    def address(self, path: str) -> str:
        return self.demo.address + path


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with played(tmp_path_factory.mktemp("demo"), 8490, "reporter") as demo:
        contexts = [
            browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="fr-FR", bypass_csp=True
            )
            for _ in range(2)
        ]  # axe is put into the page, which its own policy forbids
        pages = [
            signed_in(context, demo, name, password)
            for context, name, password in zip(
                contexts, ("demo", "oleh"), (demo.password, PASSWORD), strict=True
            )
        ]
        yield Desk(demo, *pages)
        for context in contexts:
            context.close()


def said(page: Page, words: str) -> None:
    expect(page.locator(".ok[role=status]").first).to_contain_text(words)


def test_from_a_proposal_to_a_retraction(desk: Desk) -> None:
    reporter, editor = desk.reporter, desk.editor

    # The reporter lets the desk write from an event's claims, and submits it in their own words.
    reporter.goto(desk.address("desk/ukraine/"))
    reporter.locator("#list a", has_text=re.compile("Bilan|Contradiction")).first.click()
    event = reporter.url.split("#")[0]
    reporter.goto(f"{event}&entry=new#comp")
    box = reporter.locator("#text-fr")
    expect(box).to_have_value("")
    reporter.locator("#ev").click()
    reporter.keyboard.press("p")
    expect(box).to_have_value(re.compile("selon"))
    expect(reporter.locator("#proof .bnd").first).to_be_visible()
    proposed = box.input_value()
    headline = "Ce matin : " + proposed.split("\n")[0]
    box.fill(headline)
    expect(reporter.locator("button[value=publish]")).to_have_count(0)
    reporter.click("button[value=submit]")
    expect(reporter.locator(".ok[role=status]").first).to_be_visible()

    # The editor finds it among what waits, approves, then publishes it.
    editor.goto(desk.address("desk/ukraine/waiting"))
    editor.get_by_role("link", name=re.compile("Ce matin")).first.click()
    expect(editor.locator("#text-fr")).to_have_value(re.compile("^Ce matin"))
    editor.click("button[value=approve]")
    expect(editor.locator(".ok[role=status]").first).to_be_visible()
    editor.click("button[value=publish]")
    said(editor, "Publié")

    # A reader has the page open; the correction reaches it, and so does the retraction.
    tab = editor.context.new_page()
    tab.goto(desk.address("ukraine/?l=fr"))
    shown = tab.locator("article", has_text="Ce matin").first
    expect(shown).to_be_visible()
    editor.fill("#text-fr", headline.replace("Ce matin", "Tôt ce matin"))
    editor.fill("#note-fr", "L'heure était fausse.")
    editor.click("button[value=correct]")
    said(editor, "Corrigé")
    expect(tab.locator("body")).to_contain_text("Tôt ce matin")
    editor.fill("#note-fr", "La source s'est rétractée.")
    editor.click("button[value=retract]")
    said(editor, "Retirée")
    expect(tab.locator("body")).to_contain_text(re.compile("[Rr]etir"))
    tab.reload()
    expect(tab.locator("body")).to_contain_text(re.compile("s.est rétractée"))
    tab.close()

    # Nothing is lost: the history has each text and who wrote it.
    editor.get_by_role("link", name="Historique").first.click()
    expect(editor.locator("main")).to_contain_text("oleh")
    expect(editor.locator("main ins").first).to_be_visible()


def test_a_card_is_offered_while_one_types_its_name(desk: Desk) -> None:
    editor = desk.editor
    editor.goto(desk.address("desk/cards"))
    editor.fill("#names", "Bureau du Fanal")
    editor.fill("#text-fr", "Le Bureau du Fanal\n\nIl relève les niveaux.")
    editor.get_by_role("button", name="Ajouter une fiche").click()
    said(editor, "Fiche ajoutée")
    editor.goto(desk.address("desk/ukraine/?entry=new#comp"))
    editor.locator("#text-fr").press_sequentially("Selon le Bureau du Fanal")
    offer = editor.locator("#proof [data-offer]")
    expect(offer).to_contain_text("Bureau du Fanal")
    expect(editor.locator("#offered[role=status]")).to_contain_text("pas encore dans ce direct")
    expect(editor.locator("#text-fr")).to_be_focused()
    editor.locator("#proof").get_by_role("button", name=re.compile("Insérer.*Bureau")).click()
    said(editor, "Fiche insérée")
    expect(editor.locator("#text-fr")).to_have_value(re.compile("^Le Bureau du Fanal"))


def test_a_rule_is_tried_before_it_is_set(desk: Desk) -> None:
    editor = desk.editor
    editor.goto(desk.address("desk/ukraine/rules"))
    editor.locator("input[name=subject][value=alert]").check()
    editor.locator("input[name=role][value=official]").check()
    editor.click("button[value=try]")
    expect(editor.locator("main")).to_contain_text(re.compile("[Aa]lerte"))
    editor.click("button[value=save]")
    said(editor, "en vigueur")
    expect(editor.locator("ol.rules p[id^=rule-]").last).to_contain_text("officielles")


def test_axe_finds_nothing_on_any_screen(desk: Desk) -> None:
    page = desk.editor
    named = SHOTS["named"](page, desk.demo.address.rstrip("/"))
    found = []
    for name, path in DESK.items():
        page.goto(desk.address(path.format(**named).lstrip("/")))
        for width, dark in ((320, False), (1280, True)):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if dark else "light")
            wrong = Axe().run(page).response["violations"]
            found += [
                (name, width, each["id"], node["target"])
                for each in wrong
                for node in each["nodes"][:2]
            ]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((name, width, "scrolls sideways", ""))
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not found, "\n".join(map(str, found))


def test_search_and_menu_are_a_key_away(desk: Desk) -> None:
    page = desk.editor
    page.goto(desk.address("desk/ukraine/?ui=fr"))
    expect(page.locator("#overhead .open")).to_be_visible()
    page.locator("#eh").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("Soumy")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_have_text("Soumy")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        menu = page.locator("#menu")
        expect(menu).to_be_hidden()
        page.locator("[popovertarget=menu]").click()
        expect(menu.get_by_role("link", name="Règles")).to_be_in_viewport()
        assert not Axe().run(page).response["violations"]
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()


def test_a_frozen_story_takes_nothing_and_is_reopened(desk: Desk) -> None:
    editor = desk.editor
    editor.goto(desk.address("desk/hokkaido/story?ui=fr"))
    editor.check("input[name=sure]")
    editor.click("button[value=freeze]")
    expect(editor.locator("main")).to_contain_text("gelé")
    with editor.expect_download() as download:
        editor.get_by_role("link", name=re.compile("[Aa]rchive|zip|Télécharger")).first.click()
    assert download.value.suggested_filename.endswith(".zip")
    editor.click("button[value=reopen]")
    expect(editor.locator("button[value=freeze]")).to_be_visible()

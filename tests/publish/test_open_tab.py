"""An open tab in a real browser: what arrives, what changes in place, what waits, what is caught up."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from sourcier.publish.live import Hub, with_live
from sourcier.publish.page import render_entry_page, render_page
from sourcier.publish.pointer import pointer
from sourcier.publish.updates import updates
from sourcier.run.line import Line
from sourcier.types import Entry, Story
from tests.publish.sumy import sumy

pytestmark = pytest.mark.browser


LANGUAGES = ("fr", "en", "uk", "ru")


class House:
    """A story on a loopback server: `show` replaces it and tells open tabs."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.hub = Hub(heartbeat=0.5)
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/soumy/"
        config = uvicorn.Config(
            with_live(self._serve, self.hub),
            http=Line,
            log_level="error",
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._server.serve([self._socket]))
        )
        self._thread.start()

    async def _serve(self, scope: Any, _receive: Any, send: Any) -> None:
        self.requests.append(scope["path"])
        if scope["path"].endswith("/live.json"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": pointer(self.story)})
            return
        parts = scope["path"].strip("/").split("/")
        asked = dict(parse_qsl(scope["query_string"].decode()))
        language, query = asked.get("l", "fr"), asked.get("q", "")
        options: Any = {"languages": LANGUAGES, "site": self.address[: -len("/soumy/")]}
        if parts[1:2] == ["e"]:
            version = int(asked["v"]) if "v" in asked else None
            page = render_entry_page(self.story, parts[2], language, version=version, **options)
        else:
            page = render_page(self.story, language, query=query, **options)
        headers = [(key.lower().encode(), value.encode()) for key, value in page.headers.items()]
        await send({"type": "http.response.start", "status": page.status, "headers": headers})
        await send({"type": "http.response.body", "body": page.html.encode()})

    def show(self, story: Story) -> None:
        before, self.story = self.story, story
        for update in updates(before, story, "fr"):
            self.hub.publish("soumy", "fr", update)

    def add(self, entry: Entry) -> None:
        self.show(
            msgspec.structs.replace(
                self.story, entries=(entry, *self.story.entries), sequence=entry.sequence
            )
        )

    def change(self, entry: Entry) -> None:
        entries = tuple(entry if other.id == entry.id else other for other in self.story.entries)
        self.show(
            msgspec.structs.replace(
                self.story, entries=entries, sequence=entry.sequence, history=sumy().history
            )
        )

    def close(self) -> None:
        self.hub.close()
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def early() -> Story:
    """Return the story before its correction, its retraction and all that followed."""
    story = sumy()
    history = {key: versions[0] for key, versions in story.history.items()}
    entries = [
        history.get(entry.id, entry)
        for entry in story.entries
        if entry.sequence <= 5 or entry.id in history
    ]
    return msgspec.structs.replace(story, entries=tuple(entries), history={}, sequence=5)


def entry(key: str) -> Entry:
    return next(entry for entry in sumy().entries if entry.id == key)


@pytest.fixture
def house() -> Iterator[House]:
    house = House(early())
    yield house
    house.close()


@pytest.fixture
def tab(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, timezone_id="Europe/Paris"
    )
    page = context.new_page()
    problems: list[str] = []
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    with page.expect_response(lambda response: "/live" in response.url):  # by then it is joined
        page.goto(house.address)
    yield page
    context.close()
    assert [line for line in problems if "ERR_" not in line] == []


def test_new_entries_wait_behind_the_pill(tab: Page, house: House) -> None:
    tab.evaluate("scrollTo(0, 300)")
    top = tab.locator("#e-a4").bounding_box()
    house.add(entry("a11"))
    house.add(entry("a12"))
    expect(tab.locator("#pill")).to_have_text("2\u00a0nouveautés, aller à la première non lue")
    expect(tab.locator("#say")).to_have_text("2\u00a0nouveautés")
    expect(tab.locator("#e-a12")).to_have_count(0)
    after = tab.locator("#e-a4").bounding_box()
    assert top and after
    assert abs(top["y"] - after["y"]) < 2
    tab.locator("#pill").click()
    expect(tab.locator("#e-a11 h3 a")).to_be_focused()
    ids = tab.locator("#feed article").evaluate_all("nodes => nodes.map(node => node.id)")
    assert ids[:3] == ["e-a12", "e-a11", "e-a5"]
    expect(tab.locator("#e-a12 .new")).to_have_text("non lu")
    expect(tab.locator("#pill")).to_be_hidden()


def test_a_correction_changes_the_text_in_place(tab: Page, house: House) -> None:
    tab.locator("#e-a4 summary").click()
    house.change(entry("a4"))
    expect(tab.locator("#e-a4 .cor ins")).to_have_text("restait en vigueur")
    assert tab.locator("#e-a4 details").get_attribute("open") is not None
    expect(tab.locator("#say")).to_have_text("1\u00a0entrée corrigée ou retirée")


def test_words_that_the_page_left_out_are_opened_where_they_belong(tab: Page, house: House) -> None:
    house.story = sumy()
    tab.reload()
    link = tab.locator("#e-a4 a.s")
    assert link.get_attribute("href") == "/soumy/e/a4"
    expect(tab.locator("#e-a4 blockquote")).to_have_count(0)
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#e-a4 blockquote mark").first).to_be_visible()
    expect(tab.locator("#e-a4 summary")).to_be_focused()
    assert tab.url == house.address
    tab.keyboard.press("Enter")
    expect(tab.locator("#e-a4 blockquote mark").first).to_be_hidden()


def test_a_retracted_entry_disappears_from_the_open_tab(tab: Page, house: House) -> None:
    expect(tab.get_by_text("Un second quartier visé").first).to_be_visible()
    house.change(entry("a5"))
    expect(tab.locator("#e-a5")).to_contain_text("retirée à 07:12")
    expect(tab.get_by_text("Un second quartier visé")).to_have_count(0)


def test_what_is_read_stays_where_it_is(tab: Page, house: House) -> None:
    tab.evaluate("document.getElementById('e-a2').scrollIntoView({behavior: 'instant'})")
    before = tab.locator("#e-a2").bounding_box()
    house.change(entry("a4"))
    house.change(entry("a5"))
    expect(tab.locator("#e-a5")).to_contain_text("retirée")
    after = tab.locator("#e-a2").bounding_box()
    assert before and after
    assert abs(before["y"] - after["y"]) < 2


def test_an_alert_s_end_and_a_new_toll_reach_the_tab(tab: Page, house: House) -> None:
    expect(tab.locator("#strip")).to_contain_text("Alerte aérienne en vigueur")
    over = tuple(
        msgspec.structs.replace(alert, end=house.story.now) for alert in house.story.alerts
    )
    event = house.story.events["ev1"]
    ledgers = tuple(msgspec.structs.replace(ledger, low=3) for ledger in event.ledgers)
    events = {"ev1": msgspec.structs.replace(event, ledgers=ledgers)}
    house.show(msgspec.structs.replace(house.story, alerts=over, events=events, sequence=6))
    expect(tab.locator("#strip")).not_to_contain_text("en vigueur")
    expect(tab.locator("#board .n strong").first).to_have_text("3")


def test_a_cut_line_is_caught_up(tab: Page, house: House) -> None:
    tab.context.set_offline(True)
    house.add(entry("a11"))
    tab.context.set_offline(False)
    tab.evaluate("dispatchEvent(new Event('online'))")
    expect(tab.locator("#pill")).to_contain_text("1\u00a0nouveauté")


def test_a_reset_fetches_the_page_and_merges_it(tab: Page, house: House) -> None:
    house.story = sumy()
    channel = house.hub._channels["soumy", "fr"]
    from sourcier.publish.updates import Update

    house.hub.publish("soumy", "fr", Update(sequence=13, kind="sync", data={}))
    assert channel.count == 1
    expect(tab.locator("#e-a4 .cor")).to_be_visible()
    expect(tab.locator("#pill")).to_contain_text("5\u00a0nouveautés")
    expect(tab.get_by_text("Un second quartier visé")).to_have_count(0)
    tab.locator("#pill").click()
    ids = tab.locator("#feed article").evaluate_all("nodes => nodes.map(node => node.id)")
    assert ids[:7] == [f"e-a{n}" for n in (12, 11, 10, 9, 8, 5, 4)]


def test_the_last_look_is_remembered(browser: Browser, house: House) -> None:
    context = browser.new_context(timezone_id="Europe/Paris")
    page = context.new_page()
    page.goto(house.address)
    page.goto("about:blank")
    house.story = sumy()
    page.goto(house.address)
    expect(page.locator(".seen")).to_have_text(
        re.compile(r"^Déjà lu\s: .+ 20\d\d, \d\d:\d\d chez vous$")
    )
    expect(page.locator("#e-a12 .new")).to_have_count(1)
    expect(page.locator("#pill")).to_contain_text("nouveautés")
    context.close()


def test_times_turn_to_the_reader_s_zone(browser: Browser, house: House) -> None:
    context = browser.new_context(timezone_id="America/Montreal")
    page = context.new_page()
    page.goto(house.address)
    expect(page.locator("#e-a4 .when time")).to_have_text("23:31 chez\u00a0vous")
    expect(page.locator("#e-a4 .when")).to_contain_text("05:31 Paris")
    context.close()


def test_the_page_is_complete_without_script(browser: Browser, house: House) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.address)
    page.locator("#e-a4 summary").click()
    expect(page.locator("#e-a4 mark").first).to_be_visible()
    expect(page.locator("#pill")).to_be_hidden()
    assert page.locator("form.tm input[name=at]").is_visible()
    page.locator("#e-a1 a.s").click()  # the source of an older entry is on its own page
    expect(page.locator("#e-a1 mark").first).to_be_visible()
    assert page.url == house.address + "e/a1"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_anyone_can_read_it(browser: Browser, house: House, width: int, scheme: Any) -> None:
    house.story = sumy()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for path in ("", "e/a4", "?q=soumy"):
        page.goto(house.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_tab_that_was_open_before_the_first_entry_gets_them_all(tab: Page, house: House) -> None:
    full = house.story
    house.story = msgspec.structs.replace(full, entries=(), sequence=0)
    tab.reload()
    expect(tab.locator("#feed")).to_contain_text("Rien n’est encore publié")
    house.show(full)
    expect(tab.locator("#pill")).to_contain_text("5\u00a0nouveautés")
    tab.locator("#pill").click()
    ids = tab.locator("#feed > section > [id^=e-]").evaluate_all(
        "nodes => nodes.map(node => node.id)"
    )
    assert ids == [f"e-a{n}" for n in (5, 4, 3, 2, 1)]
    expect(tab.locator("#d-2024-11-21 h2")).to_have_text("Jeudi 21\u00a0novembre, en bref")


QUICK = """
const get = window.fetch;
window.fetch = async (...of) => {
  const found = await get(...of);
  if (!String(of[0]).endsWith("/live.json")) return found;
  const pointer = await found.json();
  return { json: async () => ({ ...pointer, poll: pointer.poll && 0.2 }) };
};
"""
DEAF = """
const Stream = window.EventSource;
window.EventSource = class extends Stream {
  addEventListener(name, act) { super.addEventListener(name, event => { if (!window.deaf) act(event); }); }
  constructor(...of) { super(...of); window.opened = (window.opened || 0) + 1; }
};
"""


@pytest.fixture
def polling(browser: Browser, house: House) -> Iterator[Page]:
    """Yield a tab whose browser has no server-sent events, and which looks five times a second."""
    context = browser.new_context(timezone_id="Europe/Paris")
    page = context.new_page()
    page.add_init_script("delete window.EventSource;" + QUICK)
    page.goto(house.address)
    yield page
    context.close()


def looks(house: House) -> int:
    return sum(1 for path in house.requests if path.endswith("/live.json"))


def test_without_a_stream_a_tab_looks_at_the_pointer_and_takes_what_changed(
    polling: Page, house: House
) -> None:
    polling.wait_for_timeout(700)
    assert looks(house) >= 2
    assert house.requests.count("/soumy/") == 1  # an unchanged page is not fetched again
    house.show(sumy())
    expect(polling.locator("#e-a4 .cor")).to_be_visible()
    expect(polling.locator("#pill")).to_contain_text("5\u00a0nouveautés")
    expect(polling.get_by_text("Un second quartier visé")).to_have_count(0)
    polling.wait_for_timeout(500)
    assert house.requests.count("/soumy/") == 2


def test_a_closed_page_is_not_asked_for_again(polling: Page, house: House) -> None:
    house.show(msgspec.structs.replace(sumy(), closed=True))
    expect(polling.locator(".live b")).to_have_text("Direct terminé")
    before = looks(house)
    polling.wait_for_timeout(700)
    assert looks(house) == before


def test_a_page_that_is_closed_ends_its_stream(tab: Page, house: House) -> None:
    house.show(msgspec.structs.replace(house.story, closed=True))
    expect(tab.locator(".live b")).to_have_class("off")
    for _ in range(50):
        if not house.hub.readers:
            break
        tab.wait_for_timeout(100)
    assert house.hub.readers == 0


def test_a_tab_left_behind_frees_its_stream(tab: Page, house: House) -> None:
    assert house.hub.readers == 1
    tab.goto("about:blank")
    for _ in range(50):
        if not house.hub.readers:
            break
        tab.wait_for_timeout(100)
    assert house.hub.readers == 0


def test_a_tab_that_slept_takes_another_stream_from_where_its_last_one_ended(
    browser: Browser, house: House
) -> None:
    context = browser.new_context(timezone_id="Europe/Paris")
    page = context.new_page()
    page.add_init_script(DEAF)
    page.clock.install()
    with page.expect_response(lambda response: "/live" in response.url):
        page.goto(house.address)
    house.add(entry("a8"))
    expect(page.locator("#pill")).to_contain_text("1\u00a0nouveauté")
    page.evaluate("window.deaf = true")  # the line is dead, and nothing tells the browser
    house.add(entry("a9"))
    page.wait_for_timeout(300)
    expect(page.locator("#pill")).to_contain_text("1\u00a0nouveauté")
    page.evaluate("window.deaf = false")
    page.clock.fast_forward(3_600_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#pill")).to_contain_text("2\u00a0nouveautés")
    assert page.evaluate("window.opened") == 2
    assert house.requests.count("/soumy/") == 1  # caught up from the stream, not from a new page
    page.locator("#pill").click()
    ids = page.locator("#feed article").evaluate_all("nodes => nodes.map(node => node.id)")
    assert ids[:2] == ["e-a9", "e-a8"]
    context.close()


def test_what_a_new_page_shows_no_more_is_still_taken_back(polling: Page, house: House) -> None:
    """An entry of this tab was corrected, and by now stands too deep to be on a new page."""
    story, old = sumy(), entry("a4")
    stamped = [
        msgspec.structs.replace(
            entry("a12"), id=f"n{n}", sequence=20 + n, published=story.now, updated=story.now
        )
        for n in range(40)
    ]
    house.show(
        msgspec.structs.replace(
            story, entries=(*stamped, *story.entries), sequence=60, history=story.history
        )
    )
    assert old.version == 2
    expect(polling.locator("#e-a4")).to_have_text("1\u00a0entrée corrigée ou retirée")
    assert polling.locator("#e-a4 a").get_attribute("href", timeout=1000)
    expect(polling.get_by_text("Un second quartier visé")).to_have_count(0)


def test_an_entry_leaves_with_its_source(browser: Browser, house: House) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(house.address)
    page.locator("#e-a4 summary").click()
    page.locator("#e-a4 .btn").click()
    expect(page.locator("#e-a4 .btn")).to_have_text("Crédit copié")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "Taras Vilkhovy, maire, sur Telegram" in text
    assert text.endswith(", Sourcier " + house.address + "e/a4")
    page.add_init_script("navigator.share = async what => { window.shared = what; };")
    page.reload()
    page.locator("#cp").click()
    assert "lu sur Sourcier" in page.evaluate("window.shared.text")
    expect(page.locator("#cp")).to_have_text("Partager")
    context.close()


def test_the_story_is_searched_without_script(browser: Browser, house: House) -> None:
    house.story = sumy()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(house.address)
    page.fill("input[name=q]", "vilkhovy alerte")
    page.locator(".sr button").click()
    expect(page.locator("#rh")).to_contain_text("vilkhovy alerte")
    box = page.locator("main li a").first.bounding_box()
    assert box
    assert box["y"] < 400  # found without scrolling
    page.locator("main li a").last.click()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("#cred")).to_contain_text("Taras Vilkhovy")
    context.close()


def test_what_a_reader_unfolded_stays_open_when_the_part_is_renewed(
    tab: Page, house: House
) -> None:
    tab.locator("#v1 summary").click()
    house.show(sumy())
    expect(tab.locator("#pill")).to_be_visible()
    expect(tab.locator("#v1")).to_have_attribute("open", "")

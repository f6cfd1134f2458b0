"""Another's page within ours: asked for by a click, and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Route, expect

from sourcier.publish.page import render_page
from sourcier.types import Entry, EntryText, Link, Story

NOW = datetime(2024, 11, 22, 12, tzinfo=UTC)
OURS = "http://ours.example/delta/"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def story() -> Story:
    entry = Entry(
        id="v1", story="delta", version=1, sequence=1, kind="link", state="published", published=NOW,
        updated=NOW, texts={"fr": EntryText(headline="La crue filmée")},
        link=Link(url=VIDEO, title="La vidéo", site="Une chaîne"),
    )  # fmt: skip
    return Story(
        slug="delta", titles={"fr": "Crue"}, zone="Europe/Paris", languages=("fr",), now=NOW,
        sequence=1, closed=True, entries=(entry,),
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_nothing_is_asked_of_the_provider_before_the_click(browser: Browser, script: bool) -> None:
    page = render_page(story(), "fr", languages=("fr",))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == OURS:
            route.fulfill(body=page.html, headers=page.headers)
        else:
            route.fulfill(body="<p>film</p>", content_type="text/html")

    context = browser.new_context(java_script_enabled=script)
    context.route("**/*", answer)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda line: said.append(line.text))
    tab.goto(OURS)
    expect(tab.get_by_role("link", name="La vidéo")).to_have_attribute("href", VIDEO)
    button = tab.get_by_role("button", name="YouTube verra votre adresse")
    assert asked == [OURS]
    if not script:
        expect(button).to_have_count(0)
    else:
        button.press("Enter")
        frame = tab.locator("iframe")
        expect(frame).to_be_visible()
        assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "")
        tab.wait_for_function("document.activeElement.tagName === 'IFRAME'")
        expect(tab.frame_locator("iframe").locator("p")).to_have_text("film")
        assert asked == [OURS, "https://www.youtube-nocookie.com/embed/abcdefghijk"]
    assert said == []
    context.close()

"""Who said what, and what happened when."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sourcier.publish.links import FileLinks, Links
from sourcier.publish.page import render_page
from sourcier.publish.view import View
from sourcier.publish.voices import LONGEST, SAYINGS, happenings, voices
from sourcier.types import Story
from tests.publish.sumy import sumy
from tests.publish.test_page import parsed, words
from tests.publish.trees import tree


def view(story: Story, language: str = "fr", links: type[Links] = Links) -> View:
    return View(story, language, links("/", story.slug, language, "fr"))


def many(count: int) -> Story:
    """Return the story with `count` entries that rest on what the mayor said."""
    story = sumy()
    mayor = next(entry for entry in story.entries if entry.id == "a4")
    entries = tuple(msgspec.structs.replace(mayor, id=f"n{n}") for n in range(count))
    return msgspec.structs.replace(story, entries=entries, history={})


def test_each_speaker_stands_once_with_words_that_lead_to_entry_and_source() -> None:
    found = voices(view(sumy()))
    assert len({voice.name for voice in found}) == len(found)
    mayor = next(voice for voice in found if voice.name == "Taras Vilkhovy")
    assert "maire" in [detail.text for detail in mayor.details]
    said = mayor.sayings[0]
    assert said.href == "#e-a4"
    assert any(said.words in capture.text for capture in sumy().captures.values())


def test_what_was_withdrawn_is_nobody_s_word() -> None:
    sayings = [said for voice in voices(view(sumy())) for said in voice.sayings]
    assert sayings
    assert all(said.href not in ("#e-a5", "/soumy/e/a5") for said in sayings)


def test_more_words_of_one_speaker_are_found_by_name() -> None:
    mayor = voices(view(many(SAYINGS + 4)))[0]
    assert (mayor.count, len(mayor.sayings), mayor.more) == (SAYINGS + 4, SAYINGS, 4)
    assert mayor.all == "/soumy/?q=Taras%20Vilkhovy"
    on_disk = voices(view(many(9), links=FileLinks))[0]
    assert on_disk.all == "search.html?q=Taras%20Vilkhovy"


def test_long_words_are_cut_between_two() -> None:
    story = sumy()
    long = {
        key: msgspec.structs.replace(capture, text=capture.text + " mot" * 90)
        for key, capture in story.captures.items()
    }
    claims = {
        key: msgspec.structs.replace(claim, content=(0, len(long[claim.capture].text)))
        if claim.kind == "statement"
        else claim
        for key, claim in story.claims.items()
    }
    for voice in voices(view(msgspec.structs.replace(story, captures=long, claims=claims))):
        assert all(len(said.words) <= LONGEST + 4 for said in voice.sayings)


def test_the_timeline_goes_forward_and_labels_its_clocks() -> None:
    lines = happenings(view(sumy(), "uk"))
    assert lines
    assert [line.utc for line in lines] == sorted(line.utc for line in lines)
    assert all(line.href for line in lines)
    assert all(":" not in line.moment or "(" in line.moment for line in lines)


@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
def test_the_page_shows_both_and_leads_to_them(language: str) -> None:
    page: Any = tree(render_page(sumy(), language, languages=("fr", "en", "uk", "ru")).html)
    assert len(page.xpath("//*[@id='who']//details")) >= 2
    assert page.xpath("//*[@id='who']//time/@datetime")
    jumps = page.xpath("//nav[@class='jump']/a/@href")
    assert "#qui" in jumps
    assert "#chrono" in jumps


def test_nobody_and_nothing_leave_no_empty_boxes() -> None:
    page = parsed(msgspec.structs.replace(sumy(), entries=()))
    assert words(page.get_element_by_id("who")) == ""
    assert "#qui" not in page.xpath("//nav[@class='jump']/a/@href")

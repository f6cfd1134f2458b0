"""The search page of a folder: each entry with all the words that it is found by, and nothing fetched."""

from __future__ import annotations

import gzip
import json
from typing import Any

import msgspec
import pytest

from sourcier.publish.finder import search_page
from sourcier.publish.links import FileLinks
from sourcier.publish.search import MOST_WORDS, said, search, stem
from sourcier.publish.view import View
from sourcier.types import Entry, EntryText, Story
from tests.publish.sumy import sumy
from tests.publish.test_page import words
from tests.publish.trees import tree

LANGUAGES = ("fr", "en", "uk", "ru")


def view(story: Story, language: str = "fr") -> View:
    return View(story, language, FileLinks("", story.slug, language, "fr"))


def page(story: Story, language: str = "fr") -> Any:
    return tree(search_page(view(story, language), LANGUAGES).html)


def saying(body: str, entry: Entry | None = None) -> Story:
    """Return a story with one entry that rests on nothing."""
    made = msgspec.structs.replace(
        entry or sumy().entries[0], claims=(), texts={"fr": EntryText(headline="Titre", body=body)}
    )
    return msgspec.structs.replace(sumy(), entries=(made,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_what_stands_newest_first(language: str) -> None:
    standing = [entry for entry in sumy().entries if entry.state != "retracted"]
    listed = page(sumy(), language).xpath("//ul[@id='all']/li/a/@href")
    shown = view(sumy(), language)
    assert listed == [shown.links.entry(entry.id) for entry in standing]


@pytest.mark.parametrize("query", ["alerte", "Vilkhovy", "тривога", "blesses", "l’alerte Soumy"])
def test_the_words_listed_find_what_a_server_would(query: str) -> None:
    wanted = [stem(word) for word in sorted(said(query))]
    found = [
        one.xpath("./a/@href")[0]
        for one in page(sumy()).xpath("//ul[@id='all']/li")
        if all(f" {start}" in f" {one.get('data-w')}" for start in wanted)
    ]
    assert found == [one.href for one in search(view(sumy()), query).found]


def test_a_word_is_listed_once_folded() -> None:
    (one,) = page(saying("Été, été : l’ÉTÉ")).xpath("//ul[@id='all']/li/@data-w")
    assert one.split() == ["ete", "l", "titre"]


def test_a_source_s_words_stand_once_with_who_published_them() -> None:
    for one in page(sumy()).xpath("//ul[@id='all']/li"):
        quotes = [words(quote) for quote in one.xpath(".//q")]
        assert len(quotes) == len(set(quotes))
    assert page(sumy()).xpath("//p[@class='said']/span")


def test_the_script_is_told_the_rules_of_folding_and_no_address() -> None:
    config = json.loads(page(sumy()).get_element_by_id("all").get("data-cfg"))
    assert config["most"] == MOST_WORDS
    assert {"letters", "endings", "shortest", "longest", "found", "quotes"} <= config.keys()
    assert "http" not in json.dumps(config)


def test_hostile_words_are_escaped() -> None:
    html = search_page(view(saying('"><script>alert(1)</script>')), LANGUAGES).html
    assert "<script>alert" not in html


def test_what_an_entry_adds_to_the_page_is_little() -> None:
    first = sumy().entries[0]
    bodies = [
        f"Le quartier {n} a été touché à {n % 24} h {n % 60}, selon la rue n° {7919 * n}."
        for n in range(200)
    ]
    entries = tuple(
        msgspec.structs.replace(saying(body, first).entries[0], id=f"n{n}")
        for n, body in enumerate(bodies)
    )
    few, many = (
        gzip.compress(
            search_page(
                view(msgspec.structs.replace(sumy(), entries=some)), LANGUAGES
            ).html.encode(),
            9,
        )
        for some in (entries[:1], entries)
    )
    assert (len(many) - len(few)) / 199 < 100

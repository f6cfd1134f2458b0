"""What a page says of itself in its head."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from sourcier.publish.about import EMBEDDED
from sourcier.publish.page import render_entry_page, render_page
from sourcier.types import EntryText
from tests.publish.sumy import sumy
from tests.publish.test_page import words
from tests.publish.trees import tree

SITE = "https://direct.example"


def data(page: Any) -> Any:
    found = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(found[0])


def test_the_page_has_one_address_in_each_language() -> None:
    page = tree(render_page(sumy(), "en", languages=("fr", "en", "uk"), site=SITE).html)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/soumy/?l=en"]
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{SITE}/soumy/?l=en"]
    others = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert {link.get("hreflang"): link.get("href") for link in others} == {
        "fr": f"{SITE}/soumy/",
        "x-default": f"{SITE}/soumy/",
        "en": f"{SITE}/soumy/?l=en",
        "uk": f"{SITE}/soumy/?l=uk",
    }


def test_previews_of_its_link_tell_the_key_points() -> None:
    page = tree(render_page(sumy(), "fr", site=SITE).html)
    told = page.xpath("//meta[@property='og:description']/@content")[0]
    assert told.startswith("Au moins deux morts")
    assert len(told) <= 202
    assert page.xpath("//meta[@name='description']/@content") == [told]
    title = page.xpath("//meta[@property='og:title']/@content")[0]
    assert title == page.xpath("//h1")[0].text_content()


def test_the_newest_entries_are_described_and_the_rest_is_linked() -> None:
    page = tree(render_page(sumy(), "fr", site=SITE).html)
    found = data(page)
    assert found["@type"] == "LiveBlogPosting"
    assert found["url"] == f"{SITE}/soumy/"
    assert 0 < len(found["liveBlogUpdate"]) <= EMBEDDED
    assert found["coverageStartTime"].startswith("2024-11-21")
    full = page.xpath("//link[@type='application/ld+json']/@href")
    assert full == [f"{SITE}/soumy/live.jsonld"]


def test_an_entry_describes_itself_and_carries_its_own_credit() -> None:
    page = tree(render_entry_page(sumy(), "a4", "fr", version=1, site=SITE).html)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/soumy/e/a4"]
    assert data(page)["@id"].startswith("urn:uuid:")
    assert data(page)["@context"] == "https://schema.org"
    assert words(page.get_element_by_id("cred")).startswith("Taras Vilkhovy")
    assert words(page.get_element_by_id("adr")) == f"{SITE}/soumy/e/a4"


def test_what_was_withdrawn_is_described_to_nobody() -> None:
    page = tree(render_entry_page(sumy(), "a5", "fr", site=SITE).html)
    assert not page.xpath("//script[@type='application/ld+json']")


def test_a_page_without_an_address_names_none() -> None:
    page = tree(render_page(sumy(), "fr").html)
    assert not page.xpath("//link[@rel='canonical'] | //meta[@property='og:url']")
    assert not page.xpath("//script[@type='application/ld+json']")


def test_a_headline_cannot_end_the_element_that_describes_it() -> None:
    story = sumy()
    hostile = {"fr": EntryText(headline="</script><script>alert(1)</script>")}
    entries = (msgspec.structs.replace(story.entries[0], texts=hostile), *story.entries[1:])
    html = render_page(msgspec.structs.replace(story, entries=entries), "fr", site=SITE).html
    assert "<script>alert" not in html
    assert "</script><script>alert(1)" in json.dumps(data(tree(html)))

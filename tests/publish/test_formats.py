"""What others take: feeds and the page's description, against the written rules of each."""

from __future__ import annotations

import json
from datetime import datetime
from html import unescape
from typing import Any

import fastfeedparser
import msgspec
import pytest

from sourcier.publish.formats import FORMATS, written
from sourcier.publish.formats.atom import ATOM
from sourcier.publish.formats.pack import pack
from sourcier.publish.links import FileLinks, Links
from sourcier.publish.page import render_page
from sourcier.publish.view import View
from sourcier.types import Entry, EntryText, Story
from tests.publish.sumy import sumy
from tests.publish.trees import tree, xml
from tests.publish.trypont import trypont

BASE = "https://direct.example/"
HUB = "https://hub.example/"
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "georss": "http://www.georss.org/georss",
}


def view(story: Story, language: str = "fr") -> View:
    return View(story, language, Links(BASE, story.slug, language, "fr"))


def given(story: Story, name: str, language: str = "fr") -> bytes:
    return written(view(story, language), name, (HUB,))


def one(path: str, node: Any) -> Any:
    found = node.xpath(path, namespaces=NS)
    assert len(found) == 1, (path, found)
    return found[0]


@pytest.fixture(scope="module", params=["fr", "en", "uk", "ru"])
def feed(request: pytest.FixtureRequest) -> Any:
    return xml(given(sumy(), "feed.atom", request.param))


def test_atom_has_all_that_its_standard_requires(feed: Any) -> None:
    for node in (feed, *feed.findall("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert one(f"a:{name}/text()", node)
        assert node.findall("a:link[@rel='alternate']", NS)
    assert one("a:link[@rel='self']/@href", feed).startswith(BASE)
    assert one("a:link[@rel='hub']/@href", feed) == HUB
    assert one("a:author/a:name/text()", feed) == "Sourcier"
    ids = feed.xpath("//a:id/text()", namespaces=NS)
    assert len(ids) == len(set(ids))


def test_every_moment_carries_its_offset(feed: Any) -> None:
    moments = feed.xpath("//a:updated/text() | //a:published/text() | //@when", namespaces=NS)
    assert moments
    assert all(datetime.fromisoformat(moment).utcoffset() is not None for moment in moments)


def test_every_address_is_absolute(feed: Any) -> None:
    assert all(href.startswith("https://") for href in feed.xpath("//@href"))


def test_a_corrected_entry_keeps_its_id_and_leads_to_what_it_was() -> None:
    feed = xml(given(sumy(), "feed.atom"))
    entry = one("//a:entry[a:link[@rel='predecessor-version']]", feed)
    assert one("a:link[@rel='predecessor-version']/@href", entry).endswith("v=1")
    before = written(view(without_corrections(sumy())), "feed.atom")
    assert one("a:id/text()", entry) in xml(before).xpath("//a:entry/a:id/text()", namespaces=NS)
    assert one("a:updated/text()", entry) > one("a:published/text()", entry)


def without_corrections(story: Story) -> Story:
    """Return the story with each entry as it first went out."""
    first = {key: versions[0] for key, versions in story.history.items()}
    entries = tuple(first.get(entry.id, entry) for entry in story.entries)
    return msgspec.structs.replace(story, entries=entries, history={})


def test_a_retracted_entry_is_a_tombstone_and_no_entry() -> None:
    feed = xml(given(sumy(), "feed.atom"))
    gone = one("at:deleted-entry", feed)
    assert gone.get("ref") not in feed.xpath("//a:entry/a:id/text()", namespaces=NS)
    assert gone.xpath("at:comment/text()", namespaces=NS)


def test_an_entry_is_reprinted_with_its_credit_sources_and_capture() -> None:
    feed = xml(given(sumy(), "feed.atom"))
    content = feed.xpath("//a:entry[a:link[contains(@href, 'e/a11')]]", namespaces=NS)[0]
    html = one("a:content/text()", content)
    origin = next(e for e in sumy().entries if e.id == "a11").origins.origins[0]
    assert origin.captures[0] in html
    assert f"{BASE}soumy/e/a11" in html
    assert one("a:rights/text()", content) in html


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "alerts.atom"])
@pytest.mark.parametrize("language", ["fr", "uk"])
def test_every_copy_carries_credit_address_and_capture(name: str, language: str) -> None:
    text = unescape(unescape(given(sumy(), name, language).decode().replace('\\"', '"')))
    for item in pack(view(sumy(), language)).standing:
        if name != "places.geojson" or item.place:
            assert item.credit in text, item.credit
            assert item.address in item.credit
        if item.springs and item.springs[0].relays:
            digits = item.credit.replace("\u00a0", " ").replace(" ", "")
            assert item.springs[0].relays[0].capture[:8] in digits


@pytest.mark.parametrize("story", [sumy(), trypont()], ids=lambda story: story.slug)
def test_readers_of_feeds_see_the_same_in_each(story: Story) -> None:
    packed = pack(view(story))
    wanted = {item.urn: item for item in packed.standing}
    for name in ("feed.atom", "feed.rss", "feed.json"):
        found = fastfeedparser.parse(given(story, name))
        assert found.feed.title == packed.title, name
        assert found.feed.link == packed.address, name
        shown = {entry.id: entry for entry in found.entries if entry.id in wanted}
        assert list(shown) == list(wanted), name
        for key, item in wanted.items():
            entry = shown[key]
            assert (entry.title, entry.link, entry.author) == (
                item.headline, item.address, packed.publisher,
            ), name  # fmt: skip
            assert datetime.fromisoformat(entry.published) == item.entry.published, name
            assert item.credit in unescape(entry.description + str(entry.get("content"))), name
        for key in {item.urn for item in packed.withdrawn} & {entry.id for entry in found.entries}:
            assert name == "feed.rss", key  # which has no other way to say it


def test_a_page_announces_its_feeds_by_name() -> None:
    page = tree(render_page(sumy(), "uk", base="/", languages=("fr", "en", "uk", "ru")).html)
    links = page.xpath("//head/link[@rel='alternate'][@title]")
    found = {link.get("title"): (link.get("type"), link.get("href")) for link in links}
    assert len(found) == len(links) == 4
    assert found["Стрічка RSS"][0] == "application/rss+xml"
    name, path = found["Тривоги (CAP)"]
    assert (name, path) == ("application/atom+xml", "/soumy/alerts.atom?l=uk")
    quiet = render_page(
        msgspec.structs.replace(sumy(), alerts=()), "uk", base="/", languages=("fr", "uk")
    )
    assert "alerts.atom" not in quiet.html


def test_rss_says_that_an_item_was_withdrawn() -> None:
    feed = xml(given(sumy(), "feed.rss"))
    titles = feed.xpath("//item/title/text()")
    assert sum("retirée" in title for title in titles) == 1
    guids = feed.xpath("//item/guid/text()")
    assert len(guids) == len(set(guids)) == len(titles)


def test_rss_says_when_an_item_changed() -> None:
    feed = xml(given(sumy(), "feed.rss"))
    told = feed.xpath("//item/atom:updated/text()", namespaces={"atom": ATOM})
    changed = [e.updated for e in sumy().entries if e.updated > e.published]
    assert [datetime.fromisoformat(moment) for moment in told] == changed


def test_json_feed_tells_versions_and_deletions_in_its_extension() -> None:
    feed = json.loads(given(sumy(), "feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all({"id", "content_html", "url"} <= item.keys() for item in feed["items"])
    corrected = [item for item in feed["items"] if item["_sourcier"]["state"] == "corrected"]
    assert [len(item["_sourcier"]["versions"]) for item in corrected] == [2]
    ids = {item["id"] for item in feed["items"]}
    gone = feed["_sourcier"]["deleted"]
    assert [entry["note"] is not None and entry["id"] not in ids for entry in gone] == [True]


def test_a_live_blog_ends_only_once_it_is_closed() -> None:
    opened = json.loads(given(sumy(), "live.jsonld"))
    assert "coverageEndTime" not in opened
    closed = json.loads(given(msgspec.structs.replace(sumy(), closed=True), "live.jsonld"))
    assert closed["coverageEndTime"] == closed["dateModified"]
    assert closed["coverageStartTime"] == opened["coverageStartTime"]


def test_each_update_has_its_dates_author_and_sources() -> None:
    page = json.loads(given(sumy(), "live.jsonld"))
    for update in page["liveBlogUpdate"]:
        assert {"headline", "articleBody", "datePublished", "dateModified", "author"} <= set(update)
    toll = next(u for u in page["liveBlogUpdate"] if u["url"].endswith("e/a11"))
    assert [work["publisher"]["name"] for work in toll["isBasedOn"]] == [
        "Agence Lanterne",
        "Radio Confluent",
    ]
    corrections = [u["correction"] for u in page["liveBlogUpdate"] if "correction" in u]
    assert [correction["@type"] for correction in corrections] == ["CorrectionComment"]


def test_a_format_stays_the_same_while_the_story_does() -> None:
    story = sumy()
    later = msgspec.structs.replace(story, now=story.now.replace(minute=59))
    for name in FORMATS:
        assert given(story, name) == given(later, name), name


def test_hostile_words_are_only_words() -> None:
    story = sumy()
    bad = "]]></title><script>alert(1)</script>\x00\x0b\ud800 & \"<b>'"
    texts = {"fr": EntryText(headline=bad, body=bad)}
    entry: Entry = msgspec.structs.replace(story.entries[0], texts=texts)
    story = msgspec.structs.replace(story, entries=(entry, *story.entries[1:]), titles={"fr": bad})
    for name in ("feed.atom", "feed.rss", "newsml.xml", "alerts.atom"):
        document = xml(given(story, name))
        assert not document.xpath("//*[local-name() = 'script']")
    items = json.loads(given(story, "feed.json"))["items"]
    assert not any("<script" in item["content_html"] for item in items)
    assert json.loads(given(story, "live.jsonld"))["headline"].startswith("]]>")


def test_what_is_handed_out_needs_absolute_addresses() -> None:
    with pytest.raises(ValueError, match="absolute"):
        pack(View(sumy(), "fr", FileLinks("", "soumy", "fr", "fr")))

"""Pictures for those who republish: in each format by its own means, gone from all once withdrawn."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace

from sourcier.publish.formats import FORMATS, written
from sourcier.publish.links import Links
from sourcier.publish.page import render_entry_page
from sourcier.publish.view import View
from sourcier.types import Entry, Picture, Story
from tests.publish.test_exchange import NS, newsml, ninjs, official  # noqa: F401 - fixtures
from tests.publish.trees import tree, xml
from tests.publish.trypont import trypont

BASE = "https://direct.example/"
DIGEST = "0123456789abcdef" * 2
FILE = f"{BASE}trypont/media/{DIGEST}.jpg"
PICTURE = Picture(
    digest=DIGEST,
    width=1600,
    height=1067,
    widths=(480, 960, 1600),
    credit="Mira Otel",
    alt={"fr": "Un pont effondré", "en": "A fallen bridge"},
    caption={"fr": "Le pont, à l'aube."},
    size=81_234,
)
ADDRESSED = [name for name in FORMATS if name not in ("alerts.atom", "places.geojson")]


def illustrated(picture: Picture | None = PICTURE, **more: Any) -> Story:
    story = trypont()
    first: Entry = replace(story.entries[0], picture=picture, **more)
    return replace(story, entries=(first, *story.entries[1:]))


def withdrawn() -> Story:
    """Return the story whose picture was published, then taken back together with its entry."""
    before = illustrated()
    shown = before.entries[0]
    note = {"fr": "Un autre pont."}
    gone = replace(shown, state="retracted", version=shown.version + 1, note=note)
    history = before.history | {shown.id: (*before.history.get(shown.id, ()), shown)}
    return replace(before, entries=(gone, *before.entries[1:]), history=history)


def given(story: Story, name: str, language: str = "fr") -> bytes:
    return written(View(story, language, Links(BASE, story.slug, language, "fr")), name)


def first(story: Story, name: str) -> Any:
    found = json.loads(given(story, name))
    return (found.get("items") or found.get("associations") or found.get("liveBlogUpdate"))[0]


def test_atom_and_rss_enclose_it_with_its_bytes_and_its_type() -> None:
    (link,) = xml(given(illustrated(), "feed.atom")).findall(".//a:link[@rel='enclosure']", NS)
    assert dict(link.attrib) == {
        "rel": "enclosure", "type": "image/jpeg", "href": FILE, "length": "81234",
        "title": "Un pont effondré",
    }  # fmt: skip
    (one,) = xml(given(illustrated(), "feed.rss")).findall(".//enclosure")
    assert dict(one.attrib) == {"url": FILE, "length": "81234", "type": "image/jpeg"}


def test_bytes_that_are_not_known_are_not_made_up() -> None:
    story = illustrated(replace(PICTURE, size=0))
    (link,) = xml(given(story, "feed.atom")).findall(".//a:link[@rel='enclosure']", NS)
    assert "length" not in link.attrib
    (one,) = xml(given(story, "feed.rss")).findall(".//enclosure")
    assert one.get("length") == "0"
    assert "size_in_bytes" not in first(story, "feed.json")["attachments"][0]
    for name in ADDRESSED:
        assert FILE in given(story, name).decode(), name


def test_json_feed_attaches_it() -> None:
    item = first(illustrated(), "feed.json")
    assert item["image"] == FILE
    assert item["attachments"] == [
        {
            "url": FILE, "mime_type": "image/jpeg", "title": "Un pont effondré",
            "size_in_bytes": 81_234,
        }
    ]  # fmt: skip


def test_search_engines_are_told_whose_it_is_and_how_large() -> None:
    image = first(illustrated(), "live.jsonld")["image"]
    assert (image["@type"], image["contentUrl"]) == ("ImageObject", FILE)
    assert (image["creditText"], image["encodingFormat"]) == ("Mira Otel", "image/jpeg")
    assert (image["caption"], image["description"]) == ("Le pont, à l’aube.", "Un pont effondré")
    sides = [(image[side]["value"], image[side]["unitCode"]) for side in ("width", "height")]
    assert sides == [(960, "E37"), (640, "E37")]


@official
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("story", [illustrated(), withdrawn()], ids=["shown", "withdrawn"])
def test_agencies_formats_with_it_are_valid(
    ninjs: Draft202012Validator,  # noqa: F811
    newsml: etree.XMLSchema,  # noqa: F811
    story: Story,
    language: str,
) -> None:
    ninjs.validate(json.loads(given(story, "ninjs.json", language)))
    newsml.assertValid(xml(given(story, "newsml.xml", language)))


def test_ninjs_associates_it_with_its_words_and_its_file() -> None:
    (picture,) = first(illustrated(), "ninjs.json")["associations"]
    assert (picture["type"], picture["by"]) == ("picture", "Mira Otel")
    assert {one["role"]: one["value"] for one in picture["descriptions"]} == {
        "caption": "Le pont, à l’aube.", "alt": "Un pont effondré",
    }  # fmt: skip
    assert picture["renditions"][0] == {
        "name": "main", "href": FILE, "contentType": "image/jpeg", "width": 960, "height": 640,
        "sizeInBytes": 81_234,
    }  # fmt: skip


def pictures(story: Story) -> list[Any]:
    path = ".//n:newsItem[n:itemMeta/n:itemClass/@qcode = 'ninat:picture']"
    return list(xml(given(story, "newsml.xml")).xpath(path, namespaces=NS))


def test_newsml_has_it_as_an_item_that_its_words_and_it_lead_to_each_other() -> None:
    (item,) = pictures(illustrated())
    assert item.find(".//n:remoteContent", NS).get("href") == FILE
    assert item.findtext(".//n:creditline", None, NS) == "Mira Otel"
    to = item.find("n:itemMeta/n:link", NS).get("residref")
    (words,) = item.xpath(f"../n:newsItem[@guid = '{to}']", namespaces=NS)
    (back,) = words.xpath("n:itemMeta/n:link/@residref", namespaces=NS)
    assert back == item.get("guid")


@pytest.mark.parametrize("name", ADDRESSED)
def test_withdrawn_with_its_entry_it_is_in_no_format(name: str) -> None:
    assert FILE in given(illustrated(), name).decode()
    assert DIGEST not in given(withdrawn(), name).decode()


def test_newsml_cancels_what_is_shown_no_more() -> None:
    (shown,) = pictures(illustrated())
    (gone,) = pictures(withdrawn())
    assert gone.get("guid") == shown.get("guid")
    assert gone.find(".//n:pubStatus", NS).get("qcode") == "stat:canceled"
    assert gone.find(".//n:contentMeta", NS) is None
    before = illustrated().entries[0]
    other = replace(PICTURE, digest="f" * 32)
    story = illustrated(other, version=before.version + 1)
    story = replace(story, history=story.history | {before.id: (before, story.entries[0])})
    states = [one.find(".//n:pubStatus", NS).get("qcode") for one in pictures(story)]
    assert states == ["stat:canceled", "stat:usable"]


def head(story: Story, site: str = "https://direct.example", **more: Any) -> dict[str, str]:
    page = render_entry_page(story, story.entries[0].id, "fr", site=site, **more)
    found = tree(page.html).xpath("//head/meta[@property or @name]")
    return {one.get("property") or one.get("name"): one.get("content") for one in found}


def test_a_link_to_an_entry_previews_its_picture() -> None:
    shown = head(illustrated())
    assert shown["og:image"] == FILE
    assert (shown["og:image:width"], shown["og:image:height"]) == ("960", "640")
    assert shown["og:image:alt"] == "Un pont effondré"
    assert shown["twitter:card"] == "summary_large_image"
    bare = head(illustrated(None))
    assert ("og:image" in bare, bare["twitter:card"]) == (False, "summary")
    assert "og:image" not in head(illustrated(), site="")


@pytest.mark.parametrize("version", [None, 1])
def test_the_pages_of_a_withdrawn_entry_have_nothing_of_its_picture(version: int | None) -> None:
    story = withdrawn()
    page = render_entry_page(
        story, story.entries[0].id, "fr", version=version, site="https://direct.example"
    )
    assert DIGEST not in page.html

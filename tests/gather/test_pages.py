"""Articles in the layouts of ten publishing systems, and live pages whose updates come, change and go."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from sourcier.gather.page import article, one_article
from sourcier.gather.web import Web
from sourcier.problems import InputError

from .conftest import Site
from .pages import ARTICLE, AT, EDITED, LAYOUTS, PARAGRAPHS, TITLE, URL, P, ld, page
from .test_doors import Poller, door


@pytest.mark.parametrize("system", LAYOUTS)
def test_the_article_of_each_publishing_system(system: str) -> None:
    found = article(LAYOUTS[system], URL, "Europe/Paris")
    assert found.text.splitlines() == list(PARAGRAPHS)
    assert found.title == TITLE
    assert found.published == datetime.fromisoformat(AT)
    assert found.updated == datetime.fromisoformat(EDITED)
    assert (found.language or "")[:2] == "fr"
    assert [(c.kind, c.name) for c in found.credits] == [("author", "Ada Ruel")]


def test_a_dateline_is_kept_and_a_provider_credited() -> None:
    node = ARTICLE | {
        "dateline": "BRUMEVAL, France (Sillage)",
        "provider": {"@type": "Organization", "name": "Agence Sillage"},
        "isBasedOn": "https://sillage.example/1",
    }
    found = article(page(ld(node), f"<article>{P}</article>"), URL, "UTC")
    assert found.text.startswith("BRUMEVAL, France (Sillage) — La Sereine")
    assert [(c.kind, c.name, c.url) for c in found.credits][1:] == [
        ("source", "Agence Sillage", None),
        ("source", None, "https://sillage.example/1"),
    ]
    again = article(page(ld(node), f"<article><p>{node['dateline']} {P[3:]}</article>"), URL, "UTC")
    assert again.text.count("Sillage") == 1


def test_a_canonical_elsewhere_is_the_source() -> None:
    head = "<link rel='canonical' href='https://sillage.example/crue'>"
    found = article(page(head, f"<article>{P}</article>"), URL, "UTC")
    assert [(c.kind, c.url) for c in found.credits] == [("source", "https://sillage.example/crue")]


def update(number: int, text: str = "La pluie cesse.", **more: Any) -> dict[str, Any]:
    return {
        "@type": "BlogPosting",
        "headline": f"Point {number}",
        "articleBody": f"<p>{text}</p><p>Point {number}.</p>",
        "datePublished": f"2024-11-22T08:{number:02}:00+01:00",
        "url": f"{URL}#post-{number}",
        "author": {"@type": "Person", "name": "Ada Ruel"},
    } | more


def live(*updates: dict[str, Any]) -> bytes:
    node = ARTICLE | {"@type": ["LiveBlogPosting"], "liveBlogUpdate": list(updates)}
    return page(ld({"@graph": [node]}), f"<article>{P}</article>")


def test_each_update_of_a_live_page_is_a_dispatch(site: Site, web: Web) -> None:
    url = site.give("/direct", live(update(2), update(1)))
    poll = Poller(door("page", url, languages=("fr",)), web)
    second, first = poll()
    assert (second.title, second.text) == ("Point 2", "La pluie cesse.\nPoint 2.")
    assert second.published == datetime.fromisoformat("2024-11-22T08:02:00+01:00")
    assert second.dispatch == second.url == f"{URL}#post-2"
    assert [credit.name for credit in second.credits] == ["Ada Ruel"]
    site.give("/direct", live(update(3), update(2, "La pluie reprend."), update(1)))
    third, edited = poll()
    assert (third.version, edited.version, edited.supersedes) == (1, 2, second.id)
    assert first.version == 1


def test_updates_without_links_of_their_own_keep_their_names(site: Site, web: Web) -> None:
    bare = [update(n, url=URL, author=None) for n in (3, 2, 2, 1)]
    bare[1]["articleBody"] = "Autre."
    poll = Poller(door("page", site.give("/direct", live(*bare[1:]))), web)
    assert len({capture.dispatch for capture in poll()}) == 3
    site.give("/direct", live(*bare))
    (new,) = poll()
    assert new.title == "Point 3"


def test_an_update_is_gone_only_where_it_surely_is(site: Site, web: Web) -> None:
    shown = [update(n) for n in range(12, 0, -1)]
    poll = Poller(door("page", site.give("/direct", live(*shown))), web)
    captures = {capture.title: capture for capture in poll()}
    pinned = [shown[-1], *shown[:6]]
    site.give("/direct", live(*pinned))
    assert poll() == []
    site.give("/direct", live(*(one for one in shown[:7] if one["headline"] != "Point 11")))
    (gone,) = poll()
    assert (gone.deleted, gone.supersedes) == (True, captures["Point 11"].id)
    site.give("/direct", live(shown[0], *shown[-3:]))
    assert poll() == []


MICRODATA = """<main itemscope itemtype="https://schema.org/LiveBlogPosting"><h1 itemprop="headline">Direct
</h1>{}</main>"""
ENTRY = """<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" id="p{n}">
<time itemprop="datePublished" datetime="2024-11-22T08:0{n}:00">8h0{n}</time><h2 itemprop="headline">Point
{n}</h2><div itemprop="articleBody"><p>La pluie cesse.</p><p>Le pont rouvre.</p></div></div>"""


def test_a_live_page_in_microdata(site: Site, web: Web) -> None:
    body = MICRODATA.format(ENTRY.format(n=2) + ENTRY.format(n=1))
    url = site.give("/direct", page("", body))
    second, first = Poller(door("page", url), web)()
    assert (second.title, second.text) == ("Point 2", "La pluie cesse.\nLe pont rouvre.")
    assert second.published == datetime.fromisoformat("2024-11-22T08:02:00+01:00")
    assert (first.dispatch, first.url) == (f"{url}#p1", f"{url}#p1")


def test_a_live_page_is_no_article_for_an_entry_that_leads_to_it() -> None:
    assert one_article(live(update(1)), URL, "UTC") is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        page(ld(*([{"@type": "NewsArticle", "author": [[[1]]], "headline": 5, "url": 7}] * 3)), P),
        page("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", P),
        page("<script type='application/ld+json'>[" + "9" * 100_000 + "]</script>", P),
        page("<script type='application/ld+json'>" + '{"@type":"LiveBlogPosting"' + "</script>", P),
        page(
            ld(
                {"@type": "LiveBlogPosting", "liveBlogUpdate": [None, 1, "x", {"url": "http://[x"}]}
            ),
            P,
        ),
        page(ld([{"a": [{"@type": "X"}] * 100}] * 300), P),
        page("", "<div>" * 50_000 + P),
        page("", "<p>" + "a <b>" * 50_000),
    ],
)
def test_no_page_costs_much_or_raises_anything_else(body: bytes) -> None:
    begun = time.perf_counter()
    with suppress(InputError):
        one_article(body, URL, "UTC")
    assert time.perf_counter() - begun < 15


def test_an_update_without_words_is_none(site: Site, web: Web) -> None:
    body = live(update(1), {"@type": "BlogPosting", "url": "#x"}, json.loads("{}"))
    assert len(Poller(door("page", site.give("/d", body)), web)()) == 1

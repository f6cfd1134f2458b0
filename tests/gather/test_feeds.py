"""Feeds as they come: dialects, wrong ones, half ones, those that number anew, blurbs and gaps."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from sourcier.gather.feed import read
from sourcier.gather.feed_entry import MOST_ENTRIES, Entry
from sourcier.gather.fetched import Fetched
from sourcier.gather.web import Web
from sourcier.problems import InputError, Problem
from sourcier.types import Capture

from .conftest import Site
from .test_doors import NOW, Poller, door

LONG = "La rivière est sortie de son lit dans la nuit. " * 20
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(*items: str, head: str = "", spaces: str = SPACES) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>Le Fanal</title>{head}'
        + "".join(items)
        + "</channel></rss>\n<!-- cached -->"
    )


def item(
    inner: str, guid: str = "g1", link: str = "https://fanal.example/1", text: str = ""
) -> str:
    return (
        f'<item><guid isPermaLink="false">{guid}</guid><link>{link}</link>{inner}'
        f"<content:encoded><![CDATA[{text or LONG}]]></content:encoded></item>"
    )


def of(body: bytes | str, content_type: str | None = None) -> list[Entry]:
    data = body if isinstance(body, bytes) else body.encode()
    headers = (("Content-Type", content_type),) if content_type else ()
    return list(read(Fetched("https://fanal.example/rss", data, NOW, headers=headers)).entries)


DIALECTS = {
    "0.91": '<rss version="0.91"><channel><item><title>Crue</title><link>/1</link>'
    "<description>Un mort.</description></item></channel></rss>",
    "0.90": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>F</title></channel><item>'
    "<title>Crue</title><link>/1</link><description>Un mort.</description></item></rdf:RDF>",
    "1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>F</title></channel>'
    '<item rdf:about="/1"><title>Crue</title><link>/1</link><description>Un mort.</description>'
    "</item></rdf:RDF>",
    "atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id>'
    '<title>Crue</title><link rel="alternate" href="/1"/>'
    '<content mode="escaped" type="text/html">&lt;p&gt;Un mort.&lt;/p&gt;</content></entry></feed>',
    "atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Crue</title>'
    '<link href="/1"/><content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Un '
    "mort.</x:p></x:div></content></entry></feed>",
    "json": '{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "/1",'
    ' "title": "Crue", "content_text": "Un mort.", "author": {"name": "Ada Ruel"}}, 7]}',
}


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_is_read(dialect: str, site: Site, web: Web) -> None:
    url = site.give("/feed", DIALECTS[dialect].encode())
    (capture,) = Poller(door("feed", url, pages=0), web)()
    assert (capture.title, capture.text, capture.url) == ("Crue", "Un mort.", f"{site.url}/1")


TEXT = rss(item("<title>Обстріл</title>", text="Is."))


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (TEXT.replace("?>", ' encoding="windows-1251"?>', 1).encode("cp1251"), None, "Обстріл"),
        (TEXT.replace("?>", ' encoding="windows-1251"?>', 1).encode(), None, "Обстріл"),
        (TEXT.encode("cp1251"), "text/xml; charset=windows-1251", "Обстріл"),
        (TEXT.encode("utf-16"), None, "Обстріл"),
        (TEXT.replace("Обстріл", "Évacués").encode("cp1252"), None, "Évacués"),
        (TEXT.replace("?>", ' encoding="klingon"?>', 1).encode(), None, "Обстріл"),
        ("\n\n" + TEXT.replace("Обстріл", "Feu &amp; eau"), None, "Feu & eau"),
        (TEXT.replace("Обстріл", "Feu & eau"), None, "Feu & eau"),
        (TEXT.replace("Обстріл", "Bless&eacute;s&nbsp;: &quot;9&quot;"), None, 'Blessés : "9"'),
        (TEXT.replace("Обстріл", "<![CDATA[AT & T]]>"), None, "AT & T"),
        (TEXT.replace("Обстріл", "a\x00b \x0cc"), None, "a b c"),
    ],
)
def test_wrong_charsets_and_characters_are_put_right(
    body: bytes | str, content_type: str | None, title: str
) -> None:
    (entry,) = of(body, content_type)
    assert entry.title == title


def test_prefixes_that_nobody_declared_are_understood() -> None:
    (entry,) = of(rss(item("<title>t</title><dc:creator>Ada</dc:creator>"), spaces=""))
    assert [credit.name for credit in entry.credits] == ["Ada"]


def test_half_a_feed_gives_its_whole_entries_and_is_read_again(site: Site, web: Web) -> None:
    whole = rss(item("<title>Un</title>"), item("<title>Deux</title>", "g2")).encode()
    cut = whole[: whole.index(b"Deux") + 2]
    url = site.give("/rss", cut, ETag='"1"')
    poll = Poller(door("feed", url), web)
    capture, problem = poll.all()
    assert isinstance(capture, Capture)
    assert isinstance(problem, Problem)
    assert (capture.title, problem.code) == ("Un", "half_feed")
    site.give("/rss", whole, ETag='"1"')
    (rest,) = poll()
    assert rest.title == "Deux"
    assert "If-None-Match" not in site.asked[-1]


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><rss version="2.0"><channel><item><guid>1</guid><title>x &i; y</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        rss(item("<description>" + "<a>" * 30_000 + "</description>")),
        rss(item(("<a>" * 100 + "x" + "</a>" * 100) * 300)),
        rss("<item>" * 50_000),
        "<![CDATA[" * 50_000,
        "<rss><channel>" + "<item><title>&" * 20_000,
        '<rss version="2.0"><channel><item><guid>1</guid><pubDate>' + "9" * 10_000,
        '{"items": [' + "[" * 100_000,
        '{"items": [{"id": ' + "9" * 10_000 + "}]}",
        '{"items": {"id": 1}}',
        "[]",
        "<svg/>",
    ],
)
def test_no_feed_costs_much_or_raises_anything_else(body: str) -> None:
    begun = time.perf_counter()
    try:
        entries = of(body)
    except InputError:
        entries = []
    assert len(entries) <= MOST_ENTRIES
    assert time.perf_counter() - begun < 10
    assert len(repr(entries)) < 10 * len(body) + 1000


def test_dates_keep_or_take_the_zone_and_a_wrong_one_is_none(site: Site, web: Web) -> None:
    at_seven = datetime(2024, 11, 22, 7, tzinfo=UTC)
    written = {
        "Fri, 22 Nov 2024 08:00:00 +0100": at_seven,
        "Fri, 22 Nov 2024 08:00:00": at_seven,
        "22 Nov 2024 07:00 GMT": at_seven,
        "2024-11-22 08:00:00": at_seven,
        "2024-11-22 08:00:00 +0100": at_seven,
        "22.11.2024 08:00": at_seven,
        "0000-00-00": NOW,
        "Fri, 99 Nov 999999999 08:00:00": NOW,
        "hier": NOW,
        "": NOW,
    }
    items = [
        item(f"<title>t</title><pubDate>{text}</pubDate>", f"g{n}", f"https://fanal.example/{n}")
        for n, text in enumerate(written)
    ]
    captures = Poller(door("feed", site.give("/rss", rss(*items).encode())), web)()
    assert [capture.published for capture in captures] == list(written.values())


def test_languages_credits_and_the_feed_it_was_taken_from(site: Site, web: Web) -> None:
    head = "<language>en-US</language>"
    first = item(
        "<title>Un</title><dc:creator>Ada Ruel</dc:creator><dc:creator>Le Fanal</dc:creator>"
        '<source url="https://vigie.example/rss">La Vigie</source><dc:language>uk</dc:language>'
    )
    second = item("<title>Deux</title>", "g2", "https://fanal.example/2")
    url = site.give("/rss", rss(first, second, head=head).encode())
    one, two = Poller(door("feed", url, languages=("fr",)), web)()
    assert (one.language, two.language) == ("uk", "fr")
    assert [(c.kind, c.name, c.url) for c in one.credits] == [
        ("author", "Ada Ruel", None),
        ("source", "La Vigie", "https://vigie.example/rss"),
    ]
    assert [c.language for c in Poller(door("feed", url), web)()] == ["uk", "en"]


def test_an_atom_source_and_a_tombstone() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"
     xml:lang="uk"><at:deleted-entry ref="tag:9" when="2024-11-22T08:00:00Z"/><entry xml:lang="ru">
     <id>tag:1</id><title>T</title><link href="https://fanal.example/1"/><updated>2024-11-22T08:00:00Z
     </updated><source><title>Vigie</title><link href="https://vigie.example/"/></source></entry></feed>"""
    entry, gone = of(body)
    assert (entry.language, gone.deleted, gone.guid) == ("ru", True, "tag:9")
    assert [(c.name, c.url) for c in entry.credits] == [("Vigie", "https://vigie.example/")]


def dated(guid: str, link: str, title: str, minute: int = 0) -> str:
    date = f"<pubDate>Fri, 22 Nov 2024 08:{minute:02}:00 +0100</pubDate>"
    return item(f"<title>{title}</title>{date}", guid, link)


def test_entries_that_are_numbered_anew_are_the_same(site: Site, web: Web) -> None:
    links = [f"https://fanal.example/{n}" for n in range(3)]
    old = [dated(f"a{n}", link, "t", n) for n, link in enumerate(links)]
    poll = Poller(door("feed", site.give("/rss", rss(*old).encode())), web)
    known = poll()
    new = [dated(f"b{n}", link, "t", n) for n, link in enumerate(links)]
    new[1] = dated("b1", links[1], "Autre titre", 1)
    site.give("/rss", rss(*reversed(new)).encode())
    (edited,) = poll()
    assert (edited.dispatch, edited.version) == (known[1].dispatch, 2)
    assert not poll.state.door(poll.source).pulse.gaps


def test_updates_that_share_a_link_or_a_guid_are_apart(site: Site, web: Web) -> None:
    link = "https://fanal.example/direct"
    shared = [dated("same", link, f"t{n}", n) for n in range(3)]
    poll = Poller(door("feed", site.give("/rss", rss(*shared).encode())), web)
    assert len({capture.dispatch for capture in poll()}) == 3
    own = [dated(f"u{n}", link, f"t{n}", n) for n in range(9)]
    poll = Poller(door("feed", site.give("/rss", rss(*own[:2]).encode())), web)
    assert len(poll()) == 2
    site.give("/rss", rss(own[2]).encode())
    (third,) = poll()
    assert (third.dispatch, third.version) == ("u2", 1)


def test_a_gap_is_filled_from_older_pages_or_told(site: Site, web: Web) -> None:
    def page(numbers: range, older: str | None = None) -> bytes:
        head = f'<atom:link rel="next" href="{older}"/>' if older else ""
        items = [dated(f"g{n}", f"https://fanal.example/{n}", "t", n) for n in numbers]
        return rss(*items, head=head).encode()

    poll = Poller(door("feed", site.give("/rss", page(range(3)))), web)
    assert len(poll()) == 3
    site.give("/rss", page(range(6, 9), "/rss?2"))
    site.give("/rss?2", page(range(3, 6), "/rss?3"))
    site.give("/rss?3", page(range(2, 4)))
    pulse = poll.state.door(poll.source).pulse
    assert len(poll()) == 6
    assert not pulse.gaps
    site.give("/rss", page(range(40, 43)))
    assert len(poll()) == 3
    assert len(pulse.gaps) == 1


def test_a_feed_says_for_how_long_it_is_fresh_and_where_its_hub_is(site: Site, web: Web) -> None:
    head = (
        '<ttl>5</ttl><atom:link rel="self" href="https://fanal.example/rss"/>'
        '<atom:link rel="hub" href="https://hub.example/"/>'
    )
    poll = Poller(
        door("feed", site.give("/rss", rss(dated("g", "/1", "t"), head=head).encode())), web
    )
    poll()
    memory = poll.state.door(poll.source)
    assert memory.pulse.wait and memory.pulse.answered
    assert (memory.pulse.wait - memory.pulse.answered).total_seconds() == 300
    assert memory.hub and (memory.hub.url, memory.hub.topic) == (
        "https://hub.example/",
        "https://fanal.example/rss",
    )


def test_an_answers_link_headers_go_before_the_feed(site: Site, web: Web) -> None:
    link = '<https://hub.example/2>; rel="hub", </rss>; type="x"; rel=self, <bad'
    poll = Poller(
        door("feed", site.give("/rss", rss(dated("g", "/1", "t")).encode(), Link=link)), web
    )
    poll()
    hub = poll.state.door(poll.source).hub
    assert hub and (hub.url, hub.topic) == ("https://hub.example/2", f"{site.url}/rss")


def blurb(site: Site, number: int, text: str = "La crue monte…") -> str:
    return (
        f"<item><guid>b{number}</guid><title>t</title><link>{site.url}/a{number}</link>"
        f"<description>{text}</description></item>"
    )


def story(text: str) -> bytes:
    body = "".join(f"<p>{text} {LONG}</p>" for _ in range(3))
    return f"<html lang='fr'><body><article><h1>t</h1>{body}</article></body></html>".encode()


def test_the_page_of_a_blurb_is_fetched_once_for_each_version(site: Site, web: Web) -> None:
    asked = count()

    def counted(text: str) -> None:
        site.give("/a1", story(text))
        answer = site.pages["/a1"]
        site.pages["/a1"] = lambda request: (next(asked), answer(request))[1]

    counted("Un mort.")
    poll = Poller(door("feed", site.give("/rss", rss(blurb(site, 1)).encode())), web)
    (first,) = poll()
    assert first.text.startswith("Un mort. La rivière")
    assert (first.dispatch, first.url, first.language) == ("b1", f"{site.url}/a1", "fr")
    site.give("/rss", rss(blurb(site, 1), item("<title>x</title>")).encode())
    assert [capture.dispatch for capture in poll()] == ["g1"]
    counted("Deux morts.")
    site.give("/rss", rss(blurb(site, 1, "Deux morts…")).encode())
    (second,) = poll()
    assert (second.version, second.text[:11]) == (2, "Deux morts.")
    assert next(asked) == 2


def test_a_page_that_fails_leaves_the_blurb_and_is_asked_for_three_times(
    site: Site, web: Web
) -> None:
    url = site.give("/rss", rss(blurb(site, 1)).encode(), ETag='"1"')
    poll = Poller(door("feed", url), web)
    problem, capture = poll.all()
    assert isinstance(problem, Problem)
    assert isinstance(capture, Capture)
    assert (problem.code, capture.text) == ("http_404", "La crue monte…")
    for _ in range(2):
        (again,) = poll.all()
        assert isinstance(again, Problem)
    assert poll.all() == []
    assert poll.state.door(poll.source).etag == '"1"'
    site.give("/rss", rss(blurb(site, 1), head="<ttl>1</ttl>").encode())
    assert poll.all() == []
    assert poll.state.door(poll.source).waited == {}


def test_a_page_that_comes_later_is_the_next_version_of_its_blurb(site: Site, web: Web) -> None:
    url = site.give("/rss", rss(blurb(site, 1)).encode(), ETag='"1"')
    poll = Poller(door("feed", url), web)
    first = poll.all()[-1]
    assert isinstance(first, Capture)
    site.give("/a1", story("Un mort."))
    (second,) = poll()
    assert (second.version, second.supersedes) == (2, first.id)
    assert second.text.startswith("Un mort.")
    assert poll.all() == []


def test_an_edit_whose_page_fails_stays_as_it_was_seen_until_the_page_comes(
    site: Site, web: Web
) -> None:
    site.give("/a1", story("Un mort."))
    poll = Poller(door("feed", site.give("/rss", rss(blurb(site, 1)).encode())), web)
    (first,) = poll()
    site.give("/rss", rss(blurb(site, 1, "Deux morts…")).encode())
    site.give("/a1", b"", 503)
    assert [getattr(one, "code", "") for one in poll.all()] == ["http_503"]
    site.give("/a1", story("Deux morts."))
    (second,) = poll()
    assert (second.version, second.supersedes) == (2, first.id)
    assert second.text.startswith("Deux morts.")


def test_so_many_pages_a_poll_the_rest_with_the_next(site: Site, web: Web) -> None:
    for number in range(5):
        site.give(f"/a{number}", story(f"Texte {number}."))
    url = site.give("/rss", rss(*(blurb(site, number) for number in range(5))).encode(), ETag='"1"')
    poll = Poller(door("feed", url, pages=2), web)
    assert [capture.text.startswith("Texte") for capture in poll()] == [True] * 2 + [False] * 3
    assert [(c.version, c.dispatch) for c in poll()] == [(2, "b2"), (2, "b3")]
    assert [(c.version, c.dispatch) for c in poll()] == [(2, "b4")]
    assert poll() == []
    assert poll.state.door(poll.source).etag == '"1"'


def test_an_entry_leads_into_no_private_network(site: Site, web: Web) -> None:
    other = "http://169.254.169.254/latest", "http://127.0.0.1:9/", "http://localhost:9/"
    items = [
        f"<item><guid>{n}</guid><link>{link}</link><description>b</description></item>"
        for n, link in enumerate(other)
    ]
    found = Poller(door("feed", site.give("/rss", rss(*items).encode())), web).all()
    problems = [one for one in found if isinstance(one, Problem)]
    assert [problem.code for problem in problems] == ["private_address"] * 3


def test_json_with_hubs_deletions_and_an_own_language(site: Site, web: Web) -> None:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "feed_url": "https://fanal.example/f.json",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {"id": "1", "content_html": "<p>Un.</p><p>Deux.</p>", "language": "uk"},
            {"id": "2", "content_text": "Trois.", "authors": [{"name": "Ada"}, None]},
        ],
    }
    poll = Poller(door("feed", site.give("/f", json.dumps(feed).encode())), web)
    one, two = poll()
    assert (one.text, one.language) == ("Un.\nDeux.", "uk")
    assert [credit.name for credit in two.credits] == ["Ada"]
    feed["_sourcier"] = {"deleted": [{"id": "1"}]}
    feed["items"] = feed["items"][1:]
    site.give("/f", json.dumps(feed).encode())
    (gone,) = poll()
    assert (gone.deleted, gone.supersedes) == (True, one.id)

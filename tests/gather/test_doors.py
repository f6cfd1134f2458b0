from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather import State, gather
from sourcier.gather import state as memory
from sourcier.gather.item import Item
from sourcier.gather.page import article
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture, Source, SourceKind

from .conftest import Site

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)


def door(kind: SourceKind, url: str, **more: Any) -> Source:
    values = {"id": "d", "publisher": "Le Fanal", "zone": "Europe/Paris"} | more
    return Source(kind=kind, url=url, **values)


class Poller:
    """Polls one door again and again; each poll is two minutes after the last."""

    def __init__(self, source: Source, web: Web) -> None:
        self.source = source
        self.web = web
        self.state = State()
        self.now = NOW

    def all(self) -> list[Capture | Problem]:
        found = list(gather(self.source, self.state, now=self.now, web=self.web))
        self.now += timedelta(minutes=2)
        return found

    def __call__(self) -> list[Capture]:
        found = self.all()
        assert not [one for one in found if isinstance(one, Problem)], found
        return [one for one in found if isinstance(one, Capture)]


def rss(*entries: str) -> bytes:
    head = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le Fanal</title>'
    )
    return (head + "".join(entries) + "</channel></rss>").encode()


def entry(number: int, text: str, title: str = "Crue") -> str:
    return (
        f"<item><title>{title}</title><link>https://fanal.example/{number}</link>"
        f'<guid isPermaLink="false">g{number}</guid><dc:creator>Ada Ruel</dc:creator>'
        f"<pubDate>Fri, 22 Nov 2024 08:{number:02}:00 +0100</pubDate>"
        f"<description>Le blurb.</description>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def test_a_feed_gives_each_entry_once_then_its_edits(site: Site, web: Web) -> None:
    url = site.give("/rss", rss(entry(1, "<p>Un mort.</p><p>La crue monte.</p>"), entry(2, "B.")))
    poll = Poller(door("feed", url, languages=("fr",), role="agency", party="FR"), web)
    first, second = poll()
    assert first.text == "Un mort.\nLa crue monte."
    assert first.title == "Crue"
    assert (first.dispatch, first.url) == ("g1", "https://fanal.example/1")
    assert first.published == datetime(2024, 11, 22, 7, 1, tzinfo=UTC)
    assert first.retrieved == NOW
    assert (first.publisher, first.role, first.party) == ("Le Fanal", "agency", "FR")
    assert (first.language, first.zone, first.version) == ("fr", "Europe/Paris", 1)
    assert [credit.name for credit in first.credits] == ["Ada Ruel"]
    assert second.dispatch == "g2"

    site.give("/rss", rss(entry(3, "C."), entry(1, "<p>Deux morts.</p>"), entry(2, "B.")))
    third, edited = poll()
    assert third.dispatch == "g3"
    assert (edited.text, edited.version, edited.supersedes) == ("Deux morts.", 2, first.id)
    assert edited.dispatch == first.dispatch
    site.give("/rss", rss(entry(2, "B."), entry(3, "C.")))
    assert poll() == []


def test_a_new_title_is_a_new_version_of_the_same_dispatch(site: Site, web: Web) -> None:
    poll = Poller(door("feed", site.give("/rss", rss(entry(1, "A.", "Deux morts")))), web)
    (first,) = poll()
    site.give("/rss", rss(entry(1, "A.", "Quatre morts")))
    (second,) = poll()
    assert (second.title, second.dispatch, second.version) == ("Quatre morts", first.dispatch, 2)


def test_an_edit_that_is_taken_back_is_a_third_version(site: Site, web: Web) -> None:
    poll = Poller(door("feed", site.give("/rss", rss(entry(1, "A.")))), web)
    versions = []
    for text in ("A.", "B.", "A."):
        site.give("/rss", rss(entry(1, text)))
        versions += poll()
    assert [capture.version for capture in versions] == [1, 2, 3]
    assert len({capture.id for capture in versions}) == 3


def test_an_entry_without_a_text_costs_nothing_else(site: Site, web: Web) -> None:
    empty = "<item><link>https://fanal.example/9</link></item>"
    poll = Poller(door("feed", site.give("/rss", rss(empty, entry(1, "A.")))), web)
    problem, capture = poll.all()
    assert isinstance(problem, Problem)
    assert problem.where == "https://fanal.example/9"
    assert isinstance(capture, Capture)


def test_an_entry_without_date_counts_from_first_sight(site: Site, web: Web) -> None:
    bare = "<item><guid>g</guid><description>{}</description></item>"
    poll = Poller(door("feed", site.give("/rss", rss(bare.format("A.")))), web)
    (first,) = poll()
    site.give("/rss", rss(bare.format("B.")))
    (second,) = poll()
    assert first.published == second.published == NOW
    assert second.retrieved == NOW + timedelta(minutes=2)


@pytest.mark.parametrize("body", [b"<html><body>moved</body></html>", b"", b"\0\1", b"<rss><chan"])
def test_what_is_no_feed_is_one_problem(site: Site, web: Web, body: bytes) -> None:
    url = site.give("/rss", body)
    for found in Poller(door("feed", url), web).all():
        assert isinstance(found, Problem)
        assert found.where == url


def test_a_feed_reads_no_file_and_expands_no_entity(site: Site, web: Web, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("S3CRET")
    attack = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss version='2.0'><channel><item><guid>g</guid><title>t</title>"
        "<description>a &x; b</description></item></channel></rss>"
    ).encode()
    found = Poller(door("feed", site.give("/rss", attack)), web).all()
    assert "S3CRET" not in repr(found)


PAGE = """<!doctype html><html lang="fr"><head><title>Crue : {n} morts</title>
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle",
 "datePublished": "2024-11-22T08:05:00"}}]}}</script>
<meta property="article:modified_time" content="2024-11-22T09:10:00+01:00"></head><body>
<nav><a href="/">Accueil</a> <a href="/m">Météo</a></nav>
<article><h1>Crue : {n} morts</h1>
<p>La rivière est sortie de son lit dans la nuit de jeudi à vendredi, selon la préfecture.</p>
<p>Le bilan est de {n} morts, a précisé la même source dans la matinée. Les recherches continuent
dans les deux communes touchées, où l'eau a commencé à redescendre.</p></article>
<footer>Tous droits réservés</footer></body></html>"""


def test_a_page_is_one_dispatch_and_its_edits(site: Site, web: Web) -> None:
    url = site.give("/direct", PAGE.format(n="deux").encode())
    poll = Poller(door("page", url), web)
    (first,) = poll()
    assert first.text.startswith("La rivière est sortie")
    assert "\nLe bilan est de deux morts" in first.text
    assert "Accueil" not in first.text
    assert "droits" not in first.text
    assert first.published == datetime(2024, 11, 22, 7, 5, tzinfo=UTC)
    assert first.updated == datetime(2024, 11, 22, 8, 10, tzinfo=UTC)
    assert (first.dispatch, first.language) == (url, "fr")
    site.give("/direct", PAGE.format(n="trois").encode())
    (second,) = poll()
    assert (second.version, second.supersedes) == (2, first.id)
    site.give("/direct", PAGE.format(n="trois").replace("Météo", "Sport").encode())
    assert poll() == []


@pytest.mark.parametrize("body", [b"<html></html>", b"\0\xff", b"<p>", b"{}"])
def test_a_page_without_article_is_one_problem(site: Site, web: Web, body: bytes) -> None:
    (problem,) = Poller(door("page", site.give("/", body)), web).all()
    assert isinstance(problem, Problem)


def post(number: int, html: str, extra: str = "") -> str:
    return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message"
 data-post="misto/{number}">{extra}
<div class="tgme_widget_message_text js-message_text" dir="auto">{html}</div>
<span class="tgme_widget_message_views">1.2K</span>
<a class="tgme_widget_message_date" href="https://telegram.example/misto/{number}">
<time datetime="2024-11-22T04:{number % 60:02}:00+00:00" class="time">06:12</time></a></div></div>"""


FORWARD = """<div class="tgme_widget_message_forwarded_from">Forwarded from
<a class="tgme_widget_message_forwarded_from_name" href="https://telegram.example/ova/7">ОВА</a></div>"""
REPLY = """<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text
 js-message_reply_text">Чуже</div></a>"""


def channel(*posts: str) -> bytes:
    return ("<html><body>" + "".join(posts) + "</body></html>").encode()


def test_a_channel_gives_posts_forwards_edits_and_deletions(site: Site, web: Web) -> None:
    first_posts = [
        post(11, "Тривога!<br/><br/>В <b>укриття</b> <i class='emoji'><b>🔴</b></i>", REPLY),
        post(12, "Влучання у другий квартал."),
        post(13, "Двоє поранених.", FORWARD),
    ]
    url = site.give("/s/misto", channel(*first_posts))
    poll = Poller(door("telegram", url, languages=("uk",), role="official"), web)
    alert, report, forward = poll()
    assert alert.text == "Тривога!\nВ укриття 🔴"
    assert alert.published == datetime(2024, 11, 22, 4, 11, tzinfo=UTC)
    assert (alert.dispatch, alert.url) == ("misto/11", "https://telegram.example/misto/11")
    assert [(c.kind, c.name, c.url) for c in forward.credits] == [
        ("forward", "ОВА", "https://telegram.example/ova/7")
    ]
    site.give("/s/misto", channel(first_posts[0], post(13, "Троє поранених.", FORWARD)))
    edited, deleted = poll()
    assert (edited.text, edited.version) == ("Троє поранених.", 2)
    assert (deleted.deleted, deleted.text, deleted.supersedes) == (True, "", report.id)
    assert (deleted.dispatch, deleted.published) == (report.dispatch, report.published)
    site.give("/s/misto", channel(post(13, "Троє поранених.", FORWARD), post(14, "Відбій.")))
    (last,) = poll()
    assert last.text == "Відбій."


def test_a_channel_without_preview_is_one_problem(site: Site, web: Web) -> None:
    url = site.give("/s/misto", b"<html><body>Join</body></html>")
    (problem,) = Poller(door("telegram", url), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "no_posts"


def test_lines_of_json_come_from_a_file_or_the_web(site: Site, web: Web, tmp_path: Path) -> None:
    records = [
        {"dispatch": "a", "text": "Un mort.", "published": "2024-11-22T08:00:00"},
        {
            "dispatch": "c",
            "text": "One dead.",
            "published": "2024-11-22T08:00:00",
            "zone": "Europe/Kyiv",
            "publisher": "Pleso",
            "language": "en",
        },
        {"dispatch": "b", "text": "", "published": "2024-11-22T08:00:00"},
        {"dispatch": "a", "text": "Deux morts.", "published": "2024-11-22T08:00:00"},
        {"dispatch": "a", "text": "", "published": "2024-11-22T08:00:00", "deleted": True},
    ]
    body = "\n".join(json.dumps(record) for record in records).encode()
    path = tmp_path / "fil.jsonl"
    path.write_bytes(body)
    for url in (str(path), path.as_uri(), site.give("/fil.jsonl", body)):
        poll = Poller(door("jsonl", url), web)
        found = poll.all()
        first, other, *later = [one for one in found if isinstance(one, Capture)]
        assert other.published == datetime(2024, 11, 22, 6, tzinfo=UTC)
        assert (other.zone, other.publisher, other.language) == ("Europe/Kyiv", "Pleso", "en")
        captures = [first, *later]
        assert [(c.version, c.deleted) for c in captures] == [(1, False), (2, False), (3, True)]
        assert captures[0].published == datetime(2024, 11, 22, 7, tzinfo=UTC)
        assert [one.where for one in found if isinstance(one, Problem)] == [f"{url}:3"]
        assert poll.all() == []


def test_a_folder_gives_its_texts_and_pages(web: Web, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Communiqué. Rien à signaler.", encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE.format(n="deux"), encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "d.jpg").write_bytes(b"\xff\xd8")
    poll = Poller(door("file", str(tmp_path)), web)
    text, page, problem = poll.all()
    assert isinstance(text, Capture)
    assert (text.dispatch, text.text) == ("a.txt", "Communiqué. Rien à signaler.")
    assert isinstance(page, Capture)
    assert page.published == datetime(2024, 11, 22, 7, 5, tzinfo=UTC)
    assert isinstance(problem, Problem)
    assert problem.where == str(tmp_path / "c.txt")
    (tmp_path / "a.txt").write_text("Communiqué. Un blessé.", encoding="utf-8")
    (edited,) = (one for one in poll.all() if isinstance(one, Capture))
    assert (edited.version, edited.supersedes) == (2, text.id)


@pytest.mark.parametrize(
    ("kind", "url"), [("file", "/nowhere"), ("jsonl", "/no.jsonl"), ("cap", "x")]
)
def test_a_door_that_does_not_open_is_one_problem(web: Web, kind: SourceKind, url: str) -> None:
    (problem,) = Poller(door(kind, url), web).all()
    assert isinstance(problem, Problem)


def test_the_state_outlives_its_process(site: Site, web: Web, tmp_path: Path) -> None:
    poll = Poller(door("feed", site.give("/rss", rss(entry(1, "A.")))), web)
    (first,) = poll()
    poll.state = State(folder=tmp_path / "doors")
    (again,) = poll()
    assert again.id == first.id
    poll.state.save(poll.source)
    poll.state = State(folder=tmp_path / "doors")
    site.give("/rss", rss(entry(1, "B."), entry(2, "C.")))
    edited, new = poll()
    assert (edited.supersedes, edited.version, new.version) == (first.id, 2, 1)


def test_the_memory_of_a_door_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_REMEMBERED", 2)
    known, source = memory.Door(), door("feed", "https://fanal.example/rss")
    for name in ("a", "b", "a", "c"):
        known.turn(Item(text=name, dispatch=name), source, NOW)
    assert [dispatch for dispatch, _ in known.live()] == ["b", "c"]


@pytest.mark.parametrize(
    ("head", "urls"),
    [
        ('<link rel="canonical" href="https://direct.example/s/e/x1">', ["https://direct.example/s/e/x1"]),
        ('<link rel="canonical" href="https://vigie.example/other">', []),
        ('<link rel="canonical" href="/nuit">', []),
        ('<link rel="canonical" href="http://[">', []),
        ('<link rel="canonical" href="javascript:alert(1)">', []),
        (
            '<script type="application/ld+json">{"isBasedOn": ["http://[", 1, null, {"url": 3}, '
            '{"identifier": "sha256:%s", "url": "https://galet.example/1"}]}</script>' % ("a" * 64),
            ["sha256:" + "a" * 64, "https://galet.example/1"],
        ),
    ],
)  # fmt: skip
def test_a_page_says_whose_text_it_holds(head: str, urls: list[str]) -> None:
    text = "<p>Le fleuve a dépassé sa cote d'alerte dans la nuit de mardi à mercredi.</p>" * 3
    page = f"<html><head>{head}</head><body><article>{text}</article></body></html>"
    found = article(page.encode(), "https://vigie.example/nuit", "Europe/Paris")
    assert [credit.url for credit in found.credits] == urls

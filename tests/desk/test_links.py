"""Links of entries: which are taken, how readers see them, what is framed and when."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sourcier.desk import actions, store
from sourcier.desk.screens.entry import composer
from sourcier.publish.linked import frame, host
from sourcier.types import Link
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute

DESK = f"/desk/{SLUG}/"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
LINK = Link(url="https://www.rapport.example/crue?x=1&y=2", title="Le rapport sur la crue")


@pytest.mark.parametrize(
    ("url", "framed"),
    [
        (VIDEO, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/watch?a=1&v=abcdefghijk&t=9", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://youtu.be/abcdefghijk?si=x", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://dai.ly/x84sh87", "https://geo.dailymotion.com/player.html?video=x84sh87"),
        ("https://t.me/s/galet/12", "https://t.me/galet/12?embed=1"),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", None),
        ("https://evil.example/youtube.com/watch?v=abcdefghijk", None),
        ("https://www.youtube.com/watch?v=abc", None),
        ("https://www.youtube.com/", None),
        ("https://t.me/galet/12/../../x", None),
        ('https://vimeo.com/1234"onload=x', None),
    ],
)  # fmt: skip
def test_what_can_be_framed(url: str, framed: str | None) -> None:
    found = frame(Link(url=url, title="t"))
    assert (found.address if found else None) == framed
    if found:
        assert found.address.startswith(f"{found.origin}/")


def test_a_page_without_a_name_is_its_hosts() -> None:
    assert host("https://www.Rapport.example:8443/x") == "rapport.example"


def out(link: Link, **more: Any) -> None:
    actions.publish(entry(kind="link", link=link, **more), who="ines", now=minute(1))


def test_readers_see_a_card_and_nothing_is_framed(story: str) -> None:
    out(LINK)
    page = Client().get(f"/{story}/")
    assert 'href="https://www.rapport.example/crue?x=1&amp;y=2"' in page.text
    assert "Le rapport sur la crue" in page.text
    assert "rapport.example</span>" in page.text
    assert "frame-src" not in page["Content-Security-Policy"]
    assert "data-frame" not in page.text
    (item,) = Client().get(f"/{story}/feed.json").json()["items"]
    assert LINK.url.replace("&", "&amp;") in item["content_html"]


def test_a_known_provider_is_offered_and_only_its_origin_is_allowed(story: str) -> None:
    out(Link(url=VIDEO, title="La vidéo", site="Une chaîne"))
    for address in (f"/{story}/", f"/{story}/e/x1"):
        page = Client().get(address)
        assert "YouTube verra votre adresse" in page.text
        assert "<iframe" not in page.text
    policy = Client().get(f"/{story}/")["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com;" in policy
    actions.retract(story, "x1", note={"fr": "Faux."}, who="ines", now=minute(2))
    after = Client().get(f"/{story}/")
    assert "frame-src" not in after["Content-Security-Policy"]
    assert VIDEO not in after.text


def test_titles_are_escaped(story: str) -> None:
    out(Link(url=VIDEO, title='"><script>alert(1)</script>'))
    assert "<script>alert" not in Client().get(f"/{story}/").text


def form(**more: Any) -> dict[str, Any]:
    (found,) = store.standing(SLUG, keys=["x1"])
    return {
        "event": "", "entry": "x1", "seen": composer.stamp(found), "kind": "link",
        "text-fr": "Le rapport", "do": "publish", "link-url": LINK.url, "link-title": " Le  rapport ",
        "link-site": "",
    } | more  # fmt: skip


def test_an_editor_gives_changes_and_takes_out_a_link(editor: Client) -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    assert editor.post(f"{DESK}act", form()).status_code == 302
    public = store.published(SLUG, "x1")
    assert public
    assert public.link == Link(url=LINK.url, title="Le rapport")
    assert LINK.url.replace("&", "&amp;") in editor.get(f"{DESK}?entry=x1").text
    assert "Le lien a changé" in editor.get(f"{DESK}history/x1").text
    none = form(kind="text") | {"link-url": "", "link-title": ""}
    assert editor.post(f"{DESK}act", none).status_code == 302
    now = store.published(SLUG, "x1")
    assert now
    assert now.link is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        {"link-url": ""},
        {"link-title": ""},
        {"link-url": "", "link-title": ""},
        {"link-url": "http://rapport.example/"},
        {"link-url": "javascript:alert(1)"},
        {"link-url": "data:text/html,x"},
        {"link-url": "https://ines:secret@rapport.example/"},
        {"link-url": "https://localhost/"},
        {"link-url": "https://[/"},
        {"link-url": "https://rapport.example:99999/"},
        {"link-url": 'https://rapport.example/"onclick=x'},
        {"link-url": "https://rapport.example/" + "a" * 1000},
        {"link-title": "a" * 301},
    ],
)
def test_a_link_that_leads_nowhere_is_refused_with_its_reason(
    editor: Client, sent: dict[str, Any]
) -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    answer = editor.post(f"{DESK}act", form(**sent))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Le rapport</textarea>" in answer.text

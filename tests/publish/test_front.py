"""The front page: which stories, in which order, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import html

from sourcier.publish.front import render_front
from sourcier.types import Entry, EntryText, Origin, Origins, Story

NOW = datetime(2024, 11, 22, 12, tzinfo=UTC)


def entry(key: str, minutes: int, **texts: str) -> Entry:
    at = NOW - timedelta(minutes=minutes)
    return Entry(
        id=key, story="delta", version=1, sequence=1, kind="text", state="published", published=at,
        updated=at, texts={code: EntryText(headline=text) for code, text in texts.items()},
    )  # fmt: skip


def story(slug: str, *entries: Entry, **more: Any) -> Story:
    known: dict[str, Any] = {
        "titles": {"fr": f"Titre {slug}", "uk": f"Тема {slug}"}, "zone": "Europe/Paris",
        "languages": ("fr", "uk"), "now": NOW, "sequence": 1,
    }  # fmt: skip
    return Story(slug=slug, entries=entries, **known | more)


def asked(stories: Sequence[Story], language: str = "fr") -> tuple[Any, str]:
    """Return the page as a tree (untyped) and its words, spaces made plain."""
    text = render_front(stories, language).html
    return html.fromstring(text), text.replace("\N{NO-BREAK SPACE}", " ")


def titles(*stories: Story) -> list[str]:
    return list(asked(stories)[0].xpath("//main//h2/a/text()"))


def test_the_story_that_moved_last_stands_first_and_those_that_ended_last() -> None:
    old, new = story("a", entry("1", 50, fr="Vieux")), story("b", entry("2", 5, fr="Neuf"))
    ended = story("c", entry("3", 1, fr="Fini"), closed=True, frozen=NOW)
    assert titles(ended, old, new) == ["Titre b", "Titre a", "Titre c"]


def test_each_shows_its_last_entries_with_their_addresses_and_its_origins() -> None:
    many = [entry(f"n{n}", n, fr=f"Nouvelle {n}") for n in range(5)]
    total = Origins(outlets=4, dispatches=9, origins=(Origin(key="a", name="a"),))
    page, text = asked([story("a", *many, total=total), story("b")])
    assert page.xpath("//main//li/a/@href") == ["/a/e/n0", "/a/e/n1", "/a/e/n2"]
    assert "4 médias, 1 origine" in text
    assert "Sans nouvelle entrée" in text
    assert page.xpath("//header//a[@class='logo']/@href") == ["/"]


def test_it_is_in_a_language_that_a_story_has_and_marks_other_words() -> None:
    only = story("b", entry("2", 5, en="New"), languages=("en",), titles={"en": "Flood"})
    page, _ = asked([story("a"), only], "uk")
    assert page.get("lang") == "uk"
    assert page.xpath("//main//h2[@lang='en']//text()") == ["Flood"]
    assert page.xpath("//main//li/a[@lang='en']/@href") == ["/b/e/2"]
    assert page.xpath("//nav[@class='lang']//a/text()") == ["en", "fr", "uk"]
    assert asked([only], "ja")[0].get("lang") == "en"


def test_words_are_escaped_and_no_script_runs() -> None:
    bad = story("a", entry("1", 1, fr="<script>x</script>"), titles={"fr": "<b>T</b>"})
    page = render_front([bad], "fr")
    assert "<script" not in page.html
    assert "<b>T" not in page.html
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]

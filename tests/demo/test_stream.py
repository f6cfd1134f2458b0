from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from sourcier.demo import demo_lines, demo_sources
from sourcier.demo.replay import SPEED, beats, dues
from sourcier.types import Capture

REAL_MASTHEADS = (
    *("afp", "agence france-presse", "reuters", "associated press", "tass", "ria novosti"),
    *("interfax", "ukrinform", "unian", "kyodo", "bloomberg", "bbc", "cnn", "the guardian"),
    *("the times", "al jazeera", "deutsche welle", "nhk", "euronews", "le monde", "le figaro"),
    *("libération", "le parisien", "20 minutes", "franceinfo", "rfi", "bfm", "meduza"),
    *("суспільне", "українська правда", "унн", "уніан", "укрінформ", "тасс", "риа новости"),
)


@pytest.fixture(scope="module")
def captures() -> list[Capture]:
    sources, _ = demo_sources()
    found = [one for _, several in beats(demo_lines(), sources) for one in several]
    problems = [one for one in found if not isinstance(one, Capture)]
    assert problems == []
    return [one for one in found if isinstance(one, Capture)]


def of_story(captures: list[Capture], slug: str) -> list[Capture]:
    sources, _ = demo_sources()
    ids = {source.id for source in sources if source.story == slug}
    return [capture for capture in captures if capture.source in ids]


def test_every_line_is_a_capture(captures: list[Capture]) -> None:
    assert len(captures) == len(demo_lines())
    assert len({capture.id for capture in captures}) == len(captures)


def test_the_stories_have_their_languages_and_outlets(captures: list[Capture]) -> None:
    ukraine = [c for c in of_story(captures, "ukraine") if c.version == 1]
    languages = Counter(capture.language for capture in ukraine)
    assert languages["fr"] >= 20
    assert languages["en"] >= 18
    assert languages["uk"] >= 18
    assert languages["ru"] >= 14
    assert 80 <= len(ukraine) <= 95
    assert 12 <= len({capture.publisher for capture in ukraine}) <= 14
    hokkaido = of_story(captures, "hokkaido")
    assert {capture.language for capture in hokkaido} == {"fr", "en"}
    assert 18 <= len(hokkaido) <= 22


def test_edits_and_the_deletion_are_found(captures: list[Capture]) -> None:
    by_id = {capture.id: capture for capture in captures}
    later = [capture for capture in captures if capture.version > 1]
    assert Counter(capture.deleted for capture in later) == {False: 3, True: 1}
    for capture in later:
        before = by_id[capture.supersedes or ""]
        assert before.dispatch == capture.dispatch
        assert before.version == capture.version - 1
        assert before.text != capture.text
        assert before.published == capture.published


def test_nothing_is_published_after_it_was_retrieved(captures: list[Capture]) -> None:
    first = datetime(2024, 11, 21, 15, 55, tzinfo=UTC)
    last = datetime(2024, 11, 22, 10, 35, tzinfo=UTC)
    for capture in captures:
        assert capture.retrieved is not None
        assert first <= capture.published <= capture.retrieved <= last, capture.dispatch


def test_no_real_masthead_carries_an_invented_text(captures: list[Capture]) -> None:
    names = {(c.publisher or "").casefold() for c in captures}
    names |= {(credit.name or "").casefold() for c in captures for credit in c.credits}
    for masthead in REAL_MASTHEADS:
        assert not [name for name in names if f" {masthead} " in f" {name} "], masthead
    assert all((capture.url or "").split("/")[2].endswith(".example") for capture in captures)


def test_the_demo_takes_about_four_minutes_and_does_not_start_empty() -> None:
    sources, _ = demo_sources()
    when = [moment for moment, _ in beats(demo_lines(), sources)]
    due = dues(when, SPEED)
    assert 10 <= due.count(0.0) <= 25
    assert 200 <= due[-1] <= 270

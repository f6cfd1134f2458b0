"""An editor's own text: shown with its language, and marked where a correction passed it over."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sourcier.publish.page import render_entry_page, render_page
from sourcier.types import Entry, EntryText, Story
from tests.publish.sumy import sumy
from tests.publish.test_page import words
from tests.publish.trees import tree

STALE = "date d’avant cette correction"


def with_versions(*texts: dict[str, str], state: str = "corrected") -> Story:
    """Return the story with its newest entry in these versions, all but the first of one state."""
    story = sumy()
    newest = story.entries[0]
    versions = tuple(
        msgspec.structs.replace(
            newest,
            version=number,
            state="published" if number == 1 else state,
            texts={code: EntryText(headline=text) for code, text in told.items()},
        )
        for number, told in enumerate(texts, start=1)
    )
    return msgspec.structs.replace(
        story,
        entries=(versions[-1], *story.entries[1:]),
        history={**story.history, newest.id: versions},
    )


def shown(story: Story, language: str = "fr") -> Any:
    entry: Entry = story.entries[0]
    return tree(render_page(story, language).html).get_element_by_id(f"e-{entry.id}")


def test_words_in_another_language_are_named_and_marked_up() -> None:
    entry = shown(with_versions({"uk": "Міст закрито"}))
    assert entry.xpath(".//h3/@lang") == ["uk"]
    assert "en ukrainien" in words(entry.xpath(".//p[@class='kind']")[0])


@pytest.mark.parametrize(
    ("texts", "french", "english"),
    [
        ([{"fr": "Sud", "en": "South"}, {"fr": "Nord", "en": "North"}], False, False),
        ([{"fr": "Sud", "en": "South"}, {"fr": "Nord", "en": "South"}], False, True),
        ([{"fr": "Sud", "en": "South"}, {"fr": "Sud", "en": "North"}], True, False),
        (
            [{"fr": "S", "en": "S"}, {"fr": "N", "en": "S"}, {"fr": "N", "en": "N"}],
            False,
            False,
        ),
        (
            [{"fr": "S", "en": "S"}, {"fr": "N", "en": "S"}, {"fr": "O", "en": "S"}],
            False,
            True,
        ),
        ([{"fr": "Sud"}, {"fr": "Nord", "en": "North"}], False, False),
    ],
)
def test_a_translation_that_a_correction_passed_over_is_marked(
    texts: list[dict[str, str]], french: bool, english: bool
) -> None:
    story = with_versions(*texts)
    assert (STALE in words(shown(story))) is french
    assert ("from before that correction" in words(shown(story, "en"))) is english


def test_an_ordinary_revision_marks_nothing() -> None:
    story = with_versions({"fr": "S", "en": "S"}, {"fr": "S", "en": "N"}, state="published")
    assert STALE not in words(shown(story))


def test_an_earlier_version_is_not_marked_for_what_came_later() -> None:
    story = with_versions({"fr": "S", "en": "S"}, {"fr": "S", "en": "N"})
    key = story.entries[0].id
    first, second = (render_entry_page(story, key, "fr", version=n).html for n in (1, 2))
    assert STALE not in words(tree(first))
    assert STALE in words(tree(second))

"""The page on adding a language asks for what languages have, and its command tells what is lacking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.languages import TOPICS, entries, lacks, needed

from sourcier.languages import LANGUAGES

PAGE = Path(__file__).parents[2] / "docs/languages.md"


def test_the_page_asks_for_nothing_that_a_finished_language_does_without() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("| file | table | needed |")[2]
    for topic, name, keys in re.findall(r"\| `(\w+)\.toml` \| `\[(\w+)\]` \| (.*) \|", table):
        asked = re.findall(r"`(\w+)`", keys) or [""]
        assert {(name, key) for key in asked} <= set(needed(topic))


def test_the_page_names_every_file() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert [topic for topic in TOPICS if f"`{topic}.toml` |" not in written] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_of_a_language_goes_unread(language: str) -> None:
    folder = Path(__file__).parents[2] / "src/sourcier/languages" / language
    assert {path.stem for path in folder.glob("*.toml")} <= set(TOPICS)


def test_an_absent_file_is_told_in_one_line() -> None:
    assert list(lacks("xx", "alerts")) == ["no alerts.toml: nothing of it is found"]
    assert entries("xx", "alerts") == {}

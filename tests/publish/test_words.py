"""The page's messages: the same in every language, and as its grammar wants them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest

from sourcier.publish.words import words

LANGUAGES = [
    folder.name
    for folder in (files("sourcier") / "locale").iterdir()
    if folder.is_dir() and (folder / "page.toml").is_file()
]
FORMS = {"zero", "one", "two", "few", "many", "other"}


def table(language: str) -> dict[str, Any]:
    path = files("sourcier") / "locale" / language / "page.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def leaves(node: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield each message's key and the names in it."""
    for key, value in node.items():
        if isinstance(value, dict) and not set(value) <= FORMS:
            yield from leaves(value, f"{prefix}{key}.")
        else:
            text = value["other"] if isinstance(value, dict) else value
            yield prefix + key, set(re.findall(r"\{(\w+)", text))


def test_french_and_english_are_there() -> None:
    assert {"fr", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    assert dict(leaves(table(language))) == dict(leaves(table("fr")))


def test_plurals_and_spaces() -> None:
    assert words("fr")("count.outlets", 0) == "0\u00a0média"
    assert words("fr")("count.outlets", 14) == "14\u00a0médias"
    assert words("en")("count.outlets", 1) == "1\u00a0outlet"


def test_values_are_escaped_and_left_as_they_are() -> None:
    said = words("fr").html("by.relay", name="<b>l'Écho : midi</b>")
    assert said == "d’après &lt;b&gt;l&#39;Écho : midi&lt;/b&gt;"


def test_dates_and_durations() -> None:
    french = words("fr")
    assert french.day(date(2024, 11, 22)) == "22\u00a0novembre 2024"
    assert french.weekday(date(2024, 11, 22)) == "vendredi 22\u00a0novembre"
    assert french.duration(timedelta(hours=3, minutes=7)) == "3\u00a0h 07"
    assert french.duration(timedelta(days=2, hours=4)) == "2\u00a0j 4\u00a0h"
    assert words("en").duration(timedelta(minutes=-3)) == "0\u00a0min"


def test_clocks_and_zones_even_unknown_ones() -> None:
    french = words("fr")
    assert french.zone("Europe/Kyiv") == "Kyiv"
    assert french.zone("UTC") == "UTC"
    assert french.zone("Nulle/Part")
    assert french.at_clocks([("08:20", "Paris"), ("07:20", "UTC")]) == "08:20 à Paris, 07:20 UTC"

"""The corpora as a whole: how many lines, how many traps; and what holds nothing at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sourcier.languages import LANGUAGES
from sourcier.read import read
from sourcier.types import Capture
from tests.read.corpora import cases, lines

LEAST = {"fr": 300, "en": 300, "uk": 250, "ru": 250}
LEAST_OF_A_NEW_ONE = 100
ROOMS = ("alerts", "measures", "nothing", "occurrences", "places", "speech", "times", "tolls")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "room", "line"), cases("nothing"))
def test_sport_markets_recipes_stories_and_adverts_claim_nothing(
    language: str, room: str, line: dict[str, Any]
) -> None:
    published = datetime.fromisoformat(line["published"])
    capture = Capture(
        id="c", dispatch="d", text=line["text"], published=published, zone=line["zone"],
        language=language,
    )  # fmt: skip
    assert read(capture).claims == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corpus_is_large_and_a_quarter_of_it_are_traps(language: str) -> None:
    told = [(room, line) for room in ROOMS for line in lines(language, room)]
    traps = [line for room, line in told if not line.get(room)]
    assert len(told) >= LEAST.get(language, LEAST_OF_A_NEW_ONE)
    assert len(traps) * 4 >= len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_stands_twice_in_a_room(language: str) -> None:
    for room in ROOMS:
        texts = [line["text"] for line in lines(language, room)]
        assert len(set(texts)) == len(texts), room

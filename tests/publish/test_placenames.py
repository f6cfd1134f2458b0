"""Towns bear the page's names, also before a source of its language spelled them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sourcier.publish.placenames import key, place_names
from sourcier.types import Capture, Claim
from tests.publish.sumy import sumy


def told(language: str, words: str, **place: Any) -> tuple[dict[str, Capture], Claim]:
    """Return captures with one in `language`, and a claim of it that lies in `words`."""
    story = sumy()
    claim = next(claim for claim in story.claims.values() if claim.place and claim.place.text)
    assert claim.place
    known = {"country": "UA", "precision": "settlement", "geonames": 1} | place
    where = msgspec.structs.replace(claim.place, text=words, **known)
    capture = msgspec.structs.replace(story.captures[claim.capture], language=language)
    return {capture.id: capture}, msgspec.structs.replace(claim, place=where)


@pytest.mark.parametrize(
    ("words", "name"), [("Сумах", "Soumy"), ("Чернігові", "Tchernihiv"), ("Києві", "Kyiv")]
)
def test_a_town_of_ukraine_is_spelled_as_french_does(words: str, name: str) -> None:
    captures, claim = told("uk", words)
    assert claim.place
    assert place_names("fr", captures, [claim]) == {key(claim.place): name}
    assert place_names("en", captures, [claim]) == {}


def test_a_french_source_knows_better() -> None:
    ukrainian, first = told("uk", "Києві")
    french, second = told("fr", "Kiev")
    second = msgspec.structs.replace(second, capture="f")
    captures = {**ukrainian, "f": next(iter(french.values()))}
    assert list(place_names("fr", captures, [first, second]).values()) == ["Kiev"]


def test_regions_and_other_countries_are_left_alone() -> None:
    for place in ({"precision": "region"}, {"country": "RU"}):
        captures, claim = told("uk", "Суми", **place)
        assert place_names("fr", captures, [claim]) == {}

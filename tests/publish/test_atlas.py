"""Outlines and the map made of them."""

from __future__ import annotations

import re

import msgspec
import pytest

from sourcier.publish import outlines
from sourcier.publish.atlas import atlas
from sourcier.publish.frame import TALLEST, WIDTH
from sourcier.publish.links import Links
from sourcier.publish.view import View
from sourcier.types import Place, Story
from tests.publish.sumy import sumy
from tests.publish.wajima import wajima


def view(story: Story, language: str = "fr") -> View:
    return View(story, language, Links("/", story.slug, language, "fr"))


@pytest.mark.parametrize(
    ("country", "longitude", "latitude", "unit"),
    [
        ("UA", 34.8, 50.9, "UA-SM"),
        ("UA", 34.1, 44.95, "UA-KR"),  # Crimea is of Ukraine, as ISO 3166-2 says
        ("UA", 33.56, 44.62, "UA-SC"),
        ("RU", 36.18, 51.73, "RU-KS"),
        ("JP", 136.6, 36.6, "JP-IS"),
        ("UA", 2.35, 48.85, None),
    ],
)
def test_points_fall_into_their_units(
    country: str, longitude: float, latitude: float, unit: str | None
) -> None:
    assert outlines.unit_at(country, longitude, latitude) == unit


def test_crimea_is_not_in_russia() -> None:
    assert outlines.unit_at("RU", 34.1, 44.95) is None
    assert any(outlines.holds(ring, 34.1, 44.95) for ring in outlines.country("UA"))


def test_a_line_decodes_to_the_points_it_was_made_of() -> None:
    assert outlines.decode("gE@AA") == ((1.0, -0.01), (1.01, 0.0))


@pytest.mark.parametrize("story", [sumy(), wajima()])
def test_everything_drawn_lies_on_the_map(story: Story) -> None:
    made = atlas(view(story))
    assert made
    assert made.height <= TALLEST
    assert all(0 <= x <= WIDTH and 0 <= y <= made.height for x, y in made.marks)
    assert all(0 <= name.x <= WIDTH and 0 <= name.y <= made.height for name in made.names)
    assert re.fullmatch(r"(M-?\d+ -?\d+l[\d -]+z)+", made.country)


def test_a_story_without_places_has_no_map() -> None:
    assert atlas(view(msgspec.structs.replace(sumy(), claims={}))) is None


def test_a_place_that_no_outline_knows_is_told_not_drawn() -> None:
    story = sumy()
    nowhere = Place(
        text="Zz",
        span=(0, 1),
        name="Zz",
        geonames=None,
        country="ZZ",
        admin1=None,
        latitude=None,
        longitude=None,
        precision="country",
    )
    claims = {
        key: msgspec.structs.replace(claim, place=nowhere) for key, claim in story.claims.items()
    }
    assert atlas(view(msgspec.structs.replace(story, claims=claims))) is None

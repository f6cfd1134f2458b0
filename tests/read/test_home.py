"""A channel that names no place speaks of its home."""

from __future__ import annotations

from datetime import datetime

from sourcier.gather import make_capture
from sourcier.read import read
from sourcier.types import Alert, Claim, Home, Occurrence, Toll

PUBLISHED = datetime.fromisoformat("2024-11-22T06:10:00+02:00")
SUMY = Home(name="Суми", country="UA")


def claims(text: str, home: Home | None) -> tuple[Claim, ...]:
    capture = make_capture(
        text=text, published=PUBLISHED, zone="Europe/Kyiv", language="uk", home=home
    )
    return read(capture).claims


def places(text: str, home: Home | None) -> set[tuple[str, str] | None]:
    found = [c for c in claims(text, home) if isinstance(c, Toll | Occurrence | Alert)]
    assert found
    return {(c.place.name, c.place.text) if c.place else None for c in found}


def test_without_a_home_nothing_is_made_up() -> None:
    assert places("Загинули двоє людей.", None) == {None}


def test_a_claim_that_names_no_place_is_at_home() -> None:
    assert places("Загинули двоє людей.", SUMY) == {("Sumy", "")}


def test_a_place_in_the_words_wins() -> None:
    assert places("У Конотопі загинули двоє людей.", SUMY) == {("Konotop", "Конотопі")}


def test_an_empty_place_text_keeps_the_rule_of_spans() -> None:
    text = "Загинули двоє людей."
    for claim in claims(text, SUMY):
        assert claim.place is not None
        assert text[slice(*claim.place.span)] == claim.place.text == ""


def test_a_home_that_the_gazetteer_does_not_list_is_none() -> None:
    assert places("Загинули двоє людей.", Home(name="Нігде", country="UA")) == {None}

"""Places bear the page's names, also before a source of its language spelled them."""

from __future__ import annotations

import msgspec
import pytest

from sourcier.publish.placenames import listed_name, names_its_kind
from sourcier.types import Place
from tests.publish.sumy import sumy


def place(name: str, **known: object) -> Place:
    found = next(claim.place for claim in sumy().claims.values() if claim.place)
    given = {"country": "UA", "precision": "settlement", "name": name} | known
    return msgspec.structs.replace(found, **given)


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Sumy", "Soumy"),
        ("Chernihiv", "Tchernihiv"),
        ("Zhytomyr", "Jytomyr"),
        ("Uman", "Ouman"),
        ("Shchastia", "Chtchastia"),
        ("Zaporizhzhia", "Zaporijjia"),
        ("Kharkiv", "Kharkiv"),
        ("Kyiv", "Kyiv"),
    ],
)
def test_french_spells_ukraine_by_rule(name: str, french: str) -> None:
    assert listed_name(place(name), "fr") == french
    assert listed_name(place(name), "en") is None


def test_other_countries_are_left_alone() -> None:
    assert listed_name(place("Suzhou", country="CN"), "fr") is None


def test_regions_in_cyrillic_are_listed() -> None:
    assert listed_name(place("Sumy", precision="region"), "uk") == "Сумська область"
    assert listed_name(place("Sumy Oblast", precision="region"), "ru") == "Сумская область"


def test_an_oblast_goes_without_its_kind_in_french() -> None:
    region = {"precision": "region"}
    assert listed_name(place("Kursk Oblast", country="RU", **region), "fr") == "Koursk"
    assert listed_name(place("Tver Oblast", country="RU", **region), "fr") == "Tver"
    assert listed_name(place("Sumy Oblast", **region), "fr") == "Soumy"
    assert listed_name(place("Bavaria", country="DE", **region), "fr") is None


def test_towns_have_their_names() -> None:
    assert [listed_name(place("Sumy"), code) for code in ("uk", "ru")] == ["Суми", "Сумы"]
    assert listed_name(place("Moscow", country="RU"), "fr") == "Moscou"
    assert listed_name(place("Moscow", country="US"), "fr") is None


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Konotop Raion", "raïon de Konotop"),
        ("Shostka Raion", "raïon de Chostka"),
        ("Okhtyrka Raion", "raïon d’Okhtyrka"),
        ("Konotop Hromada", "communauté de Konotop"),
    ],
)
def test_a_district_says_its_kind_before_its_seat_in_french(name: str, french: str) -> None:
    assert listed_name(place(name, precision="district"), "fr") == french
    assert listed_name(place(name, precision="district"), "en") is None


@pytest.mark.parametrize(
    ("language", "name", "says"),
    [
        ("en", "Sumy Oblast", True),
        ("en", "Sumy", False),
        ("fr", "province du Nord", True),
        ("fr", "Odessa", False),
        ("uk", "Сумська область", True),
        ("ru", "Сумы", False),
    ],
)
def test_some_regions_say_that_they_are_one(language: str, name: str, says: bool) -> None:
    assert names_its_kind(name, language) is says

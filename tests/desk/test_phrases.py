from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sourcier.desk.drafting.phrases import Phrases
from sourcier.types import Claim
from tests.desk.make import by, capture, occurrence, place


def phrases(language: str, *claims: Claim, **captures: Any) -> Phrases:
    return Phrases(language, captures, claims)


@pytest.mark.parametrize(
    ("precision", "name", "country", "fr", "en"),
    [
        ("country", "Ukraine", "UA", "en Ukraine", "in Ukraine"),
        ("country", "Kazakhstan", "KZ", "au Kazakhstan", "in Kazakhstan"),
        ("country", "Iran", "IR", "en Iran", "in Iran"),
        ("country", "Mexico", "MX", "au Mexique", "in Mexico"),
        ("country", "Netherlands", "NL", "aux Pays-Bas", "in the Netherlands"),
        ("country", "United States", "US", "aux États-Unis", "in the United States"),
        ("country", "Cyprus", "CY", "à Chypre", "in Cyprus"),
        ("settlement", "Le Havre", "FR", "au Havre", "in Le Havre"),
        ("settlement", "Les Sables", "FR", "aux Sables", "in Les Sables"),
        ("settlement", "Sumy", "UA", "à Soumy", "in Sumy"),
        ("region", "Sumy", "UA", "dans la région de Soumy", "in the Sumy region"),
        ("region", "Odesa", "UA", "dans la région d'Odessa", "in the Odesa region"),
        (
            "region",
            "province du Nord",
            "XX",
            "dans la province du Nord",
            "in the province du Nord region",
        ),
        ("district", "Akkeshi District", "JP", None, "in the Akkeshi District"),
        ("district", "Okhtyrka Raion", "UA", "dans le raïon d’Okhtyrka", "in Okhtyrka Raion"),
        ("district", "Sumy Hromada", "UA", "dans la communauté de Soumy", "in Sumy Hromada"),
    ],
)
def test_a_place_takes_its_preposition(
    precision: Any, name: str, country: str, fr: str | None, en: str
) -> None:
    where = place(name, name, precision=precision, country=country, geonames=None)
    if fr:
        assert phrases("fr").where(where) == fr
    assert phrases("en").where(where) == en


def test_a_place_is_spelled_as_the_sources_of_the_language_do() -> None:
    source = capture("c", "Frappe à Trois-Ponts")
    claim = occurrence(source, "o", "Frappe", place=place("Trois-Ponts", "Trypont"))
    assert phrases("fr", claim, c=source).where(place("Трипонтах", "Trypont")) == "à Trois-Ponts"
    assert phrases("en", claim, c=source).where(place("Трипонтах", "Trypont")) == "in Trypont"


def test_a_place_that_no_word_names_has_no_spelling() -> None:
    source = capture("c", "Прогримів вибух.", language="uk")
    claim = occurrence(source, "o", "вибух", place=place("", "Trypont"))
    where = phrases("uk", claim, c=source).where(place("", "Trypont"))
    assert where is not None
    assert "Trypont" in where


def test_an_unknown_speaker_in_another_language_keeps_its_words() -> None:
    source = capture("c", "Штаб бригади повідомив про вибух.", language="uk")
    claim = occurrence(
        source, "o", "вибух", attribution=by(source, "Штаб бригади", organisation="Штаб бригади")
    )
    assert phrases("fr", c=source).speaker(claim) == "« Штаб бригади » (en ukrainien)"
    assert phrases("fr", c=source).speaker(claim, tongue=False) == "« Штаб бригади »"
    assert phrases("en", c=source).speaker(claim) == "“Штаб бригади” (in Ukrainian)"


def test_a_known_office_is_named_in_the_pages_language() -> None:
    source = capture("c", "Обласна військова адміністрація повідомила про вибух.", language="uk")
    words = "Обласна військова адміністрація"
    claim = occurrence(source, "o", "вибух", attribution=by(source, words, organisation=words))
    assert phrases("fr", c=source).speaker(claim) == "l'administration militaire régionale"
    assert phrases("en", c=source).speaker(claim) == "the regional military administration"


def test_a_name_in_other_letters_is_transliterated_or_spelled_as_known() -> None:
    source = capture("c", "Сергій Кравчук повідомив про вибух.", language="uk")
    claim = occurrence(
        source, "o", "вибух", attribution=by(source, "Сергій Кравчук", name="Сергій Кравчук")
    )
    assert phrases("en", c=source).speaker(claim) == "Serhii Kravchuk"
    french = capture("d", "Serguiï Kravtchouk parle d'une explosion.")
    known = occurrence(
        french,
        "p",
        "explosion",
        attribution=by(french, "Serguiï Kravtchouk", name="Serguiï Kravtchouk"),
    )
    assert phrases("fr", claim, known, c=source, d=french).speaker(claim) == "Serguiï Kravtchouk"


def test_a_speaker_takes_the_article_before_it() -> None:
    source = capture("c", "Un séisme, selon la préfecture. L'Agence a confirmé.")
    claim = occurrence(
        source, "o", "Un séisme", attribution=by(source, "préfecture", organisation="préfecture")
    )
    assert phrases("fr", c=source).speaker(claim) == "la préfecture"
    capital = replace(claim, attribution=by(source, "L'Agence", organisation="Agence"))
    assert phrases("fr", c=source).speaker(capital) == "l'Agence"


def test_the_outlet_speaks_where_nobody_else_does() -> None:
    source = capture("c", "Une explosion.", publisher=None, url="https://radio-lavoir.example/x")
    claim = occurrence(source, "o", "explosion")
    assert phrases("fr", c=source).speaker(claim) == "radio-lavoir.example"
    assert phrases("fr").speaker(claim) == "une source sans nom"


def test_quotes_within_quotes_change_their_marks_and_nothing_else() -> None:
    assert phrases("fr").quoted('prendre des « mesures » et "agir".') == (
        "« prendre des “mesures” et “agir” »"
    )
    assert phrases("en").quoted("some “words” here") == "“some ‘words’ here”"


def test_a_declined_name_is_undeclined_or_not_used() -> None:
    source = capture("c", "Вибухи у Сумах", language="uk")
    claim = occurrence(source, "o", "Вибухи", place=place("Сумах", "Sumy"))
    assert phrases("uk", claim, c=source).name(place("Soumy", "Sumy")) == "Суми"
    unknown = occurrence(source, "o", "Вибухи", place=place("Трипонтах", "Trypont"))
    assert phrases("uk", unknown, c=source).name(place("Трипонтах", "Trypont")) == "Trypont"

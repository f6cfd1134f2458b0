from __future__ import annotations

from typing import Any, get_args

import pytest

from sourcier.desk.drafting.figures import Phrase, number
from sourcier.messages import messages
from sourcier.types import Ledger, Outcome


def said(language: str, low: int | None, high: int | None, qualifier: str, **ledger: Any) -> str:
    about = Ledger(event="e", **({"outcome": "killed"} | ledger))
    return Phrase(messages(language, "sentences"), about).of(low, high, qualifier)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "fr", "en"),
    [
        (1, 1, "exact", "un mort", "one killed"),
        (2, 2, "exact", "deux morts", "two killed"),
        (11, 11, "exact", "11 morts", "11 killed"),
        (2, None, "at_least", "au moins deux morts", "at least two killed"),
        (100, None, "more_than", "plus de 100 morts", "more than 100 killed"),
        (0, 5, "at_most", "au plus cinq morts", "at most five killed"),
        (40, 40, "about", "environ 40 morts", "about 40 killed"),
        (9, 12, "exact", "entre 9 et 12 morts", "between 9 and 12 killed"),
        (2, 3, "exact", "entre deux et trois morts", "between two and three killed"),
        (0, 0, "none", "aucun mort", "no one killed"),
        (1, None, "vague", "des morts", "people killed"),
        (2, None, "vague", "plusieurs morts", "several killed"),
        (20, None, "vague", "des dizaines de morts", "dozens killed"),
        (100, None, "vague", "des centaines de morts", "hundreds killed"),
        (None, None, "vague", "des morts", "people killed"),
        (3, None, "exact", "trois morts", "three killed"),
    ],
)
def test_a_figure_keeps_its_qualifier(
    low: int | None, high: int | None, qualifier: str, fr: str, en: str
) -> None:
    assert said("fr", low, high, qualifier) == fr
    assert said("en", low, high, qualifier) == en


@pytest.mark.parametrize(
    ("n", "outcome", "of", "fr", "en"),
    [
        (1, "killed", ("women",), "une femme tuée", "one woman killed"),
        (3, "killed", ("women",), "trois femmes tuées", "three women killed"),
        (1, "injured", ("children",), "un enfant blessé", "one child injured"),
        (4, "injured", ("children", "women"), "quatre enfants et femmes blessés", None),
        (1, "casualties", (), "une victime", "one casualty"),
        (6, "casualties", (), "six victimes", "six casualties"),
        (1, "detained", (), "une arrestation", "one detained"),
        (2, "evacuated", ("families",), "deux familles évacuées", "two families evacuated"),
    ],
)
def test_number_and_gender_agree(
    n: int, outcome: str, of: tuple[str, ...], fr: str, en: str | None
) -> None:
    assert said("fr", n, n, "exact", outcome=outcome, of=of) == fr
    if en:
        assert said("en", n, n, "exact", outcome=outcome, of=of) == en


def test_an_elision_is_in_the_data() -> None:
    assert said("fr", 20, None, "vague", outcome="evacuated") == "des dizaines d'évacués"


def test_large_numbers_are_written_as_the_language_does() -> None:
    assert number(messages("en", "sentences"), 12_500) == "12,500"
    assert number(messages("fr", "sentences"), 12_500).replace("\u202f", " ") == "12 500"


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "of", "uk", "ru"),
    [
        (1, 1, "exact", (), "один загиблий", "один погибший"),
        (2, None, "at_least", (), "щонайменше двоє загиблих", "по меньшей мере двое погибших"),
        (21, 21, "exact", (), "21 загиблий", "21 погибший"),
        (22, 22, "exact", (), "22 загиблих", "22 погибших"),
        (5, 5, "about", (), "близько 5 загиблих", "около 5 погибших"),
        (10, 12, "exact", (), "10–12 загиблих", "10–12 погибших"),
        (0, 0, "none", (), "загиблих немає", "погибших нет"),
        (20, None, "vague", (), "десятки загиблих", "десятки погибших"),
        (2, 2, "exact", ("children",), "загинули: 2 дитини", "погибли: 2 ребёнка"),
        (5, 5, "exact", ("children",), "загинули: 5 дітей", "погибли: 5 детей"),
    ],
)
def test_slavic_numbers_take_their_forms(
    low: int | None, high: int | None, qualifier: str, of: tuple[str, ...], uk: str, ru: str
) -> None:
    assert said("uk", low, high, qualifier, of=of) == uk
    assert said("ru", low, high, qualifier, of=of) == ru


def leaves(table: dict[str, Any], path: str = "") -> set[str]:
    """Return the keys of a table of messages, plural and gender forms left out."""
    found: set[str] = set()
    for key, value in table.items():
        inner = isinstance(value, dict) and not {"one", "other", "m", "f"} & set(value)
        found |= leaves(value, f"{path}{key}.") if inner else {f"{path}{key}"}
    return found


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_every_language_has_the_sentences_of_the_others(language: str) -> None:
    optional = {"numbers.feminine", "numbers.plain", "vague.40", "place.declined", "place.unit"}
    optional |= {
        f"outcome.{outcome}.{key}" for outcome in get_args(Outcome) for key in ("gender", "of_many")
    }
    first, other = (leaves(messages(code, "sentences")._table) for code in ("fr", language))
    declined = {key for key in other if key.endswith("_in") or key.startswith("place.locative")}
    assert first ^ other <= optional | declined


@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
def test_every_outcome_and_group_has_its_words(language: str) -> None:
    for outcome in get_args(Outcome):
        for n in (0, 1, 2, 20):
            assert said(language, n, n, "exact", outcome=outcome)
        for group in ("civilians", "soldiers", "passengers", "families"):
            assert said(language, 2, 2, "exact", outcome=outcome, of=(group,))

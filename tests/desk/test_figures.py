from __future__ import annotations

from typing import Any

import pytest

from sourcier.desk.figures import Phrase, number
from sourcier.messages import messages
from sourcier.types import Ledger


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


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_outcome_and_group_has_its_words(language: str) -> None:
    from typing import get_args

    from sourcier.types import Outcome

    for outcome in get_args(Outcome):
        for n in (0, 1, 2, 20):
            assert said(language, n, n, "exact", outcome=outcome)
        for group in ("civilians", "soldiers", "passengers", "families"):
            assert said(language, 2, 2, "exact", outcome=outcome, of=(group,))

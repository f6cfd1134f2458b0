"""Names of cards in texts: in four languages, in their forms, whole words alone."""

from __future__ import annotations

import pytest

from sourcier.desk.drafting.cards import Card
from sourcier.desk.drafting.mentions import LONGEST, Mentions
from tests.desk.make import START

NAMES = {
    "missile": ("Sapsan", "Сапсан"),
    "weapon": ("Grad", "Град"),
    "council": ("Conseil de Trypont", "Trypont Council", "Рада Трипонта", "Совет Трипонта"),
    "union": ("UE", "EU", "ЄС"),
    "plant": ("ТЭЦ",),
    "siren": ("sirène",),
}


def card(key: str, *names: str, retired: bool = False) -> Card:
    return Card(id=key, version=1, names=names, texts={}, at=START, retired=retired)


def found(*texts: str) -> list[str]:
    known = Mentions(card(key, *names) for key, names in NAMES.items())
    return [one.id for one in known.among(texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un Sapsan est tombé sur le port.", "missile"),
        ("Two Sapsans fell, the Sapsan’s crew said.", "missile"),
        ("Двома «Сапсанами» вдарили по порту.", "missile"),
        ("Из «Сапсана» стреляли дважды.", "missile"),
        ("SAPSAN SUR LE PORT", "missile"),
        ("Le conseil l'a dit : le Conseil de Trypont siège.", "council"),
        ("Trypont Council’s vote", "council"),
        ("За рішенням Ради Трипонта", "council"),
        ("Советом Трипонта принято", "council"),
        ("L'UE et ses membres", "union"),
        ("лідери ЄС", "union"),
        ("Удар по ТЭЦу", "plant"),
        ("Les Sirènes ont retenti", "siren"),
    ],
)
def test_a_name_is_found_in_its_forms(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Sapsanov parle, le minisapsan aussi.",  # within another word
        "Сапсановка, Підсапсання",
        "Удвох випав град, il monte en grad",  # an ordinary word
        "il a eu lieu, ue",  # an acronym's letters
        "Le Conseil. De Trypont on ne sait rien.",  # across sentences
        "Рада міста Трипонта",  # a word between
        "Trypont",
        "",
    ],
)
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert found(text) == []


def test_each_is_named_once_in_the_order_of_the_texts() -> None:
    assert found("Un Grad, puis un Sapsan", "encore un Grad") == ["weapon", "missile"]


def test_a_retired_card_is_not_found_nor_what_stands_too_far() -> None:
    assert not Mentions([card("old", "Sapsan", retired=True)]).among(["Un Sapsan"])
    assert found("a " * LONGEST + "Sapsan") == []

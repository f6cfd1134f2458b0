from __future__ import annotations

import pytest
from msgspec.structs import replace

from sourcier.desk.drafting.carried import Carrier, Run, proof
from sourcier.types import Claim, Time
from tests.desk.make import alert, capture, minute, statement, toll

SOURCE = capture(
    "c", "Au moins deux morts. « Plusieurs explosions massives », dit-on à 06 heures locales."
)
DEAD = toll(SOURCE, "t", "Au moins deux morts", 2, high=None, qualifier="at_least")
SAID = statement(SOURCE, "s", "« Plusieurs explosions massives »")
AT_SIX = replace(
    alert(SOURCE, "a", "à 06 heures locales"),
    time=Time(
        text="06 heures",
        span=(0, 0),
        start=minute(-60),
        end=minute(-59),
        zone="Europe/Kyiv",
        precision="minute",
    ),
)
CLAIMS: tuple[Claim, ...] = (DEAD, SAID, AT_SIX)
CARRIERS = [Carrier(number, claim, SOURCE.text) for number, claim in enumerate(CLAIMS, 1)]


def missing(text: str, language: str = "fr") -> tuple[str, ...]:
    runs = proof(text, language, CARRIERS, ["Europe/Paris"])
    return tuple(run.text for run in runs if run.kind == "unbound")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Au moins deux morts.", ()),
        ("Au moins 2 morts.", ()),
        ("Trois morts.", ("Trois",)),
        ("Trente-neuf morts.", ("Trente-neuf",)),
        ("Entre deux et trois morts.", ("Entre deux et trois",)),
        ("Une vingtaine de morts.", ("Une vingtaine",)),
        ("Une hausse de 12 %.", ("12",)),
        ("« deux morts », est-il dit", ()),
        ("Le bilan : 12 500 personnes.", ("12 500",)),
        ("« Plusieurs explosions massives »", ()),
        ("« plusieurs explosions […] »", ()),
        ("« explosions massives »", ()),
        ("« plusieurs […] massives »", ()),
        ("« Une seule explosion »", ("« Une seule explosion »",)),
        ("En vigueur à 06:00, heure locale, 05:00 à Paris.", ()),
        ("En vigueur à 07:00.", ("07:00",)),
        ("À 5 heures.", ("5",)),
        ("À 6 heures.", ()),
        ("Une ville, un maire.", ()),
        ("À Trois-Ponts, deux F-16 et un S‑400.", ()),
        ("Un garçon de 14 ans.", ("14",)),
    ],
)
def test_what_no_bound_claim_carries_is_named(text: str, expected: tuple[str, ...]) -> None:
    assert missing(text) == expected


def test_english_words_and_marks() -> None:
    assert missing("At least two killed, “Plusieurs explosions massives”, nine hurt", "en") == (
        "nine",
    )


def test_the_proof_is_the_text_in_pieces_with_the_carriers_numbers() -> None:
    text = "Deux morts, neuf blessés"
    runs = proof(text, "fr", CARRIERS, [])
    assert "".join(run.text for run in runs) == text
    assert runs[0] == Run("bound", "Deux", 1, "exact")
    assert [run.text for run in runs if run.kind == "unbound"] == ["neuf"]


def test_a_text_without_figures_is_one_piece() -> None:
    assert proof("Rien.", "fr", [], []) == (Run("plain", "Rien."),)
    assert proof("", "fr", [], []) == ()


@pytest.mark.parametrize(
    ("language", "text", "carried"),
    [
        ("fr", "Le 22 novembre", True),
        ("fr", "le 1er novembre", False),
        ("en", "on November 22nd", True),
        ("ru", "22-го ноября", True),
        ("fr", "le 21 novembre", False),
        ("fr", "22 NOVEMBRE", True),
        ("en", "on November 22", True),
        ("en", "on 22 November, 21 November", False),
        ("uk", "22 листопада", True),
        ("ru", "22 ноября", True),
        ("ru", "23 ноября", False),
        ("fr", "22 morts", False),
        ("fr", "22 novembres", False),
    ],
)
def test_a_day_is_carried_by_what_was_told_on_it(language: str, text: str, carried: bool) -> None:
    told = Carrier(1, CLAIMS[0], SOURCE.text, minute(0))
    runs = proof(text, language, [told], ["Europe/Paris"])
    assert all(run.kind != "unbound" for run in runs) == carried

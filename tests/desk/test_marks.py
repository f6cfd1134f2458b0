from __future__ import annotations

from sourcier.desk.screens.entry.marks import pieces, shortened
from tests.desk.make import capture, occurrence, statement, toll

TEXT = "Il a dit « deux morts » hier."
SOURCE = capture("c", TEXT)
SAID = statement(SOURCE, "s", "« deux morts »")
DEAD = toll(SOURCE, "t", "deux morts", 2)


def test_claims_within_claims_keep_their_numbers() -> None:
    cut = pieces(TEXT, {1: SAID, 2: DEAD}, [2])
    assert "".join(piece.text for piece in cut) == TEXT
    assert [(p.text, p.numbers, p.marked, p.bound) for p in cut] == [
        ("Il a dit ", (), False, False),
        ("« ", (1,), True, False),
        ("deux morts", (2,), True, True),
        (" »", (), True, False),
        (" hier.", (), False, False),
    ]


def test_a_text_without_claims_is_one_piece() -> None:
    assert [piece.text for piece in pieces(TEXT, {}, [])] == [TEXT]
    assert pieces("", {}, []) == ()


def test_a_long_text_shows_the_paragraphs_that_hold_claims() -> None:
    filler = "Rien de neuf ici. " * 60
    source = capture("l", f"{filler}\n{filler}\nUne explosion.\n{filler}")
    claim = occurrence(source, "o", "Une explosion")
    assert [p.text for p in shortened(source.text, {1: claim}, [])] == [
        "\n[…]\n", "Une explosion", ".", "\n[…]\n",
    ]  # fmt: skip

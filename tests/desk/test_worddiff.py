from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.desk.drafting.worddiff import CONTEXT, Piece, diff


def test_changed_words_stand_beside_what_they_replace() -> None:
    assert diff("Deux morts à Soumy.", "Au moins deux morts à Soumy.") == (
        Piece("del", "Deux "), Piece("ins", "Au moins deux "), Piece("same", "morts à Soumy."),
    )  # fmt: skip


def test_the_same_text_has_no_pieces() -> None:
    assert diff("Rien", "Rien") == ()


@pytest.mark.parametrize(("before", "after", "kinds"), [("", "a b", ["ins"]), ("a b", "", ["del"])])
def test_a_text_that_comes_or_goes(before: str, after: str, kinds: list[str]) -> None:
    assert [piece.kind for piece in diff(before, after)] == kinds


def test_of_what_stayed_only_the_neighbourhood_is_shown() -> None:
    (same, gone, come) = diff("mot " * 500 + "fin", "mot " * 500 + "suite")
    assert (gone.text, come.text) == ("fin", "suite")
    assert len(same.text) < CONTEXT + 10


def test_long_texts_without_a_common_word_cost_little() -> None:
    began = time.monotonic()
    pieces = diff("а " * 10_000 + "b", "c " * 10_000)
    assert [piece.kind for piece in pieces] == ["del", "ins"]
    assert time.monotonic() - began < 1


@given(st.text("ab .", max_size=60), st.text("ab .", max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = diff(before, after)
    if before != after:
        assert "".join(p.text for p in pieces if p.kind != "ins") == before
        assert "".join(p.text for p in pieces if p.kind != "del") == after

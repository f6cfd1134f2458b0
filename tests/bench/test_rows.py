"""The tallies, the matching and the pages of the measurements."""

from __future__ import annotations

import pytest
from bench.corpora.report import errors, table
from bench.corpora.rows import Error, Row, Tally, excerpt, matched, sampled


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    tally = Tally(right=3, found=4, met=3, wanted=6)
    assert tally.precision == 0.75
    assert tally.recall == 0.5
    assert tally.f1 == pytest.approx(0.6)


def test_nothing_wanted_has_no_figure_and_nothing_found_is_zero() -> None:
    assert Tally().f1 is None
    assert Tally(wanted=3).f1 == 0.0


def test_an_accuracy_counts_each_question_once() -> None:
    tally = Tally()
    for correct in (True, True, False, True):
        tally.judge(correct)
    assert Row("c", "i", "accuracy", 1, tally).figure == 0.75


def test_matching_uses_each_once_and_finds_the_most() -> None:
    allowed = {(0, 0), (0, 1), (1, 0)}
    pairs = matched([0, 1], [0, 1], lambda one, other: (one, other) in allowed)
    assert pairs == [(0, 1), (1, 0)]


def test_a_sample_is_spread_over_the_whole() -> None:
    assert sampled(range(100), 4) == [0, 25, 50, 75]
    assert sampled("ab", 5) == ["a", "b"]
    assert sampled("ab", None) == ["a", "b"]


def test_an_excerpt_marks_the_words_in_one_line() -> None:
    assert excerpt("a ferry\nsank off Selwyn", (8, 12), 4) == "rry ⟦sank⟧ off"


def test_the_table_tells_what_was_missed_met_and_not_installed() -> None:
    met, short = Tally(9, 10, 9, 10), Tally(1, 10, 1, 10)
    page = table(
        [
            Row("X", "one", "F1", 2, met, 0.8, "peer", short),
            Row("X", "two", "accuracy", 2, short, 0.8, "peer", None),
        ]
    )
    assert "| **0.900** | 0.900 | 0.900 | peer 0.100 |" in page
    assert "| _0.100_ |  |  | peer not installed |" in page


def test_errors_are_ranked_by_kind_with_their_commonest_words_first() -> None:
    tally = Tally()
    tally.errors = [
        Error("rare", "x", "d1", "rare context"),
        Error("missed", "said", "d2", "first said"),
        Error("missed", "told", "d3", "only told"),
        Error("missed", "said", "d4", "second said"),
    ]
    page = errors([Row("X", "one", "F1", 4, tally)], kinds=1, examples=2)
    assert page.startswith("## 3 x X one: missed\ncommonest: said 2\n- d2: first said\n- d3:")
    assert "rare" not in page

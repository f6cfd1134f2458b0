"""The tallies, the matching and the pages of the measurements."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from bench.corpora.corpus import Corpus, Peer, measured
from bench.corpora.report import errors, page, ranked, table
from bench.corpora.rows import Beside, Error, Item, Row, Tallies, Tally, excerpt, matched, sampled


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
    assert Item("i", "accuracy").figure(tally) == 0.75


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


def test_the_table_tells_what_was_met_and_what_is_not_installed() -> None:
    met, short = Tally(9, 10, 9, 10), Tally(1, 10, 1, 10)
    lines = table(
        [
            Row("X", Item("one", "F1", 0.8), 2, 2, met, (Beside("peer", short, 1),)),
            Row("X", Item("two", "accuracy", 0.8), 2, 2, short, (Beside("peer", None, 0),)),
        ]
    )
    assert "| 0.900 | 0.900 | **0.900** | 0.80 | met | peer 0.100 (on 1) |" in lines
    assert "| 0.100 | **0.100** | 0.100 | 0.80 | short by 0.700 | peer not installed |" in lines


ONE = Item("one", "F1", 0.9)


def row(corpus: str, wanted: int, *errors: Error, item: Item = ONE) -> Row:
    return Row(corpus, item, 1, 2, Tally(wanted=wanted, errors=list(errors)))


def test_kinds_of_errors_are_ranked_over_all_corpora_by_the_points_that_they_cost() -> None:
    missed = Error("toll: missed", "x", "d1", "words of d1", (3, 5))
    other = Error("toll: number another", "x", "d2", "words of d2")
    rows = [row("large", 1000, *[missed] * 10), row("small", 100, other, missed)]
    (first, most), (second, less) = ranked(rows)
    assert (first, most.cost, most.where) == ("toll: missed", 2.0, {"large": 10, "small": 1})
    assert (second, less.cost) == ("toll: number another", 1.0)
    assert most.example == "large, d1, 3 to 5"


def test_an_item_that_is_not_ranked_costs_nothing() -> None:
    error = Error("toll: missed", "x", "d1", "")
    assert ranked([row("x", 10, error, item=Item("again", ranked=False))]) == []


def test_the_page_says_what_it_rests_on_and_holds_no_words_of_a_corpus() -> None:
    error = Error("toll: missed", "secret key", "d1", "secret context", (3, 5))
    written = page([row("X", 10, error)], {})
    assert "X 1 of 2" in written
    assert "0 of 1 targets are met" in written
    assert "`make peers`" in written
    assert "X, one, short by 0.900: toll: missed (1)." in written
    assert "secret" not in written


def test_errors_are_ranked_by_kind_with_their_commonest_words_first() -> None:
    listed = errors(
        [
            row(
                "X",
                4,
                Error("rare", "x", "d1", "rare context"),
                Error("missed", "said", "d2", "first said"),
                Error("missed", "told", "d3", "only told"),
                Error("missed", "said", "d4", "second said"),
            )
        ],
        kinds=1,
        examples=2,
    )
    assert listed.startswith("## 3 x X, one: missed\ncommonest: said 2\n- d2: first said\n- d3:")
    assert "rare" not in listed


def counted(document: int) -> Tallies:
    return {"one": Tally(document, 2, document, 2)}


def test_a_corpus_is_measured_beside_others_on_fewer_documents() -> None:
    peers = (Peer("there", lambda: True, counted), Peer("absent", lambda: False, counted))
    corpus = Corpus("x", "X", (Item("one"),), lambda: [1] * 8, counted, peers)
    with ThreadPoolExecutor(1) as pool:
        (found,) = measured(corpus, pool, sample=4, beside=2)
    assert (found.documents, found.of, found.figure) == (4, 8, 0.5)
    assert found.peers == (Beside("there", Tally(2, 4, 2, 4), 2), Beside("absent", None, 0))


def test_an_absent_corpus_is_left_out_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus("x", "X", (Item("one"),), list, counted)
    with ThreadPoolExecutor(1) as pool:
        assert measured(corpus, pool) == []
    assert capsys.readouterr().err == "X: absent, left out\n"

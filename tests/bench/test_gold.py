"""What counts as right on the golden dispatches, on tiny invented ones."""

from __future__ import annotations

from typing import Any

import pytest
from bench.corpora import gold
from bench.corpora.rows import Tally
from bench.corpora.source import Record

TEXT = "Two miners died in Port Selwyn on Tuesday, the mayor said, and four were hurt."


def claim(kind: str, start: int, end: int, **given: Any) -> Record:
    fields: Record = {
        "kind": kind, "span": [start, end], "quote": TEXT[start:end], "attribution": [],
        "time": None, "place": None, "role": "news", "stance": "asserted",
    }  # fmt: skip
    return {**fields, **given}


def toll(start: int, end: int, low: int, **given: Any) -> Record:
    fields = {"outcome": "killed", "low": low, "high": low, "qualifier": "exact"}
    return claim("toll", start, end, **{**fields, **given})


def pair(golden: list[Record], ours: list[Record]) -> gold.Pair:
    return gold.Pair({"id": "d", "text": TEXT, "claims": golden}, ours)


def kinds(tally: Tally) -> list[str]:
    return [error.kind for error in tally.errors]


def test_a_key_is_right_wherever_it_stands_and_once() -> None:
    measure = gold.MEASURES["toll: outcome, low, high, qualifier"]
    tally = measure(pair([toll(0, 15, 2)], [toll(0, 10, 2), toll(60, 77, 2)]))
    assert (tally.right, tally.found, tally.wanted) == (1, 2, 1)
    assert kinds(tally) == ["toll: made up"]


def test_an_error_names_the_part_that_differs() -> None:
    measure = gold.MEASURES["toll: outcome, low, high, qualifier"]
    other = toll(0, 15, 3, qualifier="at_least")
    assert kinds(measure(pair([toll(0, 15, 2)], [other]))) == [
        "toll: number another",
        "toll: qualifier another",
    ]
    assert kinds(measure(pair([toll(0, 15, 2)], []))) == ["toll: missed"]


@pytest.mark.parametrize(
    ("golden", "ours", "words"),
    [("a", None, "none where gold has one"), (None, "a", "one where gold has none"),
     ("a", "b", "another")],
)  # fmt: skip
def test_a_difference_says_what_to_mend(golden: Any, ours: Any, words: str) -> None:
    assert gold.difference(golden, ours) == words


def test_a_claimant_is_compared_in_the_nominative() -> None:
    def by(name: str | None) -> Record:
        chain = [{"name": name, "organisation": None, "role": None}] if name else []
        return toll(0, 15, 2, attribution=chain)

    measure = gold.MEASURES["toll: claimant, of those found"]
    assert measure(pair([by("Мер Одеси")], [by("мер Одеси")])).right == 1
    assert measure(pair([by("Мер Одеси")], [by("мером Одеси")])).right == 0
    silent = measure(pair([by("The mayor")], [by(None)]))
    assert (silent.right, silent.found, silent.wanted) == (0, 0, 1)
    assert kinds(silent) == ["toll claimant: none where gold has one"]
    assert measure(pair([by(None)], [by(None)])).precision == 1


def test_a_statement_half_of_whose_words_are_found_is_right() -> None:
    def said(start: int, end: int) -> Record:
        return claim("statement", start, end, content=[start, end], mode="indirect")

    measure = gold.MEASURES["statement: content overlaps by half"]
    assert measure(pair([said(0, 20)], [said(0, 12)])).f1 == 1
    assert kinds(measure(pair([said(0, 20)], [said(0, 9)]))) == ["statement: too little read"]
    assert kinds(measure(pair([said(0, 20)], [said(0, 41)]))) == ["statement: too much read"]
    assert kinds(measure(pair([said(0, 20)], [said(50, 60)]))) == [
        "statement: missed",
        "statement: made up",
    ]


def test_a_place_is_its_id_or_else_its_name_and_country() -> None:
    def at(name: str, geonames: int | None) -> Record:
        return toll(0, 15, 2, place={"name": name, "country": "FR", "geonames": geonames})

    measure = gold.MEASURES["place: ids"]
    assert measure(pair([at("Valence", 1)], [at("Valence", 2)])).f1 == 0
    assert measure(pair([at("Valence", 1)], [at("Valentia", 1)])).f1 == 1
    assert measure(pair([at("Selwyn", None)], [at("Selwyn", None)])).f1 == 1


def test_times_are_compared_as_moments() -> None:
    def on(start: str, end: str) -> Record:
        return toll(0, 15, 2, time={"start": start, "end": end, "zone": "Europe/Paris"})

    measure = gold.MEASURES["time: values"]
    golden = on("2024-11-19T00:00:00+01:00", "2024-11-20T00:00:00+01:00")
    ours = on("2024-11-18T23:00:00Z", "2024-11-19T23:00:00Z")
    assert measure(pair([golden], [ours])).f1 == 1
    assert gold.day(ours) == "2024-11-19"


def test_the_targets_are_set_for_items_that_are_measured() -> None:
    assert gold.TARGETS.keys() <= gold.MEASURES.keys()
    assert gold.CYRILLIC_TARGETS.keys() <= gold.MEASURES.keys()

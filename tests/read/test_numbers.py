"""Number expressions: what they say at least, at most, and how exactly."""

from __future__ import annotations

import pytest

from sourcier.read.document import tokenise
from sourcier.read.figures import Number
from sourcier.read.fold import fold
from sourcier.read.numbers import number_reader

CASES = [
    ("fr", "quatre-vingt-dix-sept", (97, 97, "exact")),
    ("fr", "soixante et onze", (71, 71, "exact")),
    ("fr", "dix-huit", (18, 18, "exact")),
    ("fr", "deux mille trois cents", (2300, 2300, "exact")),
    ("fr", "1 200", (1200, 1200, "exact")),
    ("fr", "215.000", (215000, 215000, "exact")),
    ("fr", "2,5 millions", (2500000, 2500000, "exact")),
    ("fr", "une vingtaine", (20, 20, "about")),
    ("fr", "au moins une vingtaine", (20, None, "at_least")),
    ("fr", "entre dix et quinze", (10, 15, "exact")),
    ("fr", "jusqu'à 20", (0, 20, "at_most")),
    ("fr", "des dizaines de milliers", (20000, None, "vague")),
    ("fr", "aucun", (0, 0, "none")),
    ("en", "twenty-three", (23, 23, "exact")),
    ("en", "a hundred and five", (105, 105, "exact")),
    ("en", "1,200", (1200, 1200, "exact")),
    ("en", "half a million", (500000, 500000, "exact")),
    ("en", "two dozen", (24, 24, "about")),
    ("en", "no fewer than 41", (41, None, "at_least")),
    ("en", "more than a dozen", (12, None, "more_than")),
    ("en", "dozens, perhaps a hundred", (20, 100, "vague")),
    ("en", "10-15", (10, 15, "exact")),
    ("ru", "двадцать пять", (25, 25, "exact")),
    ("ru", "полтора десятка", (15, 15, "about")),
    ("ru", "два десятка", (20, 20, "about")),
    ("ru", "десятки", (20, None, "vague")),
    ("ru", "более тысячи", (1000, None, "more_than")),
    ("ru", "двадцати с лишним", (20, None, "more_than")),
    ("ru", "20-ти", (20, 20, "exact")),
    ("ru", "от десяти до пятнадцати", (10, 15, "exact")),
    ("uk", "дев’ятеро", (9, 9, "exact")),
    ("uk", "півтора десятка", (15, 15, "about")),
    ("uk", "близько двох десятків", (20, 20, "about")),
    ("uk", "понад 1 200", (1200, None, "more_than")),
    ("uk", "кількох", (2, None, "vague")),
]
NO_COUNTS = [("en", "11:52"), ("fr", "45 %"), ("ru", "12:30"), ("en", "3/4"), ("uk", "5°")]


def read(language: str, text: str) -> tuple[Number | None, int]:
    words = list(tokenise(fold(text)))
    return number_reader(language).read(words, 0), len(words)


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_number(language: str, text: str, expected: tuple[int, int | None, str]) -> None:
    number, length = read(language, text)
    assert number is not None
    assert (number.low, number.high, number.qualifier) == expected
    assert number.last == length


@pytest.mark.parametrize(("language", "text"), NO_COUNTS)
def test_a_time_or_share_is_no_count(language: str, text: str) -> None:
    assert read(language, text)[0] is None


def test_a_figure_behind_from_starts_no_range() -> None:
    words = list(tokenise(fold("from nine to eleven")))
    number = number_reader("en").read(words, 1)
    assert number is not None
    assert (number.low, number.high) == (9, 9)

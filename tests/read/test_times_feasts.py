"""Feasts: the days of Easter and of nth weekdays, and which year's is meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sourcier.read.times_feasts import Rule, easter, feast, nearest_feast, orthodox_easter
from sourcier.read.times_wall import Setting, Tense

NOW = datetime.fromisoformat("2025-03-19T16:40:00")


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (1954, (4, 18), (4, 25)),
        (1981, (4, 19), (4, 26)),
        (2008, (3, 23), (4, 27)),
        (2024, (3, 31), (5, 5)),
        (2025, (4, 20), (4, 20)),
        (2026, (4, 5), (4, 12)),
    ],
)
def test_easter(year: int, western: tuple[int, int], eastern: tuple[int, int]) -> None:
    assert easter(year) == date(year, *western)
    assert orthodox_easter(year) == date(year, *eastern)


def test_nth_weekdays() -> None:
    assert feast({"month": 11, "weekday": 3, "nth": 4}, 2024) == date(2024, 11, 28)
    assert feast({"month": 5, "weekday": 0, "nth": -1}, 2025) == date(2025, 5, 26)


def test_there_is_no_thirtieth_of_february() -> None:
    assert feast([2, 30], 2025) is None
    assert nearest_feast([2, 30], Setting(NOW)) is None


@pytest.mark.parametrize(
    ("rule", "tense", "expected"),
    [
        ([12, 25], None, date(2024, 12, 25)),
        ([12, 25], "ahead", date(2025, 12, 25)),
        ({"easter": 1}, None, date(2025, 4, 21)),
        ({"easter": 1}, "past", date(2024, 4, 1)),
    ],
)
def test_which_year_is_meant(rule: Rule, tense: Tense, expected: date) -> None:
    assert nearest_feast(rule, Setting(NOW, tense=tense)) == expected

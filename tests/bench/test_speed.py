"""The arithmetic of the speed page; the measurements themselves are no test."""

from __future__ import annotations

import pytest
from bench.speed import exponent
from bench.texts import text_of


def test_the_exponent_is_the_power_of_the_curve() -> None:
    assert exponent([(x, 3 * x**1.5) for x in (10, 100, 1000)]) == pytest.approx(1.5)


def test_invented_texts_have_the_length_asked_for() -> None:
    assert [len(text_of(length)) for length in (10, 5_000)] == [10, 5_000]
    assert text_of(5_000).startswith(text_of(10))

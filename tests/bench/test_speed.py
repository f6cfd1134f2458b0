"""The arithmetic of the speed page; the measurements themselves are no test."""

from __future__ import annotations

import pytest
from bench.chart import chart
from bench.speed import Measured, exponent, report
from bench.texts import text_of
from lxml import etree


def test_the_exponent_is_the_power_of_the_curve() -> None:
    assert exponent([(x, 3 * x**1.5) for x in (10, 100, 1000)]) == pytest.approx(1.5)


def test_invented_texts_have_the_length_asked_for() -> None:
    assert [len(text_of(length)) for length in (10, 5_000)] == [10, 5_000]
    assert text_of(5_000).startswith(text_of(10))


def test_the_page_tells_what_is_met_what_is_short_and_the_ratio() -> None:
    points = [(1_000, 0.02), (10_000, 0.2), (100_000, 2.0)]
    page = report(Measured(160.0, 90.0, 40.0, 720.0, (1.5, 1.2), (9.5, 9.0), points, 0.1), 5)
    assert "| dispatches a second | 150 or more | 160 | met |" in page
    assert "| peak memory | 700 MB or less | 720 MB | short |" in page
    assert "ours is 4.0 times that" in page
    assert "Exponent: 1.00" in page
    assert "`make peers`" in report(
        Measured(160.0, 90.0, None, 720.0, (1.5, 1.2), (9.5, 9.0), points, 7.0), 5
    )


def test_the_chart_is_a_picture_with_a_dot_a_point() -> None:
    picture = etree.fromstring(chart([(1_000, 0.02), (10_000, 0.2)]).encode())
    dots = picture.findall("{*}circle")
    assert [dot.get("cx") for dot in dots] == ["80.0", "620.0"]

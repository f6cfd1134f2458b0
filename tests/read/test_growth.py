"""Texts made of one thing over and over are read in time that grows with their length."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourcier.read import read
from sourcier.types import Capture
from tests.growth import Work, growth

TEXTS = {
    "a sentence without end": "and the mayor said that two people were killed in a strike near Port Selwyn ",
    "capitals without end": "THE MAYOR OF PORT SELWYN SAID FIVE PEOPLE WERE KILLED ",
    "a list of towns": "Odesa, Kherson, ",
    "quotations": "“We saw it”, she said. “It was big”, he said. ",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_ten_times_the_text_takes_about_ten_times_the_work(text: str) -> None:
    def prepare(length: int) -> Work:
        published = datetime(2024, 5, 1, 12, tzinfo=UTC)
        repeated = (text * (length // len(text) + 1))[:length]
        capture = Capture(id="a", dispatch="a", text=repeated, published=published, language="en")
        return lambda: read(capture)

    assert growth(prepare, 1_000, 10_000) < 30

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourcier.desk.readers.moment import asked

NOW = datetime(2024, 11, 22, 7, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute", "day"),
    [
        ("08:12", 7, 12, 22),
        ("00:30", 23, 30, 21),
        ("2024-11-21T20:40", 19, 40, 21),
        ("2024-11-21T20:40:30+02:00", 18, 40, 21),
        ("2024-11-21T20:40Z", 20, 40, 21),
    ],
)
def test_a_minute_is_meant_to_its_end(text: str, hour: int, minute: int, day: int) -> None:
    found = asked(text, NOW, "Europe/Paris")
    assert (found.day, found.hour, found.minute, found.second) == (day, hour, minute, 59)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["", "8h12", "25:00", "hier", "2024-13-01T00:00", "0001-01-01T00:00", "١٢:٠٠"]
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        asked(text, NOW, "Asia/Tokyo")

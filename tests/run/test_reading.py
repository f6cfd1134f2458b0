"""A capture that cannot be read is one problem."""

from __future__ import annotations

from datetime import datetime

import pytest

from sourcier.gather import make_capture
from sourcier.problems import Problem
from sourcier.run import reading
from sourcier.types import Capture, Reading

CAPTURE = make_capture(
    text="Deux morts à Lyon.",
    published=datetime.fromisoformat("2024-11-22T08:00+01:00"),
    dispatch="d-1",
)


def test_a_capture_is_read() -> None:
    assert isinstance(reading.read_or_problem(CAPTURE), Reading)


def test_an_unknown_zone_is_a_problem_of_that_capture() -> None:
    from msgspec.structs import replace

    found = reading.read_or_problem(replace(CAPTURE, zone="Mars/Base"))
    assert isinstance(found, Problem)
    assert (found.where, found.code) == ("d-1", "unknown_zone")


def test_a_fault_of_the_reader_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(capture: Capture, *, mentions: bool = False) -> Reading:
        raise KeyError("pattern")

    monkeypatch.setattr(reading, "read", faulty)
    found = reading.read_or_problem(CAPTURE)
    assert isinstance(found, Problem)
    assert "\n" not in str(found) and "KeyError" in str(found)

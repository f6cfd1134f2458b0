"""Nights and alerts over midnight and over the change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sourcier.weave.zones import day_of, whole_night

from .samples import at, when
from .test_alerts import intervals, siren

KYIV = "Europe/Kyiv"


def utc(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+00:00")


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    minute = utc("2031-03-30", "00:30")  # half past two, half an hour before the change
    start, end = whole_night(minute, minute, KYIV)
    assert (start.astimezone(UTC), end.astimezone(UTC)) == (
        utc("2031-03-29", "20:00"),
        utc("2031-03-30", "03:00"),
    )


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    minute = utc("2031-10-26", "01:30")  # half past three, for the second time
    start, end = whole_night(minute, minute, KYIV)
    assert (start.astimezone(UTC), end.astimezone(UTC)) == (
        utc("2031-10-25", "19:00"),
        utc("2031-10-26", "04:00"),
    )


def test_a_time_belongs_to_the_day_of_its_place() -> None:
    assert day_of(when("22:30", 1, "hour", day="2031-03-03")) == date(2031, 3, 4)
    assert day_of(when("21:30", 1, "hour", day="2031-03-03")) == date(2031, 3, 3)


def test_an_alert_over_midnight_and_the_change_of_clocks_is_one_interval() -> None:
    (interval,) = intervals(
        siren("a", "started", "21:41", "21:40", day="2031-03-29"),
        siren("b", "in_force", "00:59", "00:58", day="2031-03-30"),
        siren("c", "ended", "01:11", "01:10", day="2031-03-30"),
    )
    assert interval.start == at("21:40", "2031-03-29")
    assert interval.end == at("01:10", "2031-03-30")
    assert interval.observed == (at("00:58", "2031-03-30"),)

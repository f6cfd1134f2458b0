"""Alerts of a region and of the towns in it."""

from __future__ import annotations

from typing import Any

from sourcier.types import AlertInterval, Place

from .samples import KONOTOP, OKHTYRKA, SUMY_REGION, Told, at, capture, told, when, woven

PHRASES = {"started": "Sirens now", "in_force": "It goes on", "ended": "All clear"}


def said(clock: str, *words: tuple[str, Place | None, str | None]) -> Told:
    """One dispatch at a UTC time: state, place, and the time that the text gives, if any."""
    own = " ".join(f"w{clock.replace(':', '')}{number}" for number in range(60))
    source = capture(f"c{clock}", f"Sirens now. It goes on. All clear. {own}", clock)
    made = told(source)
    for state, where, minute in words:
        fields: dict[str, Any] = {"time": when(minute, 1 / 60, "minute")} if minute else {}
        made.alert(PHRASES[state], state, place=where, **fields)
    return made


def spans(*makers: Told, now: str | None = None) -> list[tuple[str | None, str, str]]:
    known = woven(*makers, now=at(now) if now else None).known
    return [(i.place.name if i.place else None, *_clocks(i)) for i in known.alerts()]


def _clocks(interval: AlertInterval) -> tuple[str, str]:
    start = f"{interval.start:%H:%M}" if interval.start else ""
    flag = "?" if interval.inferred_end else ""
    return start, f"{interval.end:%H:%M}{flag}" if interval.end else ""


START = said("02:01", ("started", SUMY_REGION, "02:00"))


def test_an_all_clear_for_the_region_ends_the_alerts_of_its_towns() -> None:
    town = said("01:01", ("started", OKHTYRKA, "01:00"))
    clear = said("03:01", ("ended", SUMY_REGION, "03:00"))
    assert spans(town, START, clear) == [
        ("Okhtyrka", "01:00", "03:00?"),
        ("Sumy Oblast", "02:00", "03:00"),
    ]
    assert spans(town, clear) == [("Okhtyrka", "01:00", "03:00?")]


def test_the_town_s_own_all_clear_corrects_what_the_region_s_ended() -> None:
    town = said("01:01", ("started", OKHTYRKA, "01:00"))
    clear = said("03:01", ("ended", SUMY_REGION, "03:00"))
    own = said("03:41", ("ended", OKHTYRKA, "03:40"))
    assert spans(town, START, clear, own) == [
        ("Okhtyrka", "01:00", "03:40"),
        ("Sumy Oblast", "02:00", "03:00"),
    ]
    again = said("03:21", ("started", OKHTYRKA, "03:20"))
    assert spans(town, START, clear, again, own) == [
        ("Okhtyrka", "01:00", "03:00?"),
        ("Sumy Oblast", "02:00", "03:00"),
        ("Okhtyrka", "03:20", "03:40"),
    ]


def test_a_town_s_alert_with_its_own_minute_stands_beside_the_region_s() -> None:
    town = said("02:31", ("started", OKHTYRKA, "02:30"))
    own = said("02:51", ("ended", OKHTYRKA, "02:50"))
    assert spans(START, town, own) == [
        ("Sumy Oblast", "02:00", ""),
        ("Okhtyrka", "02:30", "02:50"),
    ]
    untold = said("02:31", ("started", OKHTYRKA, None))
    assert spans(START, untold) == [("Sumy Oblast", "02:00", "")]


def test_an_all_clear_for_a_town_leaves_the_region_under_alert() -> None:
    clear = said("03:01", ("ended", OKHTYRKA, "03:00"))
    assert spans(START, clear) == [("Sumy Oblast", "02:00", ""), ("Okhtyrka", "02:00", "03:00")]


def test_a_sighting_in_a_town_joins_what_the_feed_opened_for_the_region() -> None:
    known = woven(START, said("04:10", ("in_force", OKHTYRKA, "04:00"))).known
    (interval,) = known.alerts()
    assert interval.place == SUMY_REGION
    assert interval.observed == (at("04:00"),)


def test_a_new_start_in_a_town_that_was_cleared_is_its_own() -> None:
    clear = said("03:01", ("ended", OKHTYRKA, "03:00"))
    again = said("05:01", ("started", OKHTYRKA, "05:00"))
    assert spans(START, clear, again)[-1] == ("Okhtyrka", "05:00", "")


def test_a_towns_all_clear_told_with_the_regions_opens_nothing() -> None:
    both = said("03:02", ("ended", OKHTYRKA, "03:00"), ("ended", SUMY_REGION, "03:00"))
    assert spans(START, both) == [("Sumy Oblast", "02:00", "03:00")]


def test_two_towns_do_not_end_each_other() -> None:
    one, two = (
        said("02:01", ("started", OKHTYRKA, "02:00")),
        said("03:01", ("ended", KONOTOP, None)),
    )
    assert spans(one, two) == [("Okhtyrka", "02:00", ""), ("Konotop", "", "03:01")]


def test_a_new_start_closes_an_alert_whose_end_was_missed() -> None:
    again = said("09:01", ("started", SUMY_REGION, "09:00"))
    sighted = said("04:01", ("in_force", SUMY_REGION, "04:00"))
    assert spans(START, sighted, again) == [
        ("Sumy Oblast", "02:00", "04:00?"),
        ("Sumy Oblast", "09:00", ""),
    ]


def test_clocks_that_differ_by_a_minute_are_one_interval() -> None:
    clear = said("03:01", ("ended", SUMY_REGION, "03:00"))
    again = said("03:02", ("started", SUMY_REGION, "03:01"))
    last = said("03:31", ("ended", SUMY_REGION, "03:30"))
    assert spans(START, clear, again, last) == [("Sumy Oblast", "02:00", "03:30")]


def test_a_new_start_soon_after_the_end_is_a_new_interval() -> None:
    clear = said("03:01", ("ended", SUMY_REGION, "03:00"))
    again = said("03:04", ("started", SUMY_REGION, "03:03"))
    last = said("03:31", ("ended", SUMY_REGION, "03:30"))
    assert spans(START, clear, again, last) == [
        ("Sumy Oblast", "02:00", "03:00"),
        ("Sumy Oblast", "03:03", "03:30"),
    ]


def test_a_recount_without_times_comes_before_the_end_that_it_tells() -> None:
    recount = said("06:00", ("started", SUMY_REGION, None), ("ended", SUMY_REGION, "03:00"))
    assert spans(recount) == [("Sumy Oblast", "", "03:00")]


def test_an_alert_without_an_area_is_not_in_force_for_ever() -> None:
    lone = said("02:00", ("in_force", None, None))
    assert spans(lone, now="07:00") == [(None, "", "")]
    assert spans(lone, now="09:00") == [(None, "", "08:00?")]

"""What hardly says where it happened goes with what it is told after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sourcier.types import Place, Time
from sourcier.weave.bundles import bundles

from .samples import (
    KONOTOP,
    NIGHT,
    OKHTYRKA,
    SUMY_REGION,
    UKRAINE,
    Told,
    at,
    by,
    capture,
    place,
    told,
    when,
    woven,
)
from .test_events import groups, strike

HOME = place("Sumy Oblast", None, "Sumy", precision="region", text="", span=(0, 0))
TEXT = "A blast was reported here. Three people were killed and twelve hurt. Walls fell."


def toll(
    name: str, where: Place | None, time: Time | None = None, clock: str = "12:00", **fields: str
) -> Told:
    made = told(capture(name, TEXT, clock, **{"publisher": "Coast Daily", **fields}))
    made.toll("Three people were killed", "killed", 3, place=where, time=time)
    return made.toll("twelve hurt", "injured", 12, place=where, time=time)


def full(name: str, where: Place, time: Time | None, clock: str = "08:00") -> Told:
    made = told(capture(name, TEXT, clock)).occurrence("A blast", "strike", place=where, time=time)
    made.toll("Three people were killed", "killed", 3, place=where, time=time)
    return made.toll("twelve hurt", "injured", 12, place=where, time=time)


def test_a_source_that_speaks_from_its_region_joins_the_town_and_never_leads_it() -> None:
    town, own = strike("a", OKHTYRKA, NIGHT, "explosion"), strike("b", HOME, None)
    assert groups(town, own) == {frozenset("ab")}
    known = woven(own, town).known
    (event,) = (event for event in known.events() if event.merged_into is None)
    assert event.place == OKHTYRKA


def test_a_region_that_words_name_still_asks_for_more() -> None:
    town, other = strike("a", OKHTYRKA, NIGHT), strike("b", SUMY_REGION, None)
    assert len(groups(town, other)) == 2


def test_a_report_from_before_an_attack_is_of_another() -> None:
    dawn = when("03:00", 2)
    town, before = strike("a", OKHTYRKA, dawn), strike("b", HOME, None, clock="01:00")
    assert len(groups(town, before)) == 2


def test_a_toll_without_a_place_goes_with_the_two_figures_that_it_repeats() -> None:
    assert groups(full("a", OKHTYRKA, NIGHT), toll("b", None)) == {frozenset("ab")}
    lone = told(capture("b", TEXT, "12:00")).toll("Three people were killed", "killed", 3)
    assert len(groups(full("a", OKHTYRKA, NIGHT), lone)) == 2


def test_figures_are_looked_up_in_every_report_of_an_event_not_its_first_alone() -> None:
    first = strike("a", OKHTYRKA, NIGHT)
    later = full("b", OKHTYRKA, None, "11:00")
    known = woven(first, later, toll("c", None)).known
    assert known.event_of("c.1") == known.event_of("a.1")
    assert "same_figures" in {why.rule for why in known.clusters.why["c.1"]}


def test_what_follows_moves_with_what_it_follows() -> None:
    makers = [full("b", OKHTYRKA, None, "11:00"), toll("c", None)]
    known = woven(*makers).known
    known = woven(strike("a", OKHTYRKA, NIGHT), known=known).known
    assert known.event_of("c.1") == known.event_of("b.1") == known.event_of("a.1")


def test_a_high_figure_in_its_region_is_enough_for_a_report_that_names_the_region() -> None:
    region = told(capture("b", TEXT, "12:00", publisher="Coast Daily"))
    region.occurrence("A blast", "strike", place=SUMY_REGION, time=when("00:00", 24, "day"))
    region.toll("twelve hurt", "injured", 12, place=SUMY_REGION)
    assert groups(full("a", OKHTYRKA, NIGHT), region) == {frozenset("ab")}


def test_a_later_version_of_a_dispatch_stays_with_it() -> None:
    first = strike("a", OKHTYRKA, NIGHT, dispatch="live")
    second = strike("b", None, None, "strike", "09:00", dispatch="live", version=2)
    assert groups(first, second) == {frozenset("ab")}


def test_shelling_and_a_strike_told_of_a_region_are_two_events() -> None:
    other = strike("b", SUMY_REGION, NIGHT, "shelling", publisher="Coast Daily")
    assert len(groups(strike("a", SUMY_REGION, NIGHT, "strike"), other)) == 2


def test_a_country_swallows_no_other_thing_that_happens_in_it() -> None:
    launch = strike("a", UKRAINE, NIGHT, "missile_launch")
    drones = strike("b", UKRAINE, NIGHT, "drone_attack", publisher="Coast Daily")
    assert len(groups(launch, drones)) == 2


def test_a_country_gives_way_to_the_town_whose_speakers_are_quoted() -> None:
    mayor, rescuers = by("Petro Zadorozh", "mayor"), by(None, "rescuers")

    def quoted(name: str, where: Place) -> Told:
        made = told(capture(name, TEXT, "08:00", publisher=f"{name} Daily"))
        made.occurrence("A blast", "strike", place=where, time=NIGHT, attribution=mayor)
        return made.occurrence("Walls fell", "collapse", place=where, attribution=rescuers)

    assert groups(quoted("a", OKHTYRKA), quoted("b", UKRAINE)) == {frozenset("ab")}


def test_aftermath_belongs_to_the_attack_within_half_a_day() -> None:
    morning, evening = when("10:00", 1), when("19:00", 1)
    attack = strike("a", OKHTYRKA, NIGHT)
    assert groups(attack, strike("b", OKHTYRKA, morning, "fire", "12:00")) == {frozenset("ab")}
    assert len(groups(attack, strike("b", OKHTYRKA, evening, "fire", "21:00"))) == 2
    assert len(groups(attack, strike("b", OKHTYRKA, morning, "strike", "12:00"))) == 2


def test_two_towns_of_one_text_stay_two_even_where_it_first_names_the_country() -> None:
    made = told(capture("a", TEXT)).occurrence("A blast", "strike", place=UKRAINE)
    made.occurrence("was reported", "strike", place=OKHTYRKA)
    made.occurrence("Walls fell", "strike", place=KONOTOP)
    assert len(bundles(made.source, made.claims, at("08:00"))) == 2


@pytest.mark.slow
def test_a_long_document_is_bundled_in_time_in_line_with_its_length() -> None:
    made = told(capture("a", TEXT))
    for number in range(3000):
        where = place(f"Town{number}", number, "Sumy")
        made.occurrence("A blast", "strike", place=where)
    found = bundles(made.source, made.claims, at("08:00") + timedelta(hours=1))
    assert len(found) == 3000


def test_a_time_that_is_a_little_off_does_not_part_reports_that_name_one_town() -> None:
    dawn, morning = when("02:00", 4), when("06:00", 6)
    early = strike("a", OKHTYRKA, dawn, clock="04:15")
    late = strike("b", OKHTYRKA, morning, clock="08:15", publisher="Coast Daily")
    assert groups(early, late) == {frozenset("ab")}

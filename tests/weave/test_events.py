from __future__ import annotations

from typing import Any

from sourcier.types import Place, Time

from .samples import (
    KONOTOP,
    NIGHT,
    OKHTYRKA,
    SUMY_REGION,
    UKRAINE,
    Told,
    by,
    capture,
    only_event,
    place,
    told,
    when,
    woven,
)


def strike(
    name: str,
    where: Place | None,
    time: Time | None,
    kind: str = "strike",
    clock: str = "08:00",
    **fields: Any,
) -> Told:
    made = told(
        capture(name, "A blast was reported here. Two people were killed.", clock, **fields)
    )
    return made.occurrence("A blast was reported here", kind, place=where, time=time)


def groups(*makers: Told) -> set[frozenset[str]]:
    known = woven(*makers).known
    return {
        frozenset(claim.split(".")[0] for claim in event.claims)
        for event in known.events()
        if event.merged_into is None
    }


def test_words_of_one_attack_at_one_place_and_night_are_one_event() -> None:
    minute = when("23:40", 1 / 60, "minute", day="2031-03-03")
    makers = [
        strike("a", OKHTYRKA, NIGHT, "strike"),
        strike("b", OKHTYRKA, minute, "explosion", publisher="Coast Daily"),
        strike("c", OKHTYRKA, None, "shelling", "10:00", publisher="Quay Review"),
        strike("d", OKHTYRKA, when("22:00", 24, "day", day="2031-03-03"), "drone_attack"),
    ]
    assert groups(*makers) == {frozenset("abcd")}


def test_two_nights_are_two_events_and_so_are_two_places() -> None:
    later = when("20:00", 8, day="2031-03-04")
    makers = [
        strike("a", OKHTYRKA, NIGHT),
        strike("b", OKHTYRKA, later, day="2031-03-05"),
        strike("c", OKHTYRKA, when("20:00", 8, day="2031-03-08"), day="2031-03-09"),
        strike("d", KONOTOP, NIGHT),
    ]
    assert groups(*makers) == {frozenset("a"), frozenset("b"), frozenset("c"), frozenset("d")}


def test_unlike_happenings_at_one_place_are_two_events() -> None:
    assert len(groups(strike("a", OKHTYRKA, NIGHT), strike("b", OKHTYRKA, NIGHT, "protest"))) == 2


def test_a_region_joins_a_place_in_it_where_something_else_agrees() -> None:
    town = strike("a", OKHTYRKA, NIGHT).toll("Two people", "killed", 2, place=OKHTYRKA, time=NIGHT)
    same = strike("b", SUMY_REGION, NIGHT).toll("Two people", "killed", 2, place=SUMY_REGION)
    other = strike("c", SUMY_REGION, NIGHT)
    assert groups(town, same, other) == {frozenset("ab"), frozenset("c")}


def test_a_country_joins_a_rare_event_in_it_but_not_each_of_many_strikes() -> None:
    osh = place("Osh", None, "Osh", "KG", precision="region")
    country = place("Kyrgyzstan", 1527747, None, "KG", precision="country")
    quake = strike("a", osh, NIGHT, "earthquake")
    abroad = strike("b", country, None, "earthquake", publisher="Coast Daily")
    assert groups(quake, abroad) == {frozenset("ab")}
    assert len(groups(strike("a", OKHTYRKA, NIGHT), strike("b", UKRAINE, NIGHT))) == 2


def test_a_report_without_a_time_goes_to_what_came_before_it() -> None:
    before = strike("a", OKHTYRKA, NIGHT)
    after = strike("b", OKHTYRKA, when("20:00", 8), day="2031-03-05")
    update = strike("c", OKHTYRKA, None, clock="12:00", publisher="Coast Daily")
    assert groups(before, after, update) == {frozenset("ac"), frozenset("b")}


def test_tolls_alerts_and_words_go_with_what_they_stand_beside() -> None:
    text = (
        "A blast was reported here. Two people were killed. The siren had sounded. “We dig on,” the "
        "mayor said.\nKazakhstan closed an embassy."
    )
    made = told(capture("a", text)).occurrence("A blast", "strike", place=OKHTYRKA, time=NIGHT)
    made.toll("Two people were killed", "killed", 2, place=OKHTYRKA)
    minute = when("21:10", 1 / 60, "minute", day="2031-03-03")
    made.alert("The siren had sounded", "started", place=OKHTYRKA, time=minute)
    made.statement("“We dig on,”", attribution=by("Petro Zadorozh", "mayor"))
    made.measure("Kazakhstan closed an embassy", actor="Kazakhstan")
    known = woven(made).known
    assert known.event_of("a.4") == known.event_of("a.1") == known.event_of("a.2")
    assert known.event_of("a.3") == known.event_of("a.1")
    assert known.event(known.event_of("a.5") or "").type == "measure"


def test_statements_of_one_speaker_on_one_day_are_one_event() -> None:
    def spoken(name: str, speaker: str, clock: str, outlet: str) -> Told:
        made = told(capture(name, "“The harbour stays open,” we heard.", clock, publisher=outlet))
        return made.statement("“The harbour stays open,”", attribution=by(speaker, "minister"))

    one = spoken("a", "Olha Verbytska", "08:00", "Harbour Wire")
    two = spoken("b", "Ольга Вербицька", "09:00", "Плавні")
    assert groups(one, two) == {frozenset("ab")}


def test_a_sharper_report_absorbs_what_looser_ones_opened() -> None:
    loose = strike("a", OKHTYRKA, None, "explosion", "04:00")
    other = strike("b", OKHTYRKA, when("22:00", 24, "day", day="2031-03-03"), "fire", "05:00")
    sharp = strike("c", OKHTYRKA, NIGHT, "strike", "06:00", publisher="Coast Daily")
    first = woven(loose)
    event = only_event(first.known)
    last = woven(sharp, known=woven(other, known=first.known).known)
    assert only_event(last.known) == event
    assert last.known.event(event).type == "strike"
    assert last.touched == (event,)


def test_two_events_merge_and_the_older_id_stays() -> None:
    evening = strike("a", OKHTYRKA, None, "explosion", "06:00", day="2031-03-03")
    next_day = strike("b", OKHTYRKA, None, "fire", "07:30", publisher="Coast Daily")
    first = woven(evening, next_day)
    older, younger = (event.id for event in first.known.events())
    sharp = when("05:00", 1, day="2031-03-03")
    second = woven(strike("c", OKHTYRKA, sharp, clock="10:00"), known=first.known)
    (merged,) = [change for change in second.changes if change.kind == "event_merged"]
    assert (merged.event, merged.data) == (younger, {"into": older})
    assert second.known.event(younger).merged_into == older
    assert second.known.event(younger).claims == ()
    assert len(second.known.event(older).captures) == 3
    assert second.touched == tuple(sorted((older, younger)))


def test_an_event_says_why_each_capture_belongs_to_it() -> None:
    result = woven(strike("a", OKHTYRKA, NIGHT), strike("b", OKHTYRKA, None))
    (grown,) = [change for change in result.changes if change.kind == "event_grown"]
    assert [evidence.rule for evidence in grown.why] == [
        "same_place",
        "told_after",
        "compatible_types",
    ]
    assert grown.data["captures"] == 2


def test_nothing_happens_in_or_after_the_minute_in_which_it_is_told() -> None:
    night = strike("a", OKHTYRKA, NIGHT)
    stamped = strike("b", OKHTYRKA, when("11:00", 1 / 60, "minute"), clock="11:00")
    ahead = strike("c", OKHTYRKA, when("15:00", 6), clock="12:00", publisher="Coast Daily")
    assert groups(night, stamped, ahead) == {frozenset("abc")}


def test_what_strikes_a_whole_region_is_one_event_in_two_of_its_towns() -> None:
    quakes = (strike("a", OKHTYRKA, NIGHT, "earthquake"), strike("b", KONOTOP, NIGHT, "earthquake"))
    assert groups(*quakes) == {frozenset("ab")}
    assert len(groups(strike("a", OKHTYRKA, NIGHT), strike("b", KONOTOP, NIGHT))) == 2

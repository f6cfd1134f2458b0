from __future__ import annotations

from typing import Any

from sourcier.types import AlertInterval

from .samples import KONOTOP, OKHTYRKA, Told, at, capture, kinds, told, when, woven


def siren(name: str, state: str, clock: str, said: str | None = None, **fields: Any) -> Told:
    """A channel's word on an alert at Okhtyrka, posted at `clock`; `said`: the minute it gives."""
    where = fields.pop("place", OKHTYRKA)
    made = told(
        capture(name, "Air raid alert.", clock, publisher=fields.pop("by", "Siren North"), **fields)
    )
    time = when(said, 1 / 60, "minute", day=fields.get("day", "2031-03-04")) if said else None
    return made.alert("Air raid alert", state, place=where, time=time)


def intervals(*makers: Told, **fields: Any) -> tuple[AlertInterval, ...]:
    return woven(*makers, **fields).known.alerts()


def test_an_alert_opens_is_observed_and_closes() -> None:
    result = woven(
        siren("a", "started", "03:12", "03:10"),
        siren("b", "in_force", "04:05", "04:00"),
        siren("c", "ended", "05:01", "05:00"),
    )
    (interval,) = result.known.alerts()
    assert (interval.start, interval.end) == (at("03:10"), at("05:00"))
    assert interval.observed == (at("04:00"),)
    assert interval.zone == "Europe/Kyiv"
    assert not interval.inferred_end
    assert [k for k in kinds(result) if k.startswith("alert")] == [
        "alert_opened",
        "alert_observed",
        "alert_closed",
    ]
    assert [evidence.rule for evidence in interval.why] == [
        "start_said",
        "seen_in_force",
        "end_said",
    ]


def test_an_alert_first_seen_in_force_has_no_known_start() -> None:
    (interval,) = intervals(siren("a", "in_force", "04:10", "04:00"))
    assert (interval.start, interval.end, interval.observed) == (None, None, (at("04:00"),))


def test_an_end_alone_makes_an_interval_without_start() -> None:
    (interval,) = intervals(siren("a", "ended", "05:01", "05:00"))
    assert (interval.start, interval.end) == (None, at("05:00"))


def test_repeats_open_nothing() -> None:
    makers = [
        siren("a", "started", "03:12", "03:10"),
        siren("b", "started", "03:20", "03:10", by="Harbour Wire"),
        siren("c", "ended", "05:01", "05:00"),
        siren("d", "ended", "05:20", "05:02", by="Harbour Wire"),
        siren("e", "in_force", "05:10", None, by="Coast Daily"),
    ]
    (interval,) = intervals(*makers)
    assert (interval.start, interval.end) == (at("03:10"), at("05:00"))
    assert len(interval.claims) == 5


def test_two_alerts_of_one_night_are_two_intervals_and_places_are_apart() -> None:
    found = intervals(
        siren("a", "started", "00:10", "00:10"),
        siren("b", "ended", "01:00", "01:00"),
        siren("c", "started", "01:20", "01:20"),
        siren("d", "started", "01:25", "01:25", place=KONOTOP),
    )
    assert [(i.place.name if i.place else None, i.start) for i in found] == [
        ("Okhtyrka", at("00:10")),
        ("Okhtyrka", at("01:20")),
        ("Konotop", at("01:25")),
    ]


def test_nothing_is_inferred_without_a_clock() -> None:
    (interval,) = intervals(siren("a", "started", "03:10", "03:10"))
    assert interval.end is None


def test_a_silent_alert_is_closed_by_rule_and_flagged() -> None:
    first = woven(siren("a", "started", "03:10", "03:10"), now=at("15:00"))
    assert first.known.alerts()[0].end is None
    second = woven(known=first.known, now=at("15:30"))
    (interval,) = second.known.alerts()
    assert (interval.end, interval.inferred_end) == (at("15:10"), True)
    assert interval.why[-1].rule == "silence"
    (closed,) = second.changes
    assert (closed.kind, closed.data["inferred"]) == ("alert_closed", True)


def test_a_word_from_the_captured_past_corrects_the_inference() -> None:
    first = woven(siren("a", "started", "03:10", "03:10"), now=at("20:00"))
    second = woven(siren("b", "ended", "20:10", "04:10"), known=first.known)
    (interval,) = second.known.alerts()
    assert (interval.end, interval.inferred_end) == (at("04:10"), False)


def test_an_end_told_after_the_silence_corrects_the_inference() -> None:
    late = siren("b", "ended", "01:10", "01:05", day="2031-03-06")
    (interval,) = intervals(siren("a", "started", "03:10", "03:10"), late)
    assert (interval.end, interval.inferred_end) == (at("01:05", "2031-03-06"), False)


def test_a_channel_s_post_is_a_new_start_where_an_article_s_is_an_old_one() -> None:
    first = (siren("a", "started", "03:10", "03:10"), siren("b", "ended", "04:00", "04:00"))
    assert len(intervals(*first, siren("c", "started", "04:20", None, role="outlet"))) == 1
    assert len(intervals(*first, siren("c", "started", "04:20", None, role="witness"))) == 2


def test_an_alert_belongs_to_the_event_that_it_is_told_with() -> None:
    made = siren("a", "started", "03:12", "03:10")
    known = woven(made).known
    assert known.alerts()[0].event == known.event_of("a.1")


def test_an_alert_that_is_known_to_last_does_not_fall_silent_before() -> None:
    day = when("03:00", 20, "minute")
    lasting = siren("a", "started", "03:12")
    lasting = told(lasting.source).alert("Air raid alert", "started", place=OKHTYRKA, time=day)
    again = siren("b", "started", "05:00", "05:00", by="Harbour Wire")
    (interval,) = intervals(lasting, again, now=at("22:00"))
    assert (interval.end, interval.observed) == (None, (at("05:00"),))
    (silent,) = intervals(lasting, again, now=at("12:00", "2031-03-05"))
    assert (silent.end, silent.inferred_end) == (at("11:00", "2031-03-05"), True)


def test_an_edit_keeps_the_interval_and_its_id() -> None:
    first = siren("a", "started", "03:12", "03:10", dispatch="d")
    known = woven(first).known
    (before,) = known.alerts()
    again = siren("b", "started", "03:30", "03:15", dispatch="d", version=2, supersedes="a")
    edited = woven(
        again.alert("alert", "ended", place=OKHTYRKA, time=when("04:00", 0, "minute")), known=known
    )
    (after,) = edited.known.alerts()
    assert after.id == before.id
    assert after.former == before.claims
    assert (after.start, after.end) == (at("03:15"), at("04:00"))
    assert [k for k in kinds(edited) if k.startswith("alert")] == ["alert_closed"]

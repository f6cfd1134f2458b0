"""Dispatches that share rare names tell one story, whatever place, day or type was read."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from sourcier.types import Place
from sourcier.weave import rules
from sourcier.weave.bundles import bundles
from sourcier.weave.kinship import Kinship, points
from sourcier.weave.stories import Story, story

from .samples import NIGHT, OKHTYRKA, Told, at, by, capture, place, told, when, woven
from .test_events import groups

MOSSLEY = place("Mossley", 1, "Ohio", country="US")
TARNWICK = place("Tarnwick", 2, "Ohio", country="US")
FIRST = (
    "A shooting near Wexley Bowling in Quarry Street left Della Marsh, 31, dead on Sunday. Her friend "
    "Coyle Fenn and the Lantern Choir mourn her."
)
LATER = (
    "Jory Lund was charged over a shooting in Quarry Street, near Wexley Bowling. Prosecutors "
    "named Della Marsh, 31, as his victim, and Coyle Fenn as a witness."
)
OTHER = "A shooting at the Tamarack Mill left Odile Brandt, 52, dead. Harrow Pike was closed."


def shot(name: str, text: str, where: Place, day: str, kind: str = "shooting") -> Told:
    made = told(capture(name, text, day=day, publisher=f"{name} Post"))
    time = when("00:00", 24, "day", day=day)
    return made.occurrence("shooting", kind, place=where, time=time)


def test_the_names_of_a_story_outweigh_a_place_a_day_and_a_type() -> None:
    first = shot("a", FIRST, MOSSLEY, "2031-03-02")
    later = shot("b", LATER, TARNWICK, "2031-03-09", "accident")
    other = shot("c", OTHER, TARNWICK, "2031-03-02")
    for order in permutations((first, later, other)):
        known = woven(order[0]).known
        for one in order[1:]:
            known = woven(one, known=known).known
        assert known.event_of("a.1") == known.event_of("b.1") != known.event_of("c.1")
    record = known.records.records[known.event_of("a.1") or ""]
    why = {evidence.rule: evidence for evidence in known.why(record.bundles.values())}
    assert {"same_story", "other_place", "other_type"} <= set(why)
    assert {"Wexley", "Quarry"} & set(why["same_story"].detail["names"])


def test_names_join_no_two_attacks_of_a_war() -> None:
    text = f"A shooting. {FIRST}"
    night = shot("a", text, OKHTYRKA, "2031-03-02", "strike")
    later = shot("b", text.replace("Sunday", "Friday"), OKHTYRKA, "2031-03-06", "strike")
    assert len(groups(night, later)) == 2


@pytest.mark.slow
def test_a_name_that_many_dispatches_held_before_tells_nothing() -> None:
    def kin(before: int) -> bool:
        known = Kinship()
        for number in range(before):
            known.add(capture(f"x{number}", FIRST, "01:00"), (), at("01:00"))
        one, two = capture("a", FIRST, "08:00"), capture("b", LATER, "09:00")
        known.add(one, (), at("08:00"))
        known.add(two, (), at("09:00"))
        return "a" in known.of("b")

    assert kin(0)
    assert not kin(rules.COMMON)


def test_kin_are_the_same_in_any_order() -> None:
    texts = {"a": FIRST, "b": LATER, "c": OTHER, "d": f"{FIRST} {OTHER}"}
    found = []
    for order in permutations(texts):
        known = Kinship()
        for name in order:
            clock = f"{8 + ord(name) - ord('a'):02}:00"
            known.add(capture(name, texts[name], clock), (), at(clock))
        found.append({name: dict(known.of(name)) for name in texts})
    assert all(one == found[0] for one in found)
    assert found[0]["a"].keys() >= {"b", "d"}


def test_words_without_a_place_go_with_what_most_of_a_text_tells() -> None:
    text = "A shooting was heard.\nThe choir sang.\n“We miss her,” a friend said."
    made = told(capture("a", text)).occurrence("A shooting", "shooting", place=MOSSLEY, time=NIGHT)
    made.statement("“We miss her,”", attribution=by(None, "friend"))
    (bundle,) = bundles(made.source, made.claims, at("08:00"))
    assert bundle.main
    assert len(bundle.claims) == 2


def test_a_text_of_which_nothing_is_read_tells_the_story_of_its_kin() -> None:
    first, silent = (
        shot("a", FIRST, MOSSLEY, "2031-03-02"),
        told(capture("b", LATER, day="2031-03-02")),
    )
    known = woven(first, silent, told(capture("c", OTHER, day="2031-03-02"))).known
    assert known.story_of("b") == known.story_of("a") == known.event_of("a.1")
    assert known.story_of("c") == "c"


def test_days_counts_and_house_numbers_speak_for_one_story_and_against_it() -> None:
    def told_of(text: str, name: str, day: str, killed: int) -> Story:
        time = when("12:00", 1, "hour", day=day)
        made = told(capture(name, f"A shooting left some dead {text}."))
        made.toll("some dead", "killed", killed, place=MOSSLEY, time=time)
        return story(made.source, made.claims, at("08:00"))

    one = told_of("at 1204 Quarry Street", "a", "2031-03-02", 2)
    same = told_of("in the 1204 block of W. Quarry Street", "b", "2031-03-02", 2)
    other_day = told_of("at 1204 Quarry Street", "c", "2031-02-20", 2)
    other_toll = told_of("at 1204 Quarry Street", "d", "2031-03-02", 3)
    other_door = told_of("at 77 Tamarack Road", "e", "2031-03-02", 2)
    assert one.doors & same.doors
    most = points(one, same, 0.1, 0)
    assert all(points(one, other, 0.1, 0) < most for other in (other_day, other_toll, other_door))


def test_names_weigh_more_where_no_text_tells_a_place_or_day() -> None:
    silent = story(capture("a", FIRST), (), at("08:00"))
    dated = shot("b", FIRST, MOSSLEY, "2031-03-02")
    told_of = story(dated.source, dated.claims, at("08:00"))
    elsewhere = replace(
        told_of, regions=frozenset(), days=frozenset(), sites=frozenset(), site=None
    )
    assert points(silent, elsewhere, 0.2, 0) > points(silent, told_of, 0.2, 0)

"""Who is named where it happened joins reports that place or date it differently."""

from __future__ import annotations

from sourcier.types import Place
from sourcier.weave.participants import participants

from .samples import Told, by, capture, place, told, when, woven

MOSSLEY = place("Mossley", 1, "Ohio", country="US")
TARNWICK = place("Tarnwick", 2, "Ohio", country="US")
SANDRY = place("Sandry", 3, "Utah", country="US")
BELLMEAD = place("Bellmead", 4, "Texas", country="US")


def shot(name: str, who: str, where: Place, day: str = "2031-03-04") -> Told:
    text = f"A shooting in {where.name} left {who} dead. {name} lamp quay rope {name}."
    source = capture(name, text, day=day, publisher=f"{name} Post")
    time = when("00:00", 24, "day", day=day)
    return (
        told(source)
        .occurrence("shooting", "shooting", place=where, time=time)
        .toll(f"{who} dead", "killed", 1, place=where, time=time)
    )


def test_full_names_are_taken_where_it_is_told_but_speakers_and_institutions_are_not() -> None:
    text = "Della Marsh, 31, was shot near Mossley Police Department, Captain Orrin Vale said."
    source = capture("a", text)
    made = told(source).occurrence(
        "was shot", "shooting", place=MOSSLEY, attribution=by("Orrin Vale", role="captain")
    )
    assert participants(source, made.claims) == {"person:mrC:d"}
    assert participants(None, made.claims) == frozenset()


def test_two_people_outweigh_a_suburb_and_one_does_so_within_the_region() -> None:
    one = shot("a", "Della Marsh and Coyle Fenn", MOSSLEY)
    known = woven(one, shot("b", "Della Marsh and Coyle Fenn", SANDRY)).known
    assert known.event_of("a.1") == known.event_of("b.1")
    assert any(
        e.rule == "same_people"
        for e in known.why(known.records.records[known.event_of("a.1") or ""].bundles.values())
    )
    known = woven(one, shot("b", "Della Marsh", TARNWICK)).known
    assert known.event_of("a.1") == known.event_of("b.1")
    known = woven(one, shot("b", "Della Marsh", SANDRY, "2031-03-08")).known
    assert known.event_of("a.1") != known.event_of("b.1")


def test_a_report_of_months_later_follows_the_people_at_their_place() -> None:
    one = shot("a", "Della Marsh and Coyle Fenn", MOSSLEY)
    later = shot("b", "Della Marsh and Coyle Fenn", MOSSLEY, "2031-09-04")
    assert len({woven(one, later).known.event_of(claim) for claim in ("a.1", "b.1")}) == 1
    other = shot("b", "Jory Lund", MOSSLEY, "2031-09-04")
    assert len({woven(one, other).known.event_of(claim) for claim in ("a.1", "b.1")}) == 2


def test_a_name_heard_in_many_regions_joins_nothing_whatever_came_first() -> None:
    makers = [
        shot("a", "Della Marsh", MOSSLEY),
        shot("b", "Della Marsh", TARNWICK),
        shot("c", "Della Marsh", SANDRY),
        shot("d", "Della Marsh", BELLMEAD),
    ]
    for order in (makers, makers[::-1]):
        known = woven(order[0]).known
        for maker in order[1:]:
            known = woven(maker, known=known).known
        assert len({known.event_of(f"{name}.1") for name in "abcd"}) == 4

"""Parts and stale figures open no contradiction; a dispute ends when all agree."""

from __future__ import annotations

from typing import Any

from sourcier.types import Attribution, Ledger

from .samples import NIGHT, OKHTYRKA, Told, by, capture, told, woven

TEXT = "Twelve were hurt. Ten were hurt. Six were hurt. Two of them badly were hurt."
OFFICE = by(None, "regional military administration")
DOCTOR = by("Olena Haivska", "chief doctor", organisation="hospital")
CREW = by(None, "rescuers")
NUMBERS = {12: "Twelve were hurt", 10: "Ten were hurt", 6: "Six were hurt", 2: "Two of them"}


def report(name: str, clock: str, outlet: str = "Harbour Wire", **fields: Any) -> Told:
    own = " ".join(f"{name}{number}" for number in range(200))
    made = told(capture(name, f"{TEXT} {own}", clock, publisher=outlet, **fields))
    return made.occurrence("Twelve", "strike", place=OKHTYRKA, time=NIGHT)


def hurt(made: Told, number: int, who: tuple[Attribution, ...] = (), **fields: Any) -> Told:
    return made.toll(NUMBERS[number], "injured", number, place=OKHTYRKA, attribution=who, **fields)


def ledger(*makers: Told) -> Ledger:
    known = woven(*makers).known
    (found,) = known.event(known.event_of(makers[0].claims[0].id) or "").ledgers
    return found


def states(found: Ledger) -> list[str]:
    return [line.state for line in found.lines]


def test_a_smaller_figure_beside_the_whole_is_no_rival_of_it() -> None:
    one = hurt(hurt(report("a", "08:00"), 12, OFFICE), 2)
    other = hurt(hurt(report("b", "08:10", "Coast Daily"), 12, OFFICE), 2)
    found = ledger(one, other)
    assert (found.low, found.high, found.disputed_since) == (12, 12, None)


def test_a_part_supersedes_no_whole() -> None:
    first = hurt(report("a", "08:00"), 6, OFFICE)
    second = hurt(hurt(report("b", "09:00"), 2, OFFICE), 10, OFFICE)
    found = ledger(first, second)
    assert (found.low, found.high) == (10, 10)
    assert found.lines[0].superseded_by == "b.3"


def test_two_named_claimants_of_one_text_stay_rivals_whatever_their_figures() -> None:
    found = ledger(hurt(hurt(report("a", "08:00"), 12, DOCTOR), 6, OFFICE))
    assert (found.low, found.high) == (6, 12)
    assert found.disputed_since is not None


def test_a_number_that_another_claimant_has_revised_is_stale() -> None:
    office = hurt(report("a", "08:00"), 6, OFFICE)
    crew = hurt(report("b", "08:10", "Coast Daily"), 6, CREW)
    later = hurt(report("c", "10:00"), 10, OFFICE)
    assert states(ledger(office, crew)) == ["current", "current"]
    found = ledger(office, crew, later)
    assert states(found) == ["superseded", "superseded", "current"]
    assert found.lines[1].why[0].rule == "revised_elsewhere"
    assert (found.low, found.high, found.disputed_since) == (10, 10, None)


def test_a_number_that_nobody_else_gave_stays_against_a_later_one() -> None:
    found = ledger(
        hurt(report("a", "08:00"), 12, DOCTOR),
        hurt(report("b", "10:00", "Coast Daily"), 10, OFFICE),
    )
    assert found.disputed_since is not None


def test_who_weighs_two_figures_and_then_says_one_again_has_decided() -> None:
    doctor = hurt(report("a", "08:00"), 12, DOCTOR)
    weighing = hurt(hurt(report("b", "09:00", "Coast Daily"), 10, OFFICE), 12, OFFICE)
    decided = hurt(report("c", "10:00", "Coast Daily"), 12, OFFICE)
    assert ledger(doctor, weighing).low == 10
    found = ledger(doctor, weighing, decided)
    assert (found.low, found.high, found.disputed_since) == (12, 12, None)


def test_an_outlet_that_repeats_a_figure_just_replaced_is_its_late_echo() -> None:
    office = hurt(report("a", "08:00"), 6, OFFICE)
    later = hurt(report("b", "09:00"), 10, OFFICE)
    echo = hurt(report("c", "09:30", "Coast Daily"), 6)
    found = ledger(office, later, echo)
    assert states(found) == ["superseded", "current", "copy"]
    assert (found.low, found.high, found.disputed_since) == (10, 10, None)

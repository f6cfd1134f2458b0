from __future__ import annotations

from typing import Any

import pytest

from sourcier.types import Ledger
from sourcier.weave import Known, Woven

from .samples import NIGHT, OKHTYRKA, Told, at, by, capture, kinds, only_event, told, woven

HEAD = by("Vira Oselna", "head", organisation="Sumy regional military administration")
MAYOR = by("Petro Zadorozh", "mayor")
DOCTOR = by("Inna Sad", "chief doctor", organisation="district hospital")


def dispatch(name: str, text: str, clock: str, **fields: Any) -> Told:
    """A dispatch about the night's strike on Okhtyrka."""
    made = told(capture(name, f"Strike on Okhtyrka. {text}", clock, **fields))
    return made.occurrence("Strike on Okhtyrka", "strike", place=OKHTYRKA, time=NIGHT)


def killed(made: Told, quote: str, number: int, **fields: Any) -> Told:
    return made.toll(quote, "killed", number, place=OKHTYRKA, time=NIGHT, **fields)


def ledger(known: Known, outcome: str = "killed", of: tuple[str, ...] = ()) -> Ledger:
    event = known.event(only_event(known))
    return next(found for found in event.ledgers if (found.outcome, found.of) == (outcome, of))


def states(found: Ledger) -> dict[str, str]:
    return {line.claim: line.state for line in found.lines}


def change(result: Woven, kind: str) -> Any:
    (found,) = [change for change in result.changes if change.kind == kind]
    return found


def test_the_same_claimant_revises_up_and_down() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    second = killed(dispatch("b", "Five killed.", "08:00"), "Five killed", 5, attribution=HEAD)
    third = killed(dispatch("c", "Four killed.", "11:00"), "Four killed", 4, attribution=HEAD)
    result = woven(first, second, third)
    found = ledger(result.known)
    assert (found.low, found.high, found.qualifier) == (4, 4, "exact")
    assert states(found) == {"a.2": "superseded", "b.2": "superseded", "c.2": "current"}
    assert [line.superseded_by for line in found.lines] == ["b.2", "c.2", None]
    assert found.lines[0].why[0].rule == "same_claimant"
    revised = [change for change in result.changes if change.kind == "toll_revised"]
    assert [change.data["direction"] for change in revised] == ["up", "down"]
    assert revised[1].data["before"][0]["low"] == 5
    assert revised[1].claims == ("c.2", "b.2")


def test_claimants_that_exclude_each_other_stay_side_by_side() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    second = killed(
        dispatch("b", "Seven killed.", "08:00", publisher="Coast Daily"), "Seven killed", 7,
        attribution=DOCTOR,
    )  # fmt: skip
    result = woven(first, second)
    found = ledger(result.known)
    assert (found.low, found.high) == (3, 7)
    assert found.disputed_since == at("08:00")
    assert found.sides == ("a.2", "b.2")
    disputed = change(result, "toll_disputed")
    assert [side["low"] for side in disputed.data["sides"]] == [3, 7]


def test_a_dispute_is_settled_when_one_side_comes_round() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    second = killed(
        dispatch("b", "Seven killed.", "08:00", publisher="Coast Daily"), "Seven killed", 7,
        attribution=DOCTOR,
    )  # fmt: skip
    third = killed(dispatch("c", "Seven killed.", "12:00"), "Seven killed", 7, attribution=HEAD)
    result = woven(first, second, third)
    found = ledger(result.known)
    assert (found.low, found.high, found.disputed_since, found.sides) == (7, 7, None, ())
    assert kinds(result).index("toll_disputed") < kinds(result).index("toll_settled")
    corroborated = [c for c in result.changes if c.kind == "claim_corroborated"]
    assert ("b.2", "c.2") in [c.claims for c in corroborated]


def test_ranges_that_meet_are_no_dispute() -> None:
    first = killed(
        dispatch("a", "At least three killed.", "06:00"), "At least three killed", 3,
        qualifier="at_least", attribution=HEAD,
    )  # fmt: skip
    second = killed(
        dispatch("b", "Seven killed.", "08:00", publisher="Coast Daily"), "Seven killed", 7,
        attribution=DOCTOR,
    )  # fmt: skip
    found = ledger(woven(first, second).known)
    assert (found.low, found.high, found.qualifier) == (3, None, "at_least")
    assert found.disputed_since is None


def test_a_text_that_says_what_it_replaces_replaces_it() -> None:
    first = killed(dispatch("a", "Two killed.", "06:00"), "Two killed", 2, attribution=MAYOR)
    text = "The toll has risen to five, rescuers said, up from two earlier in the day."
    second = killed(
        dispatch("b", text, "09:00"), "risen to five", 5, attribution=by(None, "rescuers")
    )
    found = ledger(woven(first, second).known)
    assert (found.low, found.high, found.disputed_since) == (5, 5, None)
    assert found.lines[0].why[0].rule == "revision_told"
    assert found.lines[0].why[0].detail["words"] == "risen to"


def test_a_revision_told_elsewhere_replaces_only_the_figure_that_it_names() -> None:
    first = killed(dispatch("a", "Nine killed.", "06:00"), "Nine killed", 9, attribution=DOCTOR)
    text = "The toll rose to five from two, rescuers said."
    second = killed(
        dispatch("b", text, "09:00", publisher="Coast Daily"), "rose to five", 5,
        attribution=by(None, "rescuers"),
    )  # fmt: skip
    found = ledger(woven(first, second).known)
    assert states(found) == {"a.2": "current", "b.2": "current"}
    assert found.disputed_since is not None


def test_two_outlets_that_quote_one_claimant_are_one_origin_and_two_relays() -> None:
    one = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=MAYOR)
    two = killed(
        dispatch("b", "Three killed.", "06:30", publisher="Coast Daily"), "Three killed", 3,
        attribution=MAYOR,
    )  # fmt: skip
    result = woven(one, two)
    found = ledger(result.known)
    assert states(found) == {"a.2": "current", "b.2": "copy"}
    assert found.lines[1].copy_of == "a.2"
    origins = result.known.origins(["a.2", "b.2"])
    assert (origins.outlets, len(origins.origins)) == (2, 1)
    assert not origins.origins[0].captured


@pytest.mark.parametrize("soft_first", [True, False])
def test_a_relay_never_hardens_its_claimants_figure(soft_first: bool) -> None:
    clocks = ("06:00", "06:30") if soft_first else ("06:30", "06:00")
    soft = killed(
        dispatch("soft", "At least three killed.", clocks[0]), "At least three killed", 3,
        qualifier="at_least", attribution=MAYOR,
    )  # fmt: skip
    hard = killed(
        dispatch("hard", "Three killed.", clocks[1], publisher="Coast Daily"), "Three killed", 3,
        attribution=MAYOR,
    )  # fmt: skip
    found = ledger(woven(soft, hard).known)
    assert (found.low, found.high, found.qualifier) == (3, None, "at_least")
    assert states(found) == {"soft.2": "current", "hard.2": "copy"}
    (line,) = [line for line in found.lines if line.claim == "hard.2"]
    assert line.lost == ("At least",)


def test_a_relay_that_comes_late_does_not_bring_an_old_figure_back() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    second = killed(dispatch("b", "Five killed.", "08:00"), "Five killed", 5, attribution=HEAD)
    late = killed(
        dispatch("c", "Three killed.", "09:00", publisher="Coast Daily"), "Three killed", 3,
        attribution=HEAD,
    )  # fmt: skip
    found = ledger(woven(first, second, late).known)
    assert (found.low, found.high) == (5, 5)
    assert states(found) == {"a.2": "superseded", "b.2": "current", "c.2": "copy"}


def test_parts_never_add_up_and_have_ledgers_of_their_own() -> None:
    made = dispatch(
        "a", "Nine killed, among them two children; three are in a grave state.", "06:00"
    )
    killed(made, "Nine killed", 9, attribution=HEAD)
    killed(made, "two children", 2, of=("children",), part_of="a.2", attribution=HEAD)
    made.toll("three are in a grave state", "killed", 3, part_of="a.2", place=OKHTYRKA)
    known = woven(made).known
    assert (ledger(known).low, ledger(known).high) == (9, 9)
    assert ledger(known, of=("children",)).high == 2
    assert len(known.event(only_event(known)).ledgers) == 2


def test_a_group_that_is_all_the_victims_is_the_toll_itself() -> None:
    first = killed(
        dispatch("a", "Two dockers died.", "06:00"), "Two dockers died", 2, of=("employees",),
        attribution=HEAD,
    )  # fmt: skip
    second = killed(dispatch("b", "Four killed.", "08:00"), "Four killed", 4, attribution=HEAD)
    found = ledger(woven(first, second).known)
    assert states(found) == {"a.2": "superseded", "b.2": "current"}


def test_groups_told_apart_are_kept_apart() -> None:
    made = dispatch("a", "Nine policemen and four pupils died.", "06:00")
    killed(made, "Nine policemen", 9, of=("police",), attribution=HEAD)
    killed(made, "four pupils", 4, of=("children",), attribution=HEAD)
    known = woven(made).known
    groups = {found.of for found in known.event(only_event(known)).ledgers}
    assert groups == {("police",), ("children",)}


def test_rival_versions_in_one_text_are_a_dispute_whatever_the_ranges() -> None:
    made = dispatch("a", "Two killed, says the mayor; up to eighty, says the ministry.", "06:00")
    killed(made, "Two killed", 2, stance="disputed", attribution=MAYOR)
    ministry = by(None, None, organisation="Russian defence ministry")
    killed(
        made,
        "up to eighty",
        0,
        high=80,
        qualifier="at_most",
        stance="disputed",
        attribution=ministry,
    )
    found = ledger(woven(made).known)
    assert found.sides == ("a.2", "a.3")
    assert found.disputed_since == at("06:00")


def test_an_outlet_without_a_speaker_answers_for_its_figure() -> None:
    made = killed(dispatch("a", "Two killed.", "06:00"), "Two killed", 2)
    (line,) = ledger(woven(made).known).lines
    assert (line.claimant, line.relay) == ("Harbour Wire", None)


def test_background_figures_enter_no_ledger() -> None:
    made = killed(dispatch("a", "Two killed. Six died there in May.", "06:00"), "Two killed", 2)
    killed(made, "Six died", 6, role="background")
    result = woven(made)
    assert states(ledger(result.known)) == {"a.2": "current"}
    assert result.known.event_of("a.3") is None


def test_an_outlet_that_repeats_a_named_claimants_figure_confirms_nothing() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    echo = killed(
        dispatch("b", "Three killed.", "07:00", publisher="Quay Review"), "Three killed", 3
    )
    later = killed(dispatch("c", "Five killed.", "09:00"), "Five killed", 5, attribution=HEAD)
    result = woven(first, echo, later)
    found = ledger(result.known)
    assert states(found) == {"a.2": "superseded", "b.2": "copy", "c.2": "current"}
    assert found.lines[1].why[0].rule == "echo_of_figure"
    topics = [c.claims for c in result.changes if c.kind == "claim_corroborated"]
    assert ("a.2", "b.2") not in topics


def test_an_office_speaks_for_the_authorities() -> None:
    vague = killed(
        dispatch("a", "Three killed.", "06:00"), "Three killed", 3,
        attribution=by(None, "local authorities"),
    )  # fmt: skip
    office = killed(
        dispatch("b", "Five killed.", "09:00", publisher="Quay Review"), "Five killed", 5,
        attribution=by(None, "rescuers"),
    )  # fmt: skip
    found = ledger(woven(vague, office).known)
    assert states(found) == {"a.2": "superseded", "b.2": "current"}
    assert found.lines[0].why[0].rule == "office_speaks"


def test_an_official_who_publishes_anothers_figure_gives_up_its_own() -> None:
    own: dict[str, Any] = {"publisher": "Okhtyrka mayor's channel", "role": "official"}
    first = killed(dispatch("a", "Four killed.", "06:00", **own), "Four killed", 4)
    prosecutor = by(None, None, organisation="regional prosecutor's office")
    second = killed(
        dispatch("b", "Three killed.", "09:00", **own), "Three killed", 3, attribution=prosecutor
    )
    found = ledger(woven(first, second).known)
    assert states(found) == {"a.2": "superseded", "b.2": "current"}
    assert found.lines[0].why[0].rule == "outlet_retells"


def test_bodies_found_beside_the_total_are_part_of_it() -> None:
    made = dispatch("a", "Two more bodies were found, which makes four killed.", "06:00")
    killed(made, "Two more bodies", 2, attribution=HEAD)
    killed(made, "four killed", 4, attribution=HEAD)
    found = ledger(woven(made).known)
    assert (found.low, found.high, found.disputed_since) == (4, 4, None)


def test_the_best_figure_is_what_most_claimants_give_else_the_last() -> None:
    first = killed(dispatch("a", "Three killed.", "06:00"), "Three killed", 3, attribution=HEAD)
    second = killed(dispatch("b", "Seven killed.", "08:00"), "Seven killed", 7, attribution=MAYOR)
    assert ledger(woven(first, second).known).best == 7
    third = killed(dispatch("c", "Three killed.", "07:00"), "Three killed", 3, attribution=DOCTOR)
    found = ledger(woven(first, second, third).known)
    assert (found.low, found.best, found.high) == (3, 3, 7)
    assert ledger(woven(third, second, first).known).best == 3

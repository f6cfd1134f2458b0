from __future__ import annotations

from typing import Any

from .samples import NIGHT, OKHTYRKA, Told, by, capture, only_event, told, woven


def launch(name: str, words: str, clock: str, **fields: Any) -> Told:
    outlet = fields.pop("publisher", "Harbour Wire")
    made = told(capture(name, f"{words}, the desk learnt from {outlet}.", clock, publisher=outlet))
    return made.occurrence(words, "strike", place=OKHTYRKA, time=NIGHT, **fields)


RUSSIA = by(None, None, organisation="Russian defence ministry")


def test_a_party_that_confirms_is_noted_with_what_it_confirms() -> None:
    claimed = launch("a", "A rocket hit the depot", "08:00")
    admitted = launch(
        "b", "The ministry owned up to it", "09:00", stance="confirmed", attribution=RUSSIA
    )
    result = woven(claimed, admitted)
    (confirmed,) = [change for change in result.changes if change.kind == "claim_confirmed"]
    assert confirmed.claims == ("b.1", "a.1")
    assert confirmed.data["by"] == "Russian defence ministry"
    assert confirmed.why[0].rule == "party_confirms"
    event = result.known.event(only_event(result.known))
    assert event.stances == {"confirmed": ("Russian defence ministry",)}


def test_a_denial_leaves_the_claim_and_its_count_alone() -> None:
    claimed = launch("a", "A rocket hit the depot", "08:00")
    denied = launch("b", "Nothing was hit", "09:00", stance="denied", attribution=RUSSIA)
    result = woven(claimed, denied)
    (change,) = [change for change in result.changes if change.kind == "claim_denied"]
    assert change.claims == ("b.1", "a.1")
    assert "claim_corroborated" not in [change.kind for change in result.changes]


def test_who_contests_a_claim_and_when_is_kept() -> None:
    claimed = launch("a", "A rocket hit the depot", "08:00")
    contested = launch("b", "It doubts a hit", "09:00", stance="disputed", attribution=RUSSIA)
    result = woven(claimed, contested)
    (change,) = [change for change in result.changes if change.kind == "claim_disputed"]
    assert (change.claims, change.data["by"]) == (("b.1", "a.1"), "Russian defence ministry")
    assert change.at.hour == 9
    event = result.known.event(only_event(result.known))
    assert event.stances == {"disputed": ("Russian defence ministry",)}


def test_a_second_independent_origin_corroborates_once() -> None:
    one = launch("a", "A rocket hit the depot", "08:00")
    two = launch("b", "A blast tore the depot open", "09:00", publisher="Coast Daily")
    three = launch("c", "The depot burns", "10:00", publisher="Quay Review")
    result = woven(one, two, three)
    (found,) = [change for change in result.changes if change.kind == "claim_corroborated"]
    assert found.claims == ("a.1", "b.1")
    assert found.data["names"] == ["Harbour Wire", "Coast Daily"]
    assert found.why[0].rule == "second_origin"


def test_a_denial_in_nearly_the_same_words_is_no_relay_of_what_it_denies() -> None:
    text = "A missile hit the grain port of Izmail on the night of March 3 to 4, the mayor said."
    denial = text.replace("A missile hit", "No missile hit").replace("mayor", "defence ministry")
    claimed = told(capture("a", text))
    claimed.occurrence("A missile hit", "strike", place=OKHTYRKA, attribution=by(None, "mayor"))
    denied = told(capture("b", denial, "09:00", publisher="Coast Daily"))
    fields: dict[str, Any] = {"place": OKHTYRKA, "stance": "denied", "attribution": RUSSIA}
    denied.occurrence("No missile hit", "strike", **fields)
    result = woven(claimed, denied)
    (change,) = [change for change in result.changes if change.kind == "claim_denied"]
    assert (change.claims, change.data["by"]) == (("b.1", "a.1"), "Russian defence ministry")
    (event,) = result.known.events()
    assert event.stances == {"denied": ("Russian defence ministry",)}
    assert len(event.origins.origins) == 2

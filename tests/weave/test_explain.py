from __future__ import annotations

import pytest

from sourcier.weave import tables
from sourcier.weave.explain import explain
from sourcier.weave.rules import Rule

from .samples import NIGHT, OKHTYRKA, by, capture, only_event, told, woven


def test_the_reasoning_of_an_event_is_told_to_the_last_span() -> None:
    text = "A depot on the edge of Okhtyrka burned all night. At least two guards died in it."
    loose = text.replace("At least two", "Two")
    mayor = by("Petro Zadorozh", "mayor")
    common = {"place": OKHTYRKA, "time": NIGHT, "attribution": mayor}
    wire = told(capture("a", text)).occurrence("burned all night", "fire", **common)
    wire.toll("At least two guards", "killed", 2, qualifier="at_least", **common)
    copy = told(capture("b", loose, "09:00", publisher="Coast Daily"))
    copy.occurrence("burned all night", "fire", **common).toll("Two guards", "killed", 2, **common)
    known = woven(wire, copy).known
    lines = "\n".join(explain(known, only_event(known)))
    assert "2 outlets, 2 dispatches, 1 origins" in lines
    assert "opens the event" in lines
    assert "Petro Zadorozh (office:mayor:place:699942), known through relays" in lines
    assert "killed: 2–… at_least" in lines
    assert "lost 'At least'" in lines
    assert "copy of a.2" in lines
    assert " of its passages stand in the origin" in lines
    assert "“A depot on the edge of Okhtyrka burned all night” at 0" in lines


def test_people_stand_under_their_names() -> None:
    talker = {"place": OKHTYRKA, "time": NIGHT, "attribution": by("Petro Zadorozh", "mayor")}
    texts = (
        "A depot burned in Okhtyrka, mayor Petro Zadorozh said. Its keeper Olena Brovko got out.",
        "Olena Brovko, keeper of a depot, escaped a fire in Okhtyrka, said Petro Zadorozh.",
    )
    first, second = (
        told(capture(name, text, publisher=name)).occurrence(words, "fire", **talker)
        for name, text, words in zip("ab", texts, ("burned", "fire"), strict=True)
    )
    known = woven(first, second).known
    lines = "\n".join(explain(known, only_event(known)))
    assert "the same names: Olena Brovko" in lines
    assert "person:" not in lines


def test_an_unknown_event_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain(woven().known, "e0")


def test_every_rule_has_its_sentence() -> None:
    assert [rule for rule in Rule if tables.reason(rule) == rule] == []

"""The archive: what is packed comes back as it was, and weaving does not notice."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from bench.weaving.stream import Stream

from sourcier.types import Copy
from sourcier.weave import Known, rules, weave
from sourcier.weave.archive import Recent, Roll, Shelf


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"AT_HAND": 8, "BUNDLES_AT_HAND": 4, "MADE_AT_HAND": 16, "BLOCK": 4, "BLOCKS_OPEN": 1}
    limits["DAYS_AT_HAND"] = 2
    for name, limit in limits.items():
        monkeypatch.setattr(rules, name, limit)


def numbered(number: int) -> Copy:
    return Copy(capture=f"c{number}", kind="cut", share=number / 8)


@pytest.mark.usefixtures("small")
def test_a_roll_keeps_all_in_order() -> None:
    roll: Roll[Copy] = Roll(Copy)
    everything = [numbered(n) for n in range(31)]
    for value in everything:
        roll.append(value)
    assert list(roll) == everything
    assert roll[-1] == everything[-1]
    assert roll[2:5] == everything[2:5]
    with pytest.raises(IndexError):
        roll[31]


@pytest.mark.usefixtures("small")
def test_a_shelf_holds_the_last_value_of_a_name() -> None:
    shelf: Shelf[Copy] = Shelf(Copy)
    for number in range(30):
        shelf[f"c{number}"] = numbered(number)
    shelf["c2"] = numbered(200)
    shelf["c29"] = numbered(290)
    del shelf["c3"]
    assert (shelf["c2"], shelf["c29"], shelf["c4"]) == (numbered(200), numbered(290), numbered(4))
    assert shelf.get("c3") is None
    assert list(shelf)[:4] == ["c0", "c1", "c2", "c4"]
    assert len(shelf) == 29


def test_recent_values_stay_and_others_go() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)
    recent.drop("a")
    assert recent.get("a") is None


@pytest.mark.slow
def test_a_story_is_the_same_whatever_is_packed(request: pytest.FixtureRequest) -> None:
    def woven() -> tuple[Any, ...]:
        known = Known()
        for dispatch in islice(Stream().dispatches(), 120):
            weave([dispatch.capture], dispatch.claims, known)
        changes = [(change.kind, change.event, change.claims) for change in known.changes]
        return known.events(), known.alerts(), dict(known.copies), changes

    everything = woven()
    request.getfixturevalue("small")
    assert woven() == everything


@pytest.mark.slow
def test_more_claims_of_a_capture_that_was_packed(request: pytest.FixtureRequest) -> None:
    """Claims that come late change what their capture's were bundled to, whatever is packed."""

    def woven() -> tuple[Any, ...]:
        known, dispatches = Known(), list(islice(Stream().dispatches(), 60))
        for dispatch in dispatches:
            weave([dispatch.capture], dispatch.claims[:2], known)
        for dispatch in dispatches:
            weave([], dispatch.claims[2:], known)
        return known.events(), dict(known.claims), [known.event_of(name) for name in known.claims]

    everything = woven()
    request.getfixturevalue("small")
    assert woven() == everything

"""State: what is new, what is an edit, what must wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from sourcier.gather import captures_from_jsonl
from sourcier.gather.item import Item
from sourcier.gather.state import Door
from sourcier.types import Capture, Source

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCE = Source(id="d", kind="ninjs", url="x", publisher="Agence du Galet")


def held(text: str, until: datetime = NOW + HOUR, dispatch: str | None = "u") -> Item:
    return Item(text=text, dispatch=dispatch, embargo=until)


def test_nothing_of_a_dispatch_under_embargo_is_seen_before_its_hour() -> None:
    door = Door()
    assert door.turn(held("Un."), SOURCE, NOW) is None
    assert door.turn(held("Sans nom.", dispatch=None), SOURCE, NOW) is None
    assert not door.seen
    assert door.due(NOW + HOUR - timedelta(seconds=1)) == []
    due = door.due(NOW + HOUR)
    assert [item.text for item in due] == ["Un.", "Sans nom."]
    first, second = (door.turn(item, SOURCE, NOW + HOUR) for item in due)
    assert first and second
    assert (first.text, first.version) == ("Un.", 1)
    assert door.held == {}


def test_the_last_version_under_embargo_is_the_one_that_comes_out() -> None:
    door = Door()
    door.turn(held("Un."), SOURCE, NOW)
    door.turn(held("Deux."), SOURCE, NOW)
    assert [item.text for item in door.due(NOW + HOUR)] == ["Deux."]


def test_what_is_killed_under_embargo_never_comes_out() -> None:
    door = Door()
    door.turn(held("Un."), SOURCE, NOW)
    assert door.turn(Item(text="", dispatch="u", deleted=True), SOURCE, NOW) is None
    assert door.due(NOW + HOUR) == []


def test_an_embargo_that_was_lifted_is_one_no_longer() -> None:
    door = Door()
    door.turn(held("Un."), SOURCE, NOW)
    capture = door.turn(Item(text="Un.", dispatch="u"), SOURCE, NOW)
    assert capture is not None
    assert door.due(NOW + HOUR) == []


def test_what_is_quoted_goes_with_a_capture_and_makes_a_version() -> None:
    door = Door()
    first = door.turn(Item(text="Un. Deux.", dispatch="u"), SOURCE, NOW)
    second = door.turn(Item(text="Un. Deux.", dispatch="u", quoted=((4, 9),)), SOURCE, NOW)
    assert first and second
    assert (second.version, second.quoted) == (2, ((4, 9),))
    (again,) = captures_from_jsonl([msgspec.json.encode(second)], "c")
    assert isinstance(again, Capture)
    assert (again.id, again.quoted) == (second.id, second.quoted)

"""What the read API hands out, apart from who asks."""

from __future__ import annotations

import msgspec
import pytest

from sourcier.publish.handout import KINDS, CaptureRecord, ledger_key, listing
from sourcier.publish.links import Links
from sourcier.publish.view import View
from sourcier.types import Capture, Story
from tests.publish.sumy import sumy


def view(story: Story) -> View:
    return View(story, "fr", Links("https://direct.example/", story.slug, "fr", "fr"))


@pytest.mark.parametrize("name", KINDS)
def test_a_walk_in_small_steps_gives_all_once(name: str) -> None:
    whole, end = listing(view(sumy()), KINDS[name], limit=1000)
    assert end is None
    found: list[object] = []
    after = None
    while True:
        page, after = listing(view(sumy()), KINDS[name], limit=3, after=after)
        found += page.items
        assert len(page.items) <= 3
        if after is None:
            break
    assert tuple(found) == whole.items


@pytest.mark.parametrize("name", KINDS)
def test_nothing_changed_since_the_same_moment(name: str) -> None:
    page, _ = listing(view(sumy()), KINDS[name], limit=1000, since=view(sumy()))
    assert (page.items, page.gone) == ((), ())


def test_what_was_listed_and_is_no_more_is_gone() -> None:
    story = sumy()
    emptied = msgspec.structs.replace(story, alerts=())
    page, _ = listing(view(emptied), KINDS["alerts"], limit=9, since=view(story))
    assert set(page.gone) == {alert.id for alert in story.alerts}
    assert page.gone


def test_a_key_that_nothing_has_is_refused() -> None:
    with pytest.raises(KeyError):
        listing(view(sumy()), KINDS["entries"], limit=1, after="nobody")


def test_a_capture_is_handed_out_whole_but_for_its_text() -> None:
    fields = {field.name for field in msgspec.structs.fields(CaptureRecord)}
    assert fields == {field.name for field in msgspec.structs.fields(Capture)} - {"text"}


def test_ledgers_have_keys_of_their_own() -> None:
    ledgers = [ledger for event in sumy().events.values() for ledger in event.ledgers]
    assert len({ledger_key(ledger) for ledger in ledgers}) == len(ledgers) > 0

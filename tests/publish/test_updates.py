"""What open tabs are sent when a story changes."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from sourcier.publish.page import render_page
from sourcier.publish.render import PARTS
from sourcier.publish.updates import Update, updates
from sourcier.types import Entry, Story
from tests.publish.sumy import sumy


def of_kind(found: tuple[Update, ...], kind: str) -> list[Update]:
    return [update for update in found if update.kind == kind]


def without(story: Story, *ids: str) -> Story:
    return msgspec.structs.replace(
        story, entries=tuple(entry for entry in story.entries if entry.id not in ids), sequence=12
    )


def replaced(story: Story, entry: Entry) -> Story:
    entries = tuple(entry if other.id == entry.id else other for other in story.entries)
    return msgspec.structs.replace(story, entries=entries)


def test_nothing_changed_nothing_sent() -> None:
    assert updates(sumy(), sumy(), "fr") == ()


def test_a_new_entry_knows_its_place() -> None:
    [update] = of_kind(updates(without(sumy(), "a12"), sumy(), "fr"), "entry")
    assert update.sequence == 13
    assert update.data["id"] == "e-a12"
    assert update.data["day"] == "d-2024-11-22"
    assert 'data-p="1732261260000000"' in update.data["html"]
    assert update.data["html"] in render_page(sumy(), "fr").html


def test_a_correction_comes_as_the_same_entry_in_a_new_version() -> None:
    story = sumy()
    first = replaced(story, story.history["a4"][0])
    [update] = of_kind(updates(first, story, "en"), "entry")
    assert (update.data["id"], update.data["version"], update.data["state"]) == (
        "e-a4",
        2,
        "corrected",
    )
    assert "We had misread the dispatch." in update.data["html"]


def test_a_retraction_takes_the_words_away() -> None:
    story = sumy()
    said = replaced(story, story.history["a5"][0])
    found = updates(said, story, "fr")
    [update] = of_kind(found, "entry")
    assert update.data["state"] == "retracted"
    assert "Un second quartier" not in update.data["html"]
    assert "<article" in update.data["html"]


def test_an_alert_that_ends_empties_the_strip() -> None:
    story = sumy()
    over = tuple(msgspec.structs.replace(alert, end=story.now) for alert in story.alerts)
    after = msgspec.structs.replace(story, alerts=over)
    assert [update.kind for update in updates(story, after, "fr")] == ["strip"]
    assert updates(story, after, "fr")[0].data["html"] == ""


def test_a_new_day_asks_tabs_to_fetch_the_page() -> None:
    story = sumy()
    tomorrow = msgspec.structs.replace(
        story.entries[0], id="a13", sequence=14, published=story.now + timedelta(days=1)
    )
    after = msgspec.structs.replace(story, entries=(tomorrow, *story.entries), sequence=14)
    assert updates(story, after, "fr")[0].kind == "sync"


def test_the_first_state_sends_everything_oldest_first() -> None:
    found = updates(None, sumy(), "fr")
    sequences = [update.sequence for update in of_kind(found, "entry")]
    assert sequences == sorted(sequences)
    assert len(sequences) == 10
    assert {update.kind for update in found} == {"entry", *PARTS}


def test_a_draft_is_sent_to_nobody() -> None:
    story = sumy()
    draft = msgspec.structs.replace(story.entries[0], id="d1", state="draft")
    after = msgspec.structs.replace(story, entries=(draft, *story.entries))
    assert updates(story, after, "fr") == ()
    assert "e-d1" not in render_page(after, "fr").html

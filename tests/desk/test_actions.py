from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from sourcier.desk import actions, models, signals, store
from sourcier.types import EntryText
from tests.desk.conftest import SLUG, entry, versions
from tests.desk.make import Batch, change, event, ledger, line, minute
from tests.desk.samples import CAPTURES, INJURED, KILLED, READINGS, STRIKE, WIRE, first, second

pytestmark = pytest.mark.usefixtures("story")


@pytest.fixture
def told() -> Iterator[list[str]]:
    heard: list[str] = []
    signals.changed.connect(heard.append)
    yield heard
    signals.changed.disconnect(heard.append)


def take(batch: Batch, at: int, *, autopublish: bool = True) -> actions.Entries:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, batch, minute(at))
    actions.start_rules(SLUG, autopublish=autopublish, now=minute(0))
    return actions.intake(SLUG, batch, now=minute(at))


def audited() -> list[tuple[str, str]]:
    lines = models.Audit.objects.exclude(action="set_rules").order_by("pk")
    return list(lines.values_list("who", "action"))


def test_intake_publishes_what_is_proposed_and_says_so_in_the_audit() -> None:
    added = take(first(), 1)
    assert [(e.kind, e.state, e.version, e.sequence) for e in added] == [
        ("toll", "published", 1, 1),
        ("statement", "published", 1, 2),
    ]
    assert added[0].published == added[0].updated == minute(1)
    assert added[0].origins.outlets == 1
    assert added[0].zone == "Europe/Kyiv"
    assert audited() == [("", "publish"), ("", "publish")]


def test_intake_without_autopublish_leaves_drafts_that_no_reader_sees() -> None:
    added = take(first(), 1, autopublish=False)
    assert {(e.state, e.version, e.sequence) for e in added} == {("draft", 0, 0)}
    shown = store.story(SLUG, now=minute(2))
    assert shown.entries == ()
    assert shown.events == {}
    assert shown.sequence == 0


def test_a_revision_is_a_new_version_of_the_same_entry() -> None:
    before = take(first(), 1)[0]
    after = take(second(), 10)[0]
    assert after.id == before.id
    assert (after.version, after.sequence, after.state) == (2, 3, "published")
    assert (after.published, after.updated) == (minute(1), minute(10))
    assert [v.texts for v in versions(before.id)] == [before.texts, after.texts]


def test_what_an_editor_wrote_is_not_replaced_by_itself() -> None:
    before = take(first(), 1)[0]
    mine = replace(before, texts={"fr": EntryText(headline="Mes mots")})
    actions.publish(mine, who="ines", now=minute(5))
    added = take(second(), 10)
    assert (added[0].id, added[0].state) == (before.id, "draft")
    public = store.published(SLUG, before.id)
    assert public
    assert public.texts["fr"].headline == "Mes mots"


def test_a_copy_changes_the_count_and_nothing_else() -> None:
    before = take(first(), 1)[0]
    counted = first()
    counted.known.dispatches = 2
    again = replace(counted.changes[0], id="copy", kind="copy_found")
    added = take(Batch((again,), counted.known), 6)
    assert added == ()
    shown = store.story(SLUG, now=minute(7))
    (toll,) = [e for e in shown.entries if e.id == before.id]
    assert (toll.version, toll.origins.dispatches) == (1, 2)
    assert store.story(SLUG, at=minute(5), now=minute(7)).entries[0].origins.dispatches == 1


def test_publishing_correcting_and_retracting_each_take_the_next_number() -> None:
    (one,) = actions.publish(entry(headline="Trois blessés"), who="ines", now=minute(1))
    wrong = replace(one, texts={"fr": EntryText(headline="Deux blessés")})
    note = {"fr": "Nous avions mal lu la dépêche."}
    corrected, notice = actions.correct(wrong, note=note, who="ines", now=minute(2))
    assert (corrected.state, corrected.version, corrected.sequence) == ("corrected", 2, 2)
    assert corrected.note == note
    assert (notice.kind, notice.regards, notice.sequence) == ("correction", one.id, 3)
    assert notice.texts["fr"].headline == "Correction : Deux blessés"
    assert notice.texts["fr"].body == (
        "Nous avions mal lu la dépêche. Nous avions écrit ceci : Trois blessés."
    )
    gone, farewell = actions.retract(SLUG, one.id, note={"fr": "Faux."}, who="ines", now=minute(3))
    assert (gone.state, gone.version, gone.sequence) == ("retracted", 3, 4)
    assert (farewell.kind, farewell.regards, farewell.sequence) == ("retraction", one.id, 5)
    assert farewell.texts["fr"].headline == "Nous retirons : Deux blessés"
    assert farewell.texts["fr"].body == "Faux."
    assert [a for _, a in audited()] == ["publish", "correct", "publish", "retract", "publish"]
    assert [v.state for v in versions(one.id)] == [
        "published",
        "corrected",
        "retracted",
    ]


def test_what_readers_never_had_cannot_be_corrected_or_retracted() -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    with pytest.raises(actions.NoSuchEntryError):
        actions.correct(entry(), note={"fr": "x"}, who="ines", now=minute(2))
    with pytest.raises(actions.NoSuchEntryError):
        actions.retract(SLUG, "x1", note={"fr": "x"}, who="ines", now=minute(2))
    with pytest.raises(actions.NoSuchEntryError):
        actions.retract(SLUG, "nobody", note={"fr": "x"}, who="ines", now=minute(2))
    assert [a for _, a in audited()] == ["draft"]


def test_an_entry_is_retracted_once() -> None:
    actions.publish(entry(), who="ines", now=minute(1))
    actions.retract(SLUG, "x1", note={"fr": "x"}, who="ines", now=minute(2))
    with pytest.raises(actions.NoSuchEntryError):
        actions.retract(SLUG, "x1", note={"fr": "x"}, who="ines", now=minute(3))


def test_a_pin_is_a_version_too() -> None:
    actions.publish(entry(), who="ines", now=minute(1))
    (pinned,) = actions.pin(SLUG, "x1", pinned=True, who="ines", now=minute(2))
    assert (pinned.pinned, pinned.version, pinned.texts) == (True, 2, entry().texts)
    (loose,) = actions.pin(SLUG, "x1", pinned=False, who="ines", now=minute(3))
    assert not loose.pinned


def test_warnings_are_kept_in_the_audit() -> None:
    actions.publish(entry(), who="ines", now=minute(1), warnings=["« 5 heures »"])
    line_ = models.Audit.objects.get()
    assert (line_.who, line_.entry) == ("ines", "x1")
    assert line_.detail["warnings"] == ["« 5 heures »"]


def test_a_deleted_dispatch_retracts_its_entries_with_a_notice() -> None:
    added = take(first(), 1)
    gone = event(
        STRIKE, KILLED, INJURED,
        ledgers=(ledger(line(KILLED, state="withdrawn")), ledger(line(INJURED, state="withdrawn"))),
    )  # fmt: skip
    deletion = change("dispatch_deleted", KILLED, INJURED, at=20, dispatch=WIRE.dispatch)
    later = take(Batch((deletion,), first().known.__class__({"e1": gone})), 20)
    assert [e.state for e in later] == ["retracted", "published", "retracted", "published"]
    assert {e.regards for e in later if e.regards} == {e.id for e in added}
    shown = store.story(SLUG, now=minute(21))
    assert {e.state for e in shown.entries if not e.regards} == {"retracted"}


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_of_a_story_after_the_commit(told: list[str]) -> None:
    actions.publish(entry(), who="ines", now=minute(1))
    assert told == [SLUG]


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_nothing_of_what_failed(told: list[str]) -> None:
    with pytest.raises(actions.NoSuchEntryError):
        actions.retract(SLUG, "nobody", note={"fr": "x"}, who="ines", now=minute(1))
    assert told == []

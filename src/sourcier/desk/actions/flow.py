"""The way of an entry's words to readers: submitted, approved or sent back, scheduled, given up, restored.

Each raises NotNowError where its move does not lead from where the entry is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from sourcier.desk import flow, store
from sourcier.desk.actions.entries import next_version
from sourcier.desk.actions.kept import (
    Entries,
    NoSuchEntryError,
    audit,
    changes_story,
    must_lead,
    put,
    stands,
)
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import Move, PastHourError, Scheduled, must_be_free
from sourcier.types import Entry

LATE = timedelta(minutes=1)
"""From when on a scheduled entry goes out late, and the audit says so."""


@changes_story
def submit(entry: Entry, *, who: str, now: datetime) -> Entries:
    """Ask for a second pair of eyes on `entry`."""
    return _with_words("submit", entry, who, now)


@changes_story
def approve(entry: Entry, *, who: str, now: datetime) -> Entries:
    """Agree to `entry` as it stands in the form."""
    return _with_words("approve", entry, who, now)


@changes_story
def schedule(entry: Entry, due: datetime, *, who: str, now: datetime) -> Entries:
    """Let `entry` go out by itself at `due`.

    Raises PastHourError for an hour that is not to come, EmbargoError for one before its embargo ends.
    """
    if due <= now:
        raise PastHourError(due)
    must_be_free(entry, due)
    return _with_words("schedule", entry, who, now, due=due)


@changes_story
def unschedule(story: str, key: str, *, who: str, now: datetime) -> Entries:
    """Let a scheduled entry wait as a draft."""
    return _as_it_stands("unschedule", story, key, who, now)


@changes_story
def send_back(story: str, key: str, *, reason: str, who: str, now: datetime) -> Entries:
    """Give submitted words back to whoever wrote them, with the reason."""
    return _as_it_stands("send_back", story, key, who, now, note=reason)


@changes_story
def discard(story: str, key: str, *, who: str, now: datetime) -> Entries:
    """Give a draft up: it is no longer listed, and its history keeps it."""
    return _as_it_stands("discard", story, key, who, now)


@changes_story
def restore(story: str, key: str, row: int, *, who: str, now: datetime) -> Entries:
    """Bring a text of an entry's history back as its draft; raises NoSuchEntryError for one not there."""
    must_lead("draft", story, key)
    kept = next((kept for kept in store.history(story, key)[0] if kept.row == row), None)
    if kept is None:
        raise NoSuchEntryError(key)
    again = store.add_draft(replace(kept.record, updated=now, note={}), by=who)
    audit(again, "restore", who, now, of=kept.record.version, row=row)
    return (again,)


@changes_story
def go_out(story: str, waiting: Scheduled, *, now: datetime) -> Entries:
    """Publish what is scheduled, if it still is and its hour has come; the audit says how late."""
    before = stands(story, waiting.entry.id)
    if before is None or before.stage != "scheduled" or before.due is None:
        return ()
    if not flow.due([Scheduled(before.entry, before.due)], now):
        return ()
    late = now - before.due
    version, due = next_version(before.entry, now), before.due.isoformat()
    if late <= LATE:
        return (put(version, "publish_scheduled", waiting.by, due=due),)
    seconds = round(late.total_seconds())
    return (put(version, "publish_scheduled", waiting.by, due=due, late=seconds),)


def _with_words(
    move: Move, entry: Entry, who: str, now: datetime, *, due: datetime | None = None
) -> Entries:
    """Keep the words of `entry` where they are new, then make the move with them."""
    stage, before = must_lead(move, entry.story, entry.id)
    kept = before.entry if before else entry
    if before is None or not _same_words(before, entry):
        kept = store.add_draft(replace(entry, updated=now), by=who)
        audit(kept, "draft", who, now)
    store.move(entry.story, entry.id, stage, by=who, at=now, due=due)
    audit(kept, move, who, now, **({"due": due.isoformat()} if due else {}))
    return (kept,)


def _as_it_stands(
    move: Move, story: str, key: str, who: str, now: datetime, *, note: str = ""
) -> Entries:
    stage, before = must_lead(move, story, key)
    if before is None:
        raise NoSuchEntryError(key)
    store.move(story, key, stage, by=who, at=now, note=note)
    audit(before.entry, move, who, now, **({"reason": note} if note else {}))
    return (before.entry,)


def _same_words(before: Standing, entry: Entry) -> bool:
    """Tell whether an entry stands with a draft that says and binds the same as `entry`."""
    draft = before.entry
    same = replace(
        entry, version=0, sequence=0, state="draft", published=draft.published,
        updated=draft.updated, origins=draft.origins, pinned=draft.pinned, rank=draft.rank, note={},
    )  # fmt: skip
    return before.stage not in ("out", "discarded") and same == draft

"""What editors do with an entry: one transaction each, with its line in the audit.

What the desk does by itself is `because` of a rule, which the audit keeps beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.actions.kept import (
    Entries,
    NoSuchEntryError,
    audit,
    changes_story,
    must_be_published,
    must_lead,
    notice,
    put,
    stands,
)
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import IN_HAND, WAITING, Stage, must_be_free
from sourcier.types import Entry, Origins

Because = Mapping[str, Any]
NO_RULE: Because = MappingProxyType({})


@changes_story
def draft(
    entry: Entry,
    *,
    who: str,
    now: datetime,
    topic: str = "",
    stage: Stage = "draft",
    fresh: bool = False,
    because: Because = NO_RULE,
) -> Entries:
    """Keep `entry` as a draft, or in another `stage`; a `fresh` one has an id that nothing had before.

    The desk's own words never take the place of an editor's that wait: they are kept beside them.
    """
    if who:
        before = must_lead("draft", entry.story, entry.id)[1]
    else:
        before = None if fresh else stands(entry.story, entry.id)
    beside = not who and before is not None and _in_hand(before)
    kept = store.add_draft(
        replace(entry, updated=now), topic=topic, by=who, stage=None if beside else stage
    )
    audit(kept, "draft", who, now, **because)
    return (kept,)


def _in_hand(before: Standing) -> bool:
    """Tell whether an editor works on the words with which an entry stands, or has agreed to them."""
    return before.stage in IN_HAND or (before.stage in ("draft", "sent_back") and bool(before.by))


@changes_story
def publish(
    entry: Entry,
    *,
    who: str,
    now: datetime,
    topic: str = "",
    warnings: Iterable[str] = (),
    because: Because = NO_RULE,
) -> Entries:
    """Publish `entry`: its first version, or the next one without saying that it was wrong.

    Raises EmbargoError before its hour, NotNowError for a retracted one (the desk itself may).
    """
    must_be_free(entry, now)
    if who:
        must_lead("publish", entry.story, entry.id)
    version = next_version(entry, now)
    return (put(version, "publish", who, topic=topic, warnings=list(warnings), **because),)


def next_version(entry: Entry, now: datetime) -> Entry:
    """Return `entry` as readers get it at `now`: it keeps its first hour and its place at the top."""
    before = store.published(entry.story, entry.id)
    shown = replace(entry, state="published", published=now, updated=now, note={})
    if before is None:
        return shown
    return replace(shown, published=before.published, pinned=before.pinned, rank=before.rank)


@changes_story
def correct(
    entry: Entry,
    *,
    note: Mapping[str, str],
    who: str,
    now: datetime,
    warnings: Iterable[str] = (),
    because: Because = NO_RULE,
) -> Entries:
    """Publish `entry` as the correction of its id, and an entry that says what was wrong.

    Raises EmbargoError before its hour, NoSuchEntryError where readers have nothing to correct.
    """
    must_be_free(entry, now)
    before = must_be_published(entry)
    version = replace(next_version(entry, now), state="corrected", note=dict(note))
    corrected = put(version, "correct", who, note=dict(note), warnings=list(warnings), **because)
    return corrected, notice(corrected, "correction", before.texts, who, now)


@changes_story
def retract(
    story: str,
    key: str,
    *,
    note: Mapping[str, str],
    who: str,
    now: datetime,
    because: Because = NO_RULE,
) -> Entries:
    """Withdraw an entry, which keeps its address, and publish an entry that says why.

    That one rests on nothing: what no other entry tells leaves the page with the entry, be it an alert
    or a ledger.
    """
    before = store.published(story, key)
    if before is None or before.state == "retracted":
        raise NoSuchEntryError(key)
    version = replace(before, state="retracted", updated=now, note=dict(note), pinned=False, rank=0)
    retracted = put(version, "retract", who, note=dict(note), **because)
    baseless = replace(retracted, event=None, claims=(), place=None, origins=Origins())
    return retracted, notice(baseless, "retraction", before.texts, who, now)


@changes_story
def pin(story: str, key: str, *, pinned: bool, who: str, now: datetime) -> Entries:
    """Keep an entry at the top of the page, before all others there; or no longer.

    Words of it that wait go on waiting.
    """
    before = store.published(story, key)
    if before is None or before.state == "retracted":
        raise NoSuchEntryError(key)
    version = replace(before, pinned=pinned, rank=_first(story) if pinned else 0, updated=now)
    waits = stands(story, key)
    stage: Stage | None = None if waits and waits.stage in WAITING else "out"
    return (put(version, "pin" if pinned else "unpin", who, stage=stage),)


def _first(story: str) -> int:
    """Return the rank before those of all pinned entries."""
    public = (standing.published for standing in store.standing(story))
    return min((entry.rank for entry in public if entry and entry.pinned), default=0) - 1

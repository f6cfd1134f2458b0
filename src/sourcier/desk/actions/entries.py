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
    notice,
    put,
)
from sourcier.types import Entry, Origins

Because = Mapping[str, Any]
NO_RULE: Because = MappingProxyType({})


@changes_story
def draft(
    entry: Entry, *, who: str, now: datetime, topic: str = "", because: Because = NO_RULE
) -> Entries:
    """Keep `entry` as a draft."""
    kept = store.add_draft(replace(entry, updated=now), topic=topic, by=who)
    audit(kept, "draft", who, now, **because)
    return (kept,)


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
    """Publish `entry`: its first version, or the next one without saying that it was wrong."""
    before = store.published(entry.story, entry.id)
    first = before.published if before else now
    version = replace(entry, state="published", published=first, updated=now, note={})
    return (put(version, "publish", who, topic=topic, warnings=list(warnings), **because),)


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
    """Publish `entry` as the correction of its id, and an entry that says what was wrong."""
    before = must_be_published(entry)
    version = replace(
        entry, state="corrected", published=before.published, updated=now, note=dict(note)
    )
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
    version = replace(before, state="retracted", updated=now, note=dict(note), pinned=False)
    retracted = put(version, "retract", who, note=dict(note), **because)
    baseless = replace(retracted, event=None, claims=(), place=None, origins=Origins())
    return retracted, notice(baseless, "retraction", before.texts, who, now)


@changes_story
def pin(story: str, key: str, *, pinned: bool, who: str, now: datetime) -> Entries:
    """Keep an entry at the top of the page, or no longer."""
    before = store.published(story, key)
    if before is None or before.state == "retracted":
        raise NoSuchEntryError(key)
    version = replace(before, pinned=pinned, updated=now)
    return (put(version, "pin" if pinned else "unpin", who),)

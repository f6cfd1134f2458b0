"""Everything that changes what readers see: one transaction each, with its line in the audit.

Each function returns the entries that it added, the one asked for first. `who` is the editor's user
name, "" for the desk itself; `now` is aware. What is said once is kept: a change is a new version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from msgspec.structs import replace

from sourcier.desk import signals, store
from sourcier.desk.material import Proposal
from sourcier.desk.propose import propose
from sourcier.desk.standing import Standing
from sourcier.desk.woven import Woven
from sourcier.messages import messages
from sourcier.types import Entry, EntryKind, EntryText, Origins

Entries = tuple[Entry, ...]


class NoSuchEntryError(LookupError):
    """There is no such entry, or readers never saw it."""


@transaction.atomic
def intake(story: str, woven: Woven, *, now: datetime, autopublish: bool) -> Entries:
    """Turn what weaving found into entries: published where `autopublish`, else drafts.

    Words that an editor wrote are never replaced by themselves: their revision waits as a draft.
    """
    changes = tuple(woven.changes)
    events = [woven.known.event(key) for key in woven.touched]
    material = store.material(story, events, woven.known.alerts(), changes)
    standing = {found.entry.id: found for found in material.standing}
    added: list[Entry] = []
    for proposal in propose(changes, material):
        before = standing.get(proposal.standing.id) if proposal.standing else None
        entry = _entry(story, proposal, woven, now)
        added += _take(entry, proposal, before, now, autopublish=autopublish)
    _recount(story, woven, [found.published for found in material.standing], now)
    return tuple(added)


@transaction.atomic
def draft(entry: Entry, *, who: str, now: datetime, topic: str = "") -> Entries:
    """Keep `entry` as a draft."""
    kept = store.add_draft(replace(entry, updated=now), topic=topic, by=who)
    _audit(kept, "draft", who, now)
    return (kept,)


@transaction.atomic
def publish(
    entry: Entry, *, who: str, now: datetime, topic: str = "", warnings: Iterable[str] = ()
) -> Entries:
    """Publish `entry`: its first version, or the next one without saying that it was wrong."""
    before = _published(entry)
    first = before.published if before else now
    version = replace(entry, state="published", published=first, updated=now, note={})
    return (_put(version, "publish", who, topic=topic, warnings=list(warnings)),)


@transaction.atomic
def correct(
    entry: Entry,
    *,
    note: Mapping[str, str],
    who: str,
    now: datetime,
    warnings: Iterable[str] = (),
) -> Entries:
    """Publish `entry` as the correction of its id, and an entry that says what was wrong."""
    before = _must_be_published(entry)
    version = replace(
        entry, state="corrected", published=before.published, updated=now, note=dict(note)
    )
    corrected = _put(version, "correct", who, note=dict(note), warnings=list(warnings))
    return corrected, _notice(corrected, "correction", before.texts, who, now)


@transaction.atomic
def retract(story: str, key: str, *, note: Mapping[str, str], who: str, now: datetime) -> Entries:
    """Withdraw an entry, which keeps its address, and publish an entry that says why.

    That one rests on nothing: what no other entry tells leaves the page with the entry, be it an alert
    or a ledger.
    """
    before = store.published(story, key)
    if before is None or before.state == "retracted":
        raise NoSuchEntryError(key)
    version = replace(before, state="retracted", updated=now, note=dict(note), pinned=False)
    retracted = _put(version, "retract", who, note=dict(note))
    baseless = replace(retracted, event=None, claims=(), place=None, origins=Origins())
    return retracted, _notice(baseless, "retraction", before.texts, who, now)


@transaction.atomic
def pin(story: str, key: str, *, pinned: bool, who: str, now: datetime) -> Entries:
    """Keep an entry at the top of the page, or no longer."""
    before = store.published(story, key)
    if before is None or before.state == "retracted":
        raise NoSuchEntryError(key)
    version = replace(before, pinned=pinned, updated=now)
    return (_put(version, "pin" if pinned else "unpin", who),)


def new_id() -> str:
    """Return an id for a new entry."""
    return uuid4().hex[:12]


def _take(
    entry: Entry, proposal: Proposal, before: Standing | None, now: datetime, *, autopublish: bool
) -> Entries:
    """Do what a proposal asks, as far as the desk may by itself."""
    alone = autopublish and proposal.sure and not (before and before.by)
    if proposal.move == "retract":
        public = alone and before and before.published
        return retract(entry.story, entry.id, note=proposal.note, who="", now=now) if public else ()
    if not alone:
        return draft(entry, who="", now=now, topic=proposal.topic)
    if proposal.move == "correct" and before and before.published:
        return correct(entry, note=proposal.note, who="", now=now)
    return publish(entry, who="", now=now, topic=proposal.topic)


def _entry(story: str, proposal: Proposal, woven: Woven, now: datetime) -> Entry:
    standing = proposal.standing
    return Entry(
        id=standing.id if standing else new_id(),
        story=story,
        version=0,
        sequence=0,
        kind=proposal.kind,
        state="draft",
        published=standing.published if standing else now,
        updated=now,
        texts=proposal.texts,
        event=proposal.event,
        claims=proposal.claims,
        place=proposal.place,
        zone=proposal.zone,
        origins=woven.known.origins(proposal.claims),
        pinned=standing.pinned if standing else False,
    )


def _recount(story: str, woven: Woven, entries: Iterable[Entry | None], now: datetime) -> None:
    """Keep from how many origins the entries of the touched events are now known."""
    touched = set(woven.touched)
    counted = {
        entry.id: woven.known.origins(entry.claims)
        for entry in entries
        if entry and entry.event in touched
    }
    store.save_origins(story, now, counted)


def _notice(
    about: Entry, kind: EntryKind, before: Mapping[str, EntryText], who: str, now: datetime
) -> Entry:
    """Publish the entry that tells readers of a correction or retraction."""
    texts = {code: _notice_text(kind, code, about, text) for code, text in before.items()}
    notice = replace(
        about, id=new_id(), kind=kind, state="published", regards=about.id, texts=texts,
        published=now, updated=now, note={}, pinned=False,
    )  # fmt: skip
    return _put(notice, "publish", who)


def _notice_text(kind: EntryKind, language: str, about: Entry, before: EntryText) -> EntryText:
    say = messages(language, "sentences")
    note = about.note.get(language, "")
    now = about.texts.get(language, before).headline
    headline = say(f"{kind}.headline", headline=now)
    told = before.headline.rstrip(".")
    body = say("correction.body", note=note, before=told) if kind == "correction" else note
    return EntryText(headline=headline, body=body.strip())


def _put(entry: Entry, action: str, who: str, *, topic: str = "", **detail: object) -> Entry:
    added = store.add_version(entry, topic=topic, by=who)
    _audit(added, action, who, added.updated, **detail)
    signals.changed.after_commit(added.story)
    return added


def _audit(entry: Entry, action: str, who: str, at: datetime, **detail: object) -> None:
    said = {"version": entry.version, "sequence": entry.sequence, **detail}
    store.audit(entry.story, at, action, who=who, entry=entry.id, detail=said)


def _published(entry: Entry) -> Entry | None:
    return store.published(entry.story, entry.id)


def _must_be_published(entry: Entry) -> Entry:
    before = _published(entry)
    if before is None:
        raise NoSuchEntryError(entry.id)
    return before

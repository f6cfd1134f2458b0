"""What weaving found, turned into entries: published where the desk may by itself, else drafts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sourcier.desk import store
from sourcier.desk.actions.entries import correct, draft, publish, retract
from sourcier.desk.actions.kept import Entries, changes_story, new_id
from sourcier.desk.drafting.material import Proposal
from sourcier.desk.drafting.propose import propose
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.drafting.woven import Woven
from sourcier.types import Entry


@changes_story
def intake(story: str, woven: Woven, *, now: datetime, autopublish: bool) -> Entries:
    """Turn what weaving found into entries: published where `autopublish`, else drafts.

    Words that an editor wrote are never replaced by themselves: their revision waits as a draft.
    """
    changes = tuple(woven.changes)
    events = [woven.known.event(key) for key in woven.touched]
    alerts, merged = woven.known.alerts(), woven.known.merged()
    material = store.material(story, events, alerts, changes, merged)
    standing = {found.entry.id: found for found in material.standing}
    added: list[Entry] = []
    for proposal in propose(changes, material):
        before = standing.get(proposal.standing.id) if proposal.standing else None
        entry = _entry(story, proposal, woven, now)
        added += _take(entry, proposal, before, now, autopublish=autopublish)
    _recount(story, woven, [found.published for found in material.standing], now)
    return tuple(added)


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

"""Entries and their versions: added, never changed; the audit beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import F, Max, Q

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import WAITING, Stage
from sourcier.desk.store import heads, passages, rows
from sourcier.desk.store.steps import add_step, newest_steps

LAST = 80
"""How many of the last versions, of any entry, a screen looks at."""
ABOUT = 400
"""How many of the last versions of an event's entries."""


def queue_up(story: str) -> bool:
    """Wait until nobody else changes the story, and keep others waiting until this transaction ends.

    Return whether the story may be changed: it is not frozen. What is read after it is what the last one
    left. SQLite takes no lock: there, transactions queue anyway.
    """
    row = models.Story.objects.select_for_update(no_key=True).filter(slug=story)
    return not row.values_list("closed", flat=True).first()


def add_version(
    entry: types.Entry, *, topic: str = "", by: str = "", stage: Stage | None = "out"
) -> types.Entry:
    """Add `entry` as the next published version of its id and return it with version and sequence.

    It is then in `stage`; null leaves waiting words of it where they are. Must run in a transaction.
    The story's row is what writers queue at.
    """
    models.Story.objects.filter(slug=entry.story).update(sequence=F("sequence") + 1)
    sequence = models.Story.objects.values_list("sequence", flat=True).get(slug=entry.story)
    newest = _newest(entry.id)
    numbered = msgspec.structs.replace(entry, version=(newest or 0) + 1, sequence=sequence)
    row = _add(numbered, topic, by, first=newest is None)
    if stage:
        add_step(row, stage, by=by, at=entry.updated)
    return numbered


def add_draft(
    entry: types.Entry, *, topic: str = "", by: str = "", stage: Stage | None = "draft"
) -> types.Entry:
    """Add `entry` as a draft (version 0, sequence 0), then in `stage`, and return it so.

    Null leaves the words that the entry stands with: this draft is kept beside them.
    """
    draft = msgspec.structs.replace(entry, version=0, sequence=0, state="draft")
    row = _add(draft, topic, by, first=_newest(entry.id) is None)
    if stage:
        add_step(row, stage, by=by, at=entry.updated)
    return draft


def published(story: str, key: str) -> types.Entry | None:
    """Return the newest version of an entry that readers have; None where they have none."""
    versions = models.EntryVersion.objects.filter(story_id=story, entry_id=key, version__gt=0)
    row = versions.order_by("-version").first()
    return None if row is None else row.record


def published_since(
    story: str, sequence: int
) -> tuple[tuple[types.Entry, tuple[types.Capture, ...]], ...]:
    """Return what went out after `sequence`, in its order, each with the captures that it rests on."""
    found = models.EntryVersion.objects.filter(story_id=story, sequence__gt=sequence)
    entries = tuple(found.order_by("sequence").values_list("record", flat=True))
    if not entries:
        return ()
    claims = rows.claims(story, (claim for entry in entries for claim in _claims(entry)))
    captures = rows.captures(story, {claim.capture for claim in claims.values()})
    return tuple((entry, tuple(_captures(entry, claims, captures))) for entry in entries)


def standing(
    story: str, *, keys: Iterable[str] | None = None, before: datetime | None = None
) -> tuple[Standing, ...]:
    """Return every entry of a story (or those of some ids) as it stands, the last moved first.

    As it stood just `before` a moment, where one is told.
    """
    known = Q(story_id=story) if keys is None else Q(story_id=story, entry__in=list(keys))
    told = Q() if before is None else Q(at__lt=before)
    steps = newest_steps(known & told, told).order_by("-pk").values_list(*_STANDING)
    public = models.EntryVersion.objects.filter(known & told, version__gt=0)
    newest = public.order_by().values("entry").annotate(n=Max("pk")).values("n")
    out = models.EntryVersion.objects.filter(pk__in=newest)
    published = {entry.id: entry for entry in out.values_list("record", flat=True)}
    return tuple(
        _standing(published.get(entry), Standing(words, topic, by, None, stage, *step))
        for entry, words, topic, by, stage, *step in steps
    )


_STANDING = (
    "entry_id", "row__record", "entry__topic", "row__by", "stage", "pk", "due", "note", "newer",
)  # fmt: skip
"""An entry's id, then the fields of its `Standing` but what is published."""


def _standing(published: types.Entry | None, found: Standing) -> Standing:
    """Return how an entry stands whose last words are `found`, of which readers have `published`."""
    stage = "out" if found.stage == "discarded" and published else found.stage
    shown = published if stage == "out" and published else found.entry
    newer = found.newer and stage in WAITING
    return replace(found, entry=shown, published=published, stage=stage, newer=newer)


def at_hand(story: str, *, event: str, entry: str) -> tuple[Standing, ...]:
    """Return the entries on `event` (empty: that of `entry`), and those changed last of the others."""
    versions = models.EntryVersion.objects.filter(story_id=story).order_by("-pk")
    mine = versions.filter(entry=entry).exclude(event="").order_by().values("event")
    about = versions.filter(event=event) if event else versions.filter(event__in=mine)
    keys = (found.values_list("entry_id", flat=True) for found in (versions[:LAST], about[:ABOUT]))
    return standing(story, keys={entry, *(key for part in keys for key in part)})


def audit(
    story: str, at: datetime, action: str, *, who: str, entry: str = "", detail: dict[str, Any]
) -> None:
    """Write one line of the audit; of no story where `story` is empty."""
    models.Audit.objects.create(
        story_id=story or None, at=at, who=who, action=action, entry=entry, detail=detail
    )


def _claims(entry: types.Entry) -> tuple[str, ...]:
    return (*entry.claims, *entry.origins.claims)


def _captures(
    entry: types.Entry, claims: Mapping[str, types.Claim], captures: Mapping[str, types.Capture]
) -> Iterator[types.Capture]:
    names = (claims[key].capture for key in _claims(entry) if key in claims)
    return (captures[name] for name in dict.fromkeys(names) if name in captures)


def _newest(key: str) -> int | None:
    """Return the newest version of an entry, 0 where all are drafts, null where there is no such entry."""
    found = models.EntryVersion.objects.filter(entry_id=key).aggregate(n=Max("version"))
    newest: int | None = found["n"]
    return newest


def _add(entry: types.Entry, topic: str, by: str, *, first: bool) -> models.EntryVersion:
    if first:
        home, original = (entry.shared.story, entry.shared.entry) if entry.shared else (None, "")
        models.Entry.objects.create(
            id=entry.id, story_id=entry.story, topic=topic, home_id=home, original=original
        )
    row = models.EntryVersion.objects.create(
        story_id=entry.story,
        entry_id=entry.id,
        version=entry.version,
        sequence=entry.sequence or None,
        event=entry.event or "",
        at=entry.updated,
        by=by,
        picture=entry.picture.digest if entry.picture else "",
        record=entry,
    )
    passages.put_entry(entry)
    if entry.version:
        had = models.EntryVersion.objects.filter(entry_id=entry.id).exclude(event="")
        heads.tell(entry.story, had.order_by().values_list("event", flat=True))
    return row

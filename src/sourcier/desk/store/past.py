"""What came in during a stretch of time, with what was known then: for a trial of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.material import Material
from sourcier.desk.store import rows
from sourcier.desk.store.material import material


@dataclass(frozen=True, slots=True)
class Past:
    """One batch of changes, what proposing on it looked at, and what the desk made of it, by topic."""

    at: datetime
    changes: tuple[types.Change, ...]
    material: Material
    made: dict[str, types.Entry]


def past(story: str, start: datetime, end: datetime) -> Iterator[Past]:
    """Yield the batches that came from `start` until before `end`, oldest first; a few queries each."""
    changes = models.Change.objects.filter(story_id=story, at__gte=start, at__lt=end)
    for at in changes.order_by("at").values_list("at", flat=True).distinct():
        yield _batch(story, at)


def published_later(story: str, topics: set[str], end: datetime) -> dict[str, tuple[str, datetime]]:
    """Return who first published the entry of a topic ("" for the desk), and when, before `end`."""
    versions = models.EntryVersion.objects.filter(story_id=story, version=1, at__lt=end)
    found = versions.filter(entry__topic__in=topics).values_list("entry__topic", "by", "at")
    return {topic: (by, at) for topic, by, at in found}


def _batch(story: str, at: datetime) -> Past:
    kept = models.Change.objects.filter(story_id=story, at=at).order_by("pk")
    changes = tuple(kept.values_list("record", flat=True))
    keys = {change.event for change in changes if change.event}
    alerts = {str(change.data["alert"]) for change in changes if "alert" in change.data}
    events = rows.latest(models.EventSnapshot, story, moment=at, keys=keys)
    warned = rows.latest(models.AlertSnapshot, story, moment=at, keys=alerts)
    merged = _merged(story, at)
    then = material(story, events.values(), warned.values(), changes, merged, moment=at)
    versions = models.EntryVersion.objects.filter(story_id=story, at=at, by="").order_by("pk")
    made = dict(versions.exclude(entry__topic="").values_list("entry__topic", "record"))
    return Past(at, changes, then, made)


def _merged(story: str, at: datetime) -> dict[str, str]:
    """Return into which event each one was merged, as of `at`, of those that have an entry."""
    written = models.EntryVersion.objects.filter(story_id=story, at__lt=at).exclude(event="")
    keys = written.order_by().values_list("event", flat=True).distinct()
    homes = rows.latest(models.EventSnapshot, story, moment=at, keys=keys)
    return {key: event.merged_into for key, event in homes.items() if event.merged_into}

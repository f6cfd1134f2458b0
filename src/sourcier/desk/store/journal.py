"""The audit as it is read: the lines of a story, or of none, the last first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from sourcier import types
from sourcier.desk import models


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the audit; `who` is "" for the desk itself, `entry` "" where it is about none."""

    row: int
    at: datetime
    who: str
    action: str
    entry: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines: who's (null: anybody's), of which action ("": any), from when until before when.

    `without` are actions left out, `before` is the row that the page goes on from.
    """

    who: str | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    without: tuple[str, ...] = ()
    before: int | None = None


def journal(story: str, wanted: Wanted, most: int) -> tuple[JournalLine, ...]:
    """Return at most so many lines of a story ("": of what is of none), the last first."""
    rows = models.Audit.objects.filter(story_id=story or None).exclude(action__in=wanted.without)
    asked = {
        "who": wanted.who,
        "action": wanted.action or None,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "pk__lt": wanted.before,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    found = rows.order_by("-pk").values_list("pk", "at", "who", "action", "entry", "detail")
    return tuple(JournalLine(*row) for row in found[:most])


def journal_choices(story: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who has a line in a story ("": of none), "" for the desk itself, and what was done there."""
    rows = models.Audit.objects.filter(story_id=story or None)
    people = rows.order_by("who").values_list("who", flat=True).distinct()
    done = rows.order_by("action").values_list("action", flat=True).distinct()
    return tuple(people), tuple(done)


def headlines(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the headlines by language with which entries stand, by their id."""
    known = models.EntryVersion.objects.filter(entry__in=set(keys)).order_by()
    newest = known.values("entry").annotate(n=Max("pk")).values("n")
    rows = models.EntryVersion.objects.filter(pk__in=newest)
    entries: Iterable[types.Entry] = rows.values_list("record", flat=True)
    return {one.id: {code: text.headline for code, text in one.texts.items()} for one in entries}

"""Events and claims in the order in which the desk came to know them, to be followed by programs.

A place in that order is a row's number, which only grows: what comes later stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Max

from sourcier import types
from sourcier.desk import models

Record = TypeVar("Record")


def events_after(story: str, place: int, limit: int) -> tuple[tuple[types.Event, ...], int, bool]:
    """Return up to `limit` events as they stand, changed behind `place`; the last one's place; if more."""
    rows = models.EventSnapshot.objects.filter(story_id=story)
    newest = rows.order_by().values("key").annotate(newest=Max("pk")).values("newest")
    found = rows.filter(pk__in=newest, pk__gt=place).order_by("pk")
    return _part(found.values_list("pk", "record")[: limit + 1], place, limit)


def claims_after(story: str, place: int, limit: int) -> tuple[tuple[types.Claim, ...], int, bool]:
    """Return up to `limit` claims read behind `place`; the last one's place; whether there are more."""
    found = models.Claim.objects.filter(story_id=story, pk__gt=place).order_by("pk")
    return _part(found.values_list("pk", "record")[: limit + 1], place, limit)


def _part(
    found: Iterable[tuple[int, Record]], place: int, limit: int
) -> tuple[tuple[Record, ...], int, bool]:
    rows = list(found)
    shown = rows[:limit]
    last = shown[-1][0] if shown else place
    return tuple(record for _, record in shown), last, len(rows) > limit

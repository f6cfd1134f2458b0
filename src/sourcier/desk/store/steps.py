"""How far the words of entries have come: steps, added and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sourcier import types
from sourcier.desk import models
from sourcier.desk.flow import WAITING, Scheduled, Stage


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit: who did what, and what else was noted."""

    at: datetime
    who: str
    action: str
    detail: dict[str, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """One text of an entry that was ever kept, published or not, and who wrote it ("": the desk)."""

    row: int
    record: types.Entry
    by: str


def add_step(
    row: models.EntryVersion,
    stage: Stage,
    *,
    by: str,
    at: datetime,
    due: datetime | None = None,
    note: str = "",
) -> None:
    """Note that an entry is in `stage` from `at` on, with the words of `row`."""
    models.Step.objects.create(
        story_id=row.story_id, entry_id=row.entry_id, row=row, stage=stage, at=at, by=by, due=due,
        note=note,
    )  # fmt: skip


def move(
    story: str,
    key: str,
    stage: Stage,
    *,
    by: str,
    at: datetime,
    due: datetime | None = None,
    note: str = "",
) -> None:
    """Note that the words with which an entry stands are in `stage` from `at` on."""
    last = models.Step.objects.filter(story_id=story, entry=key).latest("pk")
    add_step(last.row, stage, by=by, at=at, due=due, note=note)


def newest_steps(known: Q, told: Q | None = None) -> QuerySet[models.Step]:
    """Return the steps that are `known` and the last ones, of those `told`, of their entries.

    Its ``newer`` tells whether the desk itself wrote other words since.
    """
    told = told or Q()
    later = models.Step.objects.filter(told, entry=OuterRef("entry"), pk__gt=OuterRef("pk"))
    newer = models.EntryVersion.objects.filter(
        told, entry=OuterRef("entry"), pk__gt=OuterRef("row"), version=0
    )
    return models.Step.objects.filter(known, ~Exists(later)).annotate(newer=Exists(newer))


def waiting_counts(story: str) -> dict[Stage, int]:
    """Return how many entries of a story wait, by stage; a stage in which none does has 0."""
    found = newest_steps(Q(story_id=story, stage__in=WAITING)).order_by().values("stage")
    counted = dict(found.annotate(n=Count("pk")).values_list("stage", "n"))
    return {stage: counted.get(stage, 0) for stage in WAITING}


def scheduled() -> tuple[Scheduled, ...]:
    """Return what waits for its hour, in all stories that are not closed."""
    found = newest_steps(Q(stage="scheduled", story__closed=False)).select_related("row")
    return tuple(Scheduled(step.row.record, cast(datetime, step.due), step.by) for step in found)


def history(story: str, key: str) -> tuple[tuple[Kept, ...], tuple[Line, ...]]:
    """Return every text of an entry that was kept and every line of its audit, the oldest first."""
    rows = models.EntryVersion.objects.filter(story_id=story, entry=key).order_by("pk")
    kept = tuple(Kept(*row) for row in rows.values_list("pk", "record", "by"))
    lines = models.Audit.objects.filter(story_id=story, entry=key).order_by("pk")
    return kept, tuple(Line(*row) for row in lines.values_list("at", "who", "action", "detail"))

"""A mark of a story's rows: whether anything was added, without reading it."""

from __future__ import annotations

from django.db.models import Max

from sourcier.desk import models

_TABLES = (
    models.EntryVersion,
    models.Change,
    models.EventSnapshot,
    models.AlertSnapshot,
    models.CopyLink,
    models.OriginsSnapshot,
)


def mark(slug: str) -> tuple[object, ...]:
    """Return a value that differs once something that pages show was added to a story, by any process.

    Rows are only ever added, so that the last of each table tell; the story's own row is compared whole.
    """
    story = models.Story.objects.filter(slug=slug).values_list().first()
    last = (
        table.objects.filter(story_id=slug).aggregate(last=Max("pk"))["last"] for table in _TABLES
    )
    return (repr(story), *last)

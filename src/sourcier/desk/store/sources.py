"""How the sources of the desk are: a row for each change of state."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from sourcier import types
from sourcier.desk import models


def save_health(health: types.SourceHealth, at: datetime) -> bool:
    """Keep how a source is from `at` on; return whether its state differs from the last one kept."""
    last = models.SourceSnapshot.objects.filter(key=health.source).order_by("pk").last()
    if last and last.record.state == health.state:
        return False
    models.SourceSnapshot.objects.create(key=health.source, at=at, record=health)
    return True


def health_before(source: str) -> types.SourceHealth | None:
    """Return how a source was before its last change of state; null where that was the first."""
    rows = models.SourceSnapshot.objects.filter(key=source).order_by("-pk")
    last = rows.values_list("record", flat=True)[1:2]
    return next(iter(last), None)


def healths() -> list[tuple[types.SourceHealth, datetime]]:
    """Return how each source is, with since when, the longest first."""
    newest = models.SourceSnapshot.objects.values("key").annotate(newest=Max("pk"))
    rows = models.SourceSnapshot.objects.filter(pk__in=newest.values("newest")).order_by("at")
    return [(row.record, row.at) for row in rows]


def troubles() -> list[tuple[types.SourceHealth, datetime]]:
    """Return the sources that somebody should see to, each with since when, the longest first."""
    return [(health, at) for health, at in healths() if health.needs_a_look]

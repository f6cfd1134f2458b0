"""When a story's events moved, counted by the database, and the alerts of that time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from sourcier import types
from sourcier.desk import models
from sourcier.desk.finding.sieve import Sieve
from sourcier.desk.store import sifting

ALERTS = 200
"""How many alerts are looked at, those of which there was word last."""


def first_movement(slug: str) -> datetime | None:
    """Return when an event of a story first moved; None where none has."""
    shown = models.Change.objects.filter(story_id=slug, kind__in=sifting.LOUD)
    found: datetime | None = shown.order_by("at").values_list("at", flat=True).first()
    return found


def last_movement(slug: str) -> datetime | None:
    """Return when an event of a story last moved; None where none has."""
    heads = models.Head.objects.filter(story_id=slug).exclude(moved=None).order_by("-moved")
    found: datetime | None = heads.values_list("moved", flat=True).first()
    return found


def movements(
    slug: str, sieve: Sieve, edges: Sequence[datetime], *, user: str = ""
) -> dict[tuple[int, str], int]:
    """Return how many movements of each kind fell between an edge (its number) and the next.

    Counts those of the events that pass the `sieve`, whatever its span is.
    """
    ops = connection.ops
    moments = [ops.adapt_datetimefield_value(edge) for edge in edges]
    kinds = sifting.kinds(sieve)
    spans = zip(range(len(moments)), moments[:-1], moments[1:], strict=False)
    values = [value for span in spans for value in span]
    passing, sought = _passing(slug, sieve.within(None, None), user)
    # The counts are ranges of an index, one after the other: grouping would sort all rows first.
    sql = f"""
        WITH slot(n, low, high) AS (VALUES {_rows(len(moments) - 1, 3)}),
             moved(kind) AS (VALUES {_rows(len(kinds), 1)})
        SELECT slot.n, moved.kind,
          (SELECT COUNT(*) FROM desk_change AS found
            WHERE found.story_id = %s AND found.kind = moved.kind
              AND found.at >= slot.low AND found.at < slot.high AND found.event {passing})
        FROM slot CROSS JOIN moved"""  # noqa: S608 - placeholders, and a query that Django wrote
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *kinds, slug, *sought])
        return {(slot, kind): number for slot, kind, number in cursor.fetchall() if number}


def recent_alerts(
    slug: str, sieve: Sieve = sifting.ALL, *, user: str = ""
) -> tuple[types.AlertInterval, ...]:
    """Return the last alerts of the events that pass the `sieve`, whatever its span is.

    The first heard of is the first. Alerts of no event are those of the whole wall alone.
    """
    rows = models.AlertSnapshot.objects.filter(story_id=slug)
    newest = rows.order_by().values("key").annotate(n=Max("pk")).order_by("-n")[:ALERTS]
    found = rows.filter(pk__in=[row["n"] for row in newest]).order_by("pk")
    alerts = tuple(found.values_list("record", flat=True))
    asked = sieve.within(None, None)
    if not asked:
        return alerts
    heads = sifting.sifted(slug, asked, sifting.moved(slug, user))
    events = {alert.event for alert in alerts if alert.event}
    shown = set(heads.filter(key__in=events).values_list("key", flat=True))
    return tuple(alert for alert in alerts if alert.event in shown)


def _passing(slug: str, sieve: Sieve, user: str) -> tuple[str, tuple[Any, ...]]:
    """Return the condition on an event that it passes the filters, and its parameters."""
    if not sieve:
        return "<> ''", ()
    heads = sifting.sifted(slug, sieve, sifting.moved(slug, user))
    sql, sought = heads.order_by().values("key").query.sql_with_params()
    return f"IN ({sql})", sought


def _rows(number: int, wide: int) -> str:
    return ", ".join([f"({', '.join(['%s'] * wide)})"] * number)

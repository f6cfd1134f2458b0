"""What the queries share: the newest row of each key, and rows added only where something changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from django.db.models import Max, OuterRef, Subquery

from sourcier import types
from sourcier.desk import models

Row = TypeVar(
    "Row",
    models.EventSnapshot,
    models.AlertSnapshot,
    models.CopyLink,
    models.OriginsSnapshot,
)


_plain = msgspec.json.Encoder(order="deterministic")
"""PostgreSQL gives back the keys of a dict in another order."""


def latest(
    model: type[Row],
    story: str,
    *,
    moment: datetime | None = None,
    keys: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return the newest record of each key, as of `moment` (null: now), in the order they came."""
    rows = model.objects.filter(story_id=story)
    if moment is not None:
        rows = rows.filter(at__lte=moment)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    newest = rows.order_by().values("key").annotate(newest=Max("pk")).values("newest")
    found = model.objects.filter(pk__in=newest).order_by("pk")
    return dict(found.values_list("key", "record"))


def append_changed(model: type[Row], story: str, at: datetime, records: Mapping[str, Any]) -> None:
    """Add a row for each record that differs from the newest one of its key."""
    known = latest(model, story, keys=records) if records else {}
    model.objects.bulk_create(
        model(story_id=story, key=key, at=at, record=record)
        for key, record in records.items()
        if key not in known or _plain.encode(known[key]) != _plain.encode(record)
    )


def claims(story: str, keys: Iterable[str]) -> dict[str, types.Claim]:
    """Return claims by id, in the order they came."""
    rows = models.Claim.objects.filter(story_id=story, key__in=set(keys)).order_by()
    # Sorted here: asked for this order, SQLite walks the whole table along it.
    found = sorted(rows.values_list("pk", "key", "record"), key=itemgetter(0))
    return {key: record for _, key, record in found}


def captures(story: str, keys: Iterable[str]) -> dict[str, types.Capture]:
    """Return captures by id, oldest first, each with the language that it was read in."""
    read_in = models.Reading.objects.filter(story_id=story, capture=OuterRef("key"))
    rows = models.Capture.objects.filter(story_id=story, key__in=set(keys)).order_by("at", "pk")
    found = rows.annotate(read_in=Subquery(read_in.values("language")[:1]))
    told = found.values_list("key", "record", "read_in")
    return {key: _in_language(record, language) for key, record, language in told}


def known_at(capture: types.Capture) -> datetime:
    """Return when the desk came to know a capture."""
    return capture.retrieved or capture.updated or capture.published


def raw_bytes() -> Iterator[tuple[str, str]]:
    """Yield each capture of any story whose raw bytes are known: its id and their SHA-256."""
    for row in models.Capture.objects.order_by("pk").iterator():
        if row.record.raw:
            yield row.key, row.record.raw


def _in_language(capture: types.Capture, language: str | None) -> types.Capture:
    if capture.language or not language:
        return capture
    return msgspec.structs.replace(capture, language=language)

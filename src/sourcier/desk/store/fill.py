"""Makes what the wall and the search look things up in, for stories kept before there was such a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import msgspec
from django.db import transaction
from django.db.models import Max, Model, QuerySet

from sourcier import types
from sourcier.desk import models
from sourcier.desk.store import heads, passages

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)

AT_ONCE = 500
"""How many rows are held at a time."""


def fill() -> None:
    """Fill what is empty for each story that has material; does nothing where nothing is missing."""
    for slug in models.Story.objects.values_list("slug", flat=True):
        captured = models.Capture.objects.filter(story_id=slug).exists()
        if captured and not models.Passage.objects.filter(story_id=slug).exists():
            _fill(slug)


@transaction.atomic
def _fill(slug: str) -> None:
    captures = models.Capture.objects.filter(story_id=slug)
    for batch in _batches(captures):
        passages.add_captures(slug, [row.record for row in batch])
    for readings in _batches(models.Reading.objects.filter(story_id=slug)):
        passages.add_readings(slug, _with_claims(slug, readings))
    events = models.EventSnapshot.objects.filter(story_id=slug).order_by("key")
    for keys in _parts(events.values_list("key", flat=True).distinct()):
        changes = models.Change.objects.filter(story_id=slug, event__in=keys)
        heads.keep_up(slug, changes.order_by("pk").values_list("record", flat=True), keys)
    versions = models.EntryVersion.objects.filter(story_id=slug)
    newest = versions.order_by().values("entry").annotate(n=Max("pk")).values("n")
    for row in versions.filter(pk__in=newest).order_by("pk"):
        passages.put_entry(row.record)
    for keys in _parts(events.values_list("key", flat=True).distinct()):
        heads.tell(slug, keys)


def _with_claims(slug: str, readings: Iterable[models.Reading]) -> Iterator[types.Reading]:
    claims: dict[str, list[types.Claim]] = {}
    of = [reading.capture for reading in readings]
    for row in models.Claim.objects.filter(story_id=slug, capture__in=of).order_by("pk"):
        claims.setdefault(row.capture, []).append(row.record)
    for reading in readings:
        own = tuple(claims.get(reading.capture, ()))
        yield msgspec.structs.replace(reading.record, claims=own)


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    return _parts(rows.order_by("pk").iterator(AT_ONCE))


def _parts(found: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(found)
    while part := list(islice(waiting, AT_ONCE)):
        yield part

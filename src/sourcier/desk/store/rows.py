"""What the queries share: the newest row of each key, and rows added only where something changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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

Found = TypeVar("Found", types.Claim, types.Capture)

_plain = msgspec.json.Encoder(order="deterministic")
"""PostgreSQL gives back the keys of a dict in another order."""


def latest(
    model: type[Row],
    story: str | Collection[str],
    *,
    moment: datetime | None = None,
    keys: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return the newest record of each key, as of `moment` (null: now), in the order they came.

    Of one story, or of several.
    """
    rows = model.objects.filter(story_id__in=[story] if isinstance(story, str) else list(story))
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
    """Return claims by id, in the order they came; what the story lacks, from those that lent it entries."""
    return _with_lent(_claims, story, set(keys))


def _claims(stories: Collection[str], keys: Collection[str]) -> dict[str, types.Claim]:
    rows = models.Claim.objects.filter(story_id__in=stories, key__in=keys).order_by()
    # Sorted here: asked for this order, SQLite walks the whole table along it.
    found = sorted(rows.values_list("pk", "key", "record"), key=itemgetter(0))
    return {key: record for _, key, record in found}


def captures(story: str, keys: Iterable[str]) -> dict[str, types.Capture]:
    """Return captures by id, oldest first, each with the language that it was read in; see `claims`."""
    return _with_lent(_captures, story, set(keys))


def _captures(stories: Collection[str], keys: Collection[str]) -> dict[str, types.Capture]:
    read_in = models.Reading.objects.filter(story_id=OuterRef("story_id"), capture=OuterRef("key"))
    rows = models.Capture.objects.filter(story_id__in=stories, key__in=keys).order_by("at", "pk")
    found = rows.annotate(read_in=Subquery(read_in.values("language")[:1]))
    told = found.values_list("key", "record", "read_in")
    return {key: _in_language(record, language) for key, record, language in told}


def copies(
    story: str, keys: Collection[str], *, moment: datetime | None = None
) -> dict[str, types.Copy]:
    """Return which of some captures are copies, as of `moment` (null: now); see `claims`."""
    found: dict[str, types.Copy] = latest(models.CopyLink, story, moment=moment, keys=keys)
    homes = lenders(story) if len(found) < len(keys) else ()
    return latest(models.CopyLink, homes, moment=moment, keys=keys) | found if homes else found


def totals(stories: Collection[str]) -> dict[str, types.Origins]:
    """Return from how many origins each of some stories is known in all."""
    found = models.OriginsSnapshot.objects.filter(story_id__in=stories, key="")
    newest = found.order_by().values("story_id").annotate(n=Max("pk")).values("n")
    counted = models.OriginsSnapshot.objects.filter(pk__in=newest)
    return dict(counted.values_list("story_id", "record"))


def lenders(story: str) -> tuple[str, ...]:
    """Return the other stories from which entries of this one were shared."""
    found = models.Entry.objects.filter(story_id=story, home__isnull=False).order_by()
    return tuple(sorted(found.values_list("home_id", flat=True).distinct()))


def _with_lent(
    find: Callable[[Collection[str], Collection[str]], dict[str, Found]], story: str, keys: set[str]
) -> dict[str, Found]:
    """Find records of a story by their ids, and those that it lacks in the stories that lent it entries.

    Ids of captures and claims come from their content, so that an id names the same everywhere.
    """
    found = find((story,), keys)
    missing = keys.difference(found)
    homes = lenders(story) if missing else ()
    return found | find(homes, missing) if homes else found


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

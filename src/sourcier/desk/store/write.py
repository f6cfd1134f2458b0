"""What the loop brings: captures, readings, and what weaving made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from django.db import transaction

from sourcier import types
from sourcier.desk import models, signals
from sourcier.desk.drafting.woven import Woven
from sourcier.desk.store import heads, passages
from sourcier.desk.store.rows import append_changed, known_at


def open_story(
    slug: str,
    titles: dict[str, str],
    *,
    zone: str,
    languages: tuple[str, ...],
    now: datetime,
    demo: bool = False,
) -> None:
    """Make sure that the story `slug` exists; one that does keeps what the desk has set."""
    named = {"titles": titles, "zone": zone, "languages": languages, "demo": demo, "opened": now}
    models.Story.objects.get_or_create(slug=slug, defaults=named)


@transaction.atomic
def save_captures(story: str, captures: Iterable[types.Capture]) -> None:
    """Keep captures; those already kept are passed over."""
    captures = tuple(captures)
    models.Capture.objects.bulk_create(
        (
            models.Capture(story_id=story, key=capture.id, at=known_at(capture), record=capture)
            for capture in captures
        ),
        ignore_conflicts=True,
    )
    passages.add_captures(story, captures)


@transaction.atomic
def save_readings(story: str, readings: Iterable[types.Reading]) -> None:
    """Keep readings and their claims; what was read before is passed over."""
    readings = tuple(readings)
    models.Reading.objects.bulk_create(
        (
            models.Reading(
                story_id=story,
                capture=reading.capture,
                language=reading.language,
                record=msgspec.structs.replace(reading, claims=()),
            )
            for reading in readings
        ),
        ignore_conflicts=True,
    )
    models.Claim.objects.bulk_create(
        (
            models.Claim(story_id=story, key=claim.id, capture=claim.capture, record=claim)
            for reading in readings
            for claim in reading.claims
        ),
        ignore_conflicts=True,
    )
    passages.add_readings(story, readings)


@transaction.atomic
def save_woven(story: str, woven: Woven, at: datetime) -> None:
    """Keep what weaving found at `at`: changes, touched events, alerts, copies, the origins in all."""
    known = woven.known
    models.Change.objects.bulk_create(
        (
            models.Change(
                story_id=story, key=change.id, kind=change.kind, event=change.event or "",
                at=change.at, record=change,
            )
            for change in woven.changes
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    events = {key: known.event(key) for key in woven.touched}
    append_changed(models.EventSnapshot, story, at, events)
    heads.keep_up(story, woven.changes, events)
    append_changed(models.AlertSnapshot, story, at, {alert.id: alert for alert in known.alerts()})
    append_changed(models.CopyLink, story, at, _new_copies(woven))
    append_changed(models.OriginsSnapshot, story, at, {"": known.total()})
    signals.changed.after_commit(story)


def save_origins(story: str, at: datetime, origins: Mapping[str, types.Origins]) -> None:
    """Keep from how many origins entries (by id) are known, where that changed."""
    append_changed(models.OriginsSnapshot, story, at, origins)


def _new_copies(woven: Woven) -> dict[str, types.Copy]:
    found = (change.capture for change in woven.changes if change.kind == "copy_found")
    copies = woven.known.copies
    return {capture: copies[capture] for capture in found if capture and capture in copies}

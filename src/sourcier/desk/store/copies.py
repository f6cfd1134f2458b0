"""What users typed and have not yet sent, and the versions that it was typed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from sourcier import types
from sourcier.desk import models

Fields = dict[str, list[str]]
"""A form as it was filled in: each field with all its values."""


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A form as somebody left it, when it was last kept."""

    fields: Fields
    at: datetime


def keep_copy(story: str, user: User, key: str, fields: Fields, *, now: datetime) -> None:
    """Keep what `user` typed, in the place of what they typed there before."""
    models.WorkingCopy.objects.update_or_create(
        story_id=story, user=user, key=key, defaults={"fields": fields, "at": now}
    )


def copy_of(story: str, user: User, key: str) -> WorkingCopy | None:
    """Return what `user` typed there and has not sent."""
    row = models.WorkingCopy.objects.filter(story_id=story, user=user, key=key).first()
    return None if row is None else WorkingCopy(row.fields, row.at)


def drop_copy(story: str, user: User, key: str) -> None:
    """Forget what `user` typed there."""
    models.WorkingCopy.objects.filter(story_id=story, user=user, key=key).delete()


def version_at(story: str, key: str, version: int, at: datetime) -> types.Entry | None:
    """Return an entry as version `version` (0: a draft) of `at` had it; null where there is none."""
    rows = models.EntryVersion.objects.filter(story_id=story, entry_id=key, version=version, at=at)
    row = rows.order_by("-pk").first()
    return None if row is None else row.record


def newest(story: str, key: str) -> tuple[types.Entry, str] | None:
    """Return the newest version or draft of an entry, and the user name of who wrote it."""
    rows = models.EntryVersion.objects.filter(story_id=story, entry_id=key)
    row = rows.order_by("-pk").first()
    return None if row is None else (row.record, row.by)

"""What a story is set to: its titles, languages and zone, which dispatches it takes, whether it is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from sourcier import types
from sourcier.desk import models


@dataclass(frozen=True, slots=True)
class Settings:
    """How a story is set; `titles` are by language, `frozen` is since when, null for a live one."""

    slug: str
    titles: Mapping[str, str]
    zone: str
    languages: tuple[str, ...]
    takes: types.Takes
    frozen: datetime | None = None


def story_settings(slug: str) -> Settings:
    """Return how a story is set; raises `models.Story.DoesNotExist`."""
    return _settings(models.Story.objects.get(slug=slug))


def all_settings() -> tuple[Settings, ...]:
    """Return how each story is set, the first opened first."""
    return tuple(_settings(row) for row in models.Story.objects.order_by("opened", "slug"))


def set_story(wanted: Settings) -> None:
    """Let a story that there is have these titles, zone, languages, dispatches and state."""
    models.Story.objects.filter(slug=wanted.slug).update(
        titles=dict(wanted.titles),
        zone=wanted.zone,
        languages=list(wanted.languages),
        takes=wanted.takes,
        frozen=wanted.frozen,
        closed=wanted.frozen is not None,
    )


def has_story(slug: str) -> bool:
    """Tell whether there is a story of this slug."""
    return models.Story.objects.filter(slug=slug).exists()


def is_frozen(slug: str) -> bool:
    """Tell whether a story is frozen."""
    return models.Story.objects.filter(slug=slug, closed=True).exists()


def waiting(slugs: tuple[str, ...]) -> dict[str, int]:
    """Return, of some stories, in how many entries a draft is newer than what readers have."""
    versions = models.EntryVersion.objects
    newest = versions.filter(entry=OuterRef("pk")).order_by("-pk").values("version")[:1]
    entries = models.Entry.objects.filter(story__in=slugs).annotate(newest=Subquery(newest))
    counts = dict.fromkeys(slugs, 0)
    for slug in entries.filter(newest=0).values_list(F("story_id"), flat=True):
        counts[slug] += 1
    return counts


def _settings(row: models.Story) -> Settings:
    return Settings(row.slug, row.titles, row.zone, tuple(row.languages), row.takes, row.frozen)

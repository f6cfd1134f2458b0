"""What is done with a whole story: opened, set otherwise, frozen, reopened; each in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sourcier import jsonl
from sourcier.desk import signals, store
from sourcier.desk.actions.kept import changes_story
from sourcier.desk.store import Settings


class StoryExistsError(ValueError):
    """There is a story of this slug; its argument is the slug."""


@transaction.atomic
def open_story(wanted: Settings, *, who: str, now: datetime) -> None:
    """Open a story; raises StoryExistsError."""
    if store.has_story(wanted.slug):
        raise StoryExistsError(wanted.slug)
    store.open_story(
        wanted.slug, dict(wanted.titles), zone=wanted.zone, languages=wanted.languages, now=now
    )
    store.set_story(wanted)
    _told(wanted, "open_story", who, now)


@changes_story
def set_story(slug: str, wanted: Settings, *, who: str, now: datetime) -> None:
    """Let a story have other titles, languages or zone, or take other dispatches from now on."""
    if wanted != store.story_settings(slug):
        store.set_story(wanted)
        _told(wanted, "set_story", who, now)


@changes_story
def freeze(slug: str, *, who: str, now: datetime) -> None:
    """End a story: it takes no dispatch and no entry any more, and its page says since when.

    Raises FrozenStoryError where it is frozen already.
    """
    frozen = replace(store.story_settings(slug), frozen=now)
    store.set_story(frozen)
    _told(frozen, "freeze", who, now)


@transaction.atomic
def reopen(slug: str, *, who: str, now: datetime) -> None:
    """Let a frozen story go on, with the same addresses and the next sequence number."""
    if store.queue_up(slug):
        return
    live = replace(store.story_settings(slug), frozen=None)
    store.set_story(live)
    _told(live, "reopen", who, now)


def _told(settings: Settings, action: str, who: str, now: datetime) -> None:
    """Write down how a story is set from now on, and let those know who show it."""
    detail = {
        "titles": dict(settings.titles),
        "zone": settings.zone,
        "languages": list(settings.languages),
        "takes": jsonl.decode(jsonl.encode(settings.takes), dict),
    }
    store.audit(settings.slug, now, action, who=who, detail=detail)
    signals.changed.after_commit(settings.slug)

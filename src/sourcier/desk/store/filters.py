"""The filters that users keep for themselves, under a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from sourcier.desk import models


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A name, and the filters as an address says them."""

    id: int
    name: str
    address: str


def saved_filters(story: str, user: str) -> tuple[SavedFilter, ...]:
    """Return what `user` keeps in a story, the first kept first."""
    rows = models.SavedFilter.objects.filter(story_id=story, user__username=user).order_by("pk")
    return tuple(SavedFilter(row.pk, row.name, row.address) for row in rows)


def put_filter(story: str, user: str, name: str, address: str) -> None:
    """Keep filters under a name, in the place of those that had it."""
    models.SavedFilter.objects.update_or_create(
        story_id=story,
        user=User.objects.get(username=user),
        name=name,
        defaults={"address": address},
    )


def name_filter(story: str, user: str, key: int, name: str) -> bool:
    """Give a filter of `user` another name; tell whether there is one."""
    rows = models.SavedFilter.objects.filter(story_id=story, user__username=user, pk=key)
    return bool(rows.update(name=name))


def drop_filter(story: str, user: str, key: int) -> bool:
    """Forget a filter of `user`; tell whether there was one."""
    rows = models.SavedFilter.objects.filter(story_id=story, user__username=user, pk=key)
    return bool(rows.delete()[0])

"""What each user has seen of the wall."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Max

from sourcier.desk import models


def see(story: str, user: str, event: str) -> None:
    """Note that `user` has seen the last movement of `event`."""
    head = models.Head.objects.filter(story_id=story, key=event).first()
    if head and head.moved:
        _keep(story, user, event, head.last)


def see_all(story: str, user: str) -> None:
    """Note that `user` has seen all that moved so far."""
    last = models.Head.objects.filter(story_id=story).aggregate(n=Max("last"))["n"]
    if last:
        _keep(story, user, "", last)
        models.Seen.objects.filter(story_id=story, user__username=user).exclude(key="").delete()


def _keep(story: str, user: str, key: str, last: int) -> None:
    row = models.Seen(story_id=story, user=User.objects.get(username=user), key=key, last=last)
    models.Seen.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["story", "user", "key"],
        update_fields=["last"],
    )

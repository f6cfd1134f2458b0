"""Who is told of what, and what waits to be told."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.db import models

from sourcier.desk.drafting import notices
from sourcier.desk.fields import RecordField
from sourcier.desk.models.story import OfStory


class Watch(OfStory):
    """Somebody who is told, since `made` by the user `by`. `on` false: told nothing.

    `crossed` are the tolls, as "event/outcome", that stand above its figure and were told of. Until `held`
    one process alone sends to it.
    """

    record = RecordField(notices.Watch)
    on = models.BooleanField(default=True)
    by = models.CharField(max_length=150, blank=True)
    made = models.DateTimeField()
    crossed = models.JSONField(default=list)
    held = models.DateTimeField(null=True)


class Outgoing(models.Model):
    """A notice for a watch: waiting until `due`, sent (`sent`), or given up after `tries` tries.

    `message` is the id of the message that carried it: several notices go in one.
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="notices")
    record = RecordField(notices.Notice)
    at = models.DateTimeField()
    due = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=32, blank=True)
    sent = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due"],
                condition=models.Q(sent=None, given_up=False),
                name="notice_due",
            ),
            models.Index(fields=["watch", "at"], name="notice_of_watch"),
        )

"""Who is at the desk, who writes on what, what they typed so far. Working state: changed and removed."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.conf import settings
from django.db import models

from sourcier.desk.models.story import OfStory


class OfUser(OfStory):
    """What belongs to one user in one story."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Presence(OfUser):
    """An open tab: on which event and entry (empty: none, or a new one) it was when last heard of."""

    tab = models.CharField(max_length=32)
    event = models.CharField(max_length=128, blank=True)
    entry = models.CharField(max_length=32, blank=True)
    seen = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "user", "tab"], name="one_tab"),)


class Lock(OfUser):
    """That a user writes on an entry, `since` when, and when that was last heard of."""

    entry = models.CharField(max_length=32)
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "entry"], name="one_lock"),)


class WorkingCopy(OfUser):
    """What a user typed into an entry's form and has not yet sent: its fields, each with all its values.

    `key` is the entry's id, or ``new/`` and the event that a new one is about.
    """

    key = models.CharField(max_length=140)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["story", "user", "key"], name="one_working_copy"),
        )

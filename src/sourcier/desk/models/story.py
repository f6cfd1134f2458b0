"""A story: what came in, what was made of it, what was written. All but Story are append-only."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sourcier import types
from sourcier.desk.fields import RecordField


class Story(models.Model):
    """A live page; `sequence` is the last number handed to a publication.

    `takes` says which dispatches are its own (`sourcier.types.Takes`); `frozen` since when it is closed.
    """

    slug = models.SlugField(primary_key=True)
    titles = models.JSONField()
    zone = models.CharField(max_length=64)
    languages = models.JSONField()
    closed = models.BooleanField(default=False)
    frozen = models.DateTimeField(null=True)
    takes = RecordField(types.Takes, default=dict)
    demo = models.BooleanField(default=False)
    opened = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)


class OfStory(models.Model):
    """What belongs to one story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Capture(OfStory):
    """One version of a dispatch."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    record = RecordField(types.Capture)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "key"], name="one_capture"),)


class Reading(OfStory):
    """What was read in a capture; its claims stand in `Claim`, so the record comes without them."""

    capture = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    record = RecordField(types.Reading)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "capture"], name="one_reading"),)


class Claim(OfStory):
    """One claim of a capture."""

    key = models.CharField(max_length=128)
    capture = models.CharField(max_length=64, db_index=True)
    record = RecordField(types.Claim)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "key"], name="one_claim"),)


class Change(OfStory):
    """One thing that weaving found."""

    key = models.CharField(max_length=128)
    kind = models.CharField(max_length=32)
    event = models.CharField(max_length=128, blank=True)
    at = models.DateTimeField()
    record = RecordField(types.Change)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "key"], name="one_change"),)
        indexes = (
            models.Index(fields=["story", "at"], name="change_at"),
            models.Index(fields=["story", "event"], name="change_event"),
            models.Index(fields=["story", "kind", "at", "event"], name="change_kind"),
        )


class Snapshot(OfStory):
    """What something was from `at` on, until the next row of the same `key`."""

    key = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class EventSnapshot(Snapshot):
    """An event, by its id."""

    record = RecordField(types.Event)

    class Meta:
        indexes = (models.Index(fields=["story", "key", "at"], name="event_at"),)


class AlertSnapshot(Snapshot):
    """An alert interval, by its id."""

    record = RecordField(types.AlertInterval)

    class Meta:
        indexes = (models.Index(fields=["story", "key", "at"], name="alert_at"),)


class CopyLink(Snapshot):
    """That a capture is a copy, by the capture's id."""

    record = RecordField(types.Copy)

    class Meta:
        indexes = (models.Index(fields=["story", "key", "at"], name="copy_at"),)


class OriginsSnapshot(Snapshot):
    """From how many origins an entry is known, by its id; the whole story's under an empty key."""

    record = RecordField(types.Origins)

    class Meta:
        indexes = (models.Index(fields=["story", "key", "at"], name="origins_at"),)


class SourceSnapshot(models.Model):
    """How a source is from `at` on, by its id: a row for each change of its state. Of no story."""

    key = models.CharField(max_length=128)
    at = models.DateTimeField()
    record = RecordField(types.SourceHealth)

    class Meta:
        indexes = (models.Index(fields=["key", "at"], name="source_at"),)


class Entry(OfStory):
    """What never changes of an entry. `topic` says what it is about, so that news of the same revises it.

    `home` is the story from which it was shared, `original` the entry there: null and empty for its own.
    """

    id = models.CharField(primary_key=True, max_length=32)
    topic = models.CharField(max_length=255, blank=True)
    home = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="+")
    original = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["story", "topic"], condition=~Q(topic=""), name="one_entry_a_topic"
            ),
        )


class EntryVersion(OfStory):
    """An entry as it stood from `at` on, written by a user or (empty `by`) by the desk itself.

    A draft has version 0 and no sequence number.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField(null=True)
    event = models.CharField(max_length=128, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    picture = models.CharField(max_length=32, blank=True)
    record = RecordField(types.Entry)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "version"], condition=Q(version__gt=0), name="one_version"
            ),
            models.UniqueConstraint(fields=["story", "sequence"], name="one_sequence"),
        )
        indexes = (
            models.Index(fields=["story", "event"], name="entry_event"),
            models.Index(fields=["picture"], condition=~Q(picture=""), name="entry_picture"),
        )


class Audit(models.Model):
    """Who did what, to which entry; `who` is empty for what the desk did by itself.

    What is of no story, as a role in all of them, has none.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    who = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=32)
    entry = models.CharField(max_length=32, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["story", "who"], name="audit_who"),
            models.Index(fields=["story", "action"], name="audit_action"),
        )

"""How far the words of an entry have come. Append-only: a step is added, never changed."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.db import models

from sourcier.desk.models.story import Entry, EntryVersion, OfStory


class Step(OfStory):
    """From `at` on an entry is in `stage` (see `sourcier.desk.flow`) with the words of `row`.

    `due` is the hour of a scheduled one, `note` why one was sent back.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="steps")
    row = models.ForeignKey(EntryVersion, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    due = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["story", "stage"], name="step_stage"),)

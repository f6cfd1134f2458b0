"""The rules of a story: every version that was ever in force. Append-only."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.db import models

from sourcier.desk.drafting.rules import Rules
from sourcier.desk.fields import RecordField
from sourcier.desk.models.story import OfStory


class RuleSet(OfStory):
    """The rules in force from `at` on, until the next version; set by a user or (empty `by`) at the start."""

    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    record = RecordField(Rules)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["story", "version"], name="one_version_of_rules"),
        )

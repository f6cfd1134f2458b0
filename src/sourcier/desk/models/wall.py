"""What the wall and the search look things up in: made from the story's rows, and makeable again from them.

None of it is append-only but `Option`: a row changes with what it is about, in the same transaction.
"""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.conf import settings
from django.db import models

from sourcier.desk.models.story import EventSnapshot, OfStory


class Head(OfStory):
    """An event as it now stands: its newest snapshot, and its last movement (null: none that shows).

    `last` is the row of that `Change`: it grows with each, and tells what a user has seen. `place` is the
    name of where it was, with coordinates where that is no whole country; `origins` how many tell it.
    """

    key = models.CharField(max_length=128)
    snapshot = models.ForeignKey(EventSnapshot, on_delete=models.CASCADE, related_name="+")
    moved = models.DateTimeField(null=True)
    last = models.BigIntegerField(default=0)
    told = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    merged = models.BooleanField(default=False)
    type = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=8, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    origins = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "key"], name="one_head"),)
        indexes = (models.Index(fields=["story", "-moved", "-last"], name="head_moved"),)


class Facet(OfStory):
    """Something that an event can be found by: its type, a kind of change, a language, a source, a place."""

    key = models.CharField(max_length=128)
    name = models.CharField(max_length=16)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["story", "name", "value", "key"], name="one_facet"),
        )
        indexes = (models.Index(fields=["story", "key"], name="facet_key"),)


class Option(OfStory):
    """A value that some facet of the story has had: what a filter offers."""

    name = models.CharField(max_length=16)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["story", "name", "value"], name="one_option"),
        )


class Seen(OfStory):
    """Up to which `Change` a user has seen an event; under an empty key, the whole wall."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128, blank=True)
    last = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["story", "user", "key"], name="one_seen"),)


class SavedFilter(OfStory):
    """What a user narrows the wall to, under a name: the filters as their address says them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    address = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["story", "user", "name"], name="one_saved_filter"),
        )


class Passage(OfStory):
    """Words that can be searched: a capture's text, a claim, an entry in one language.

    `sort` is which of these, `kind` the claim's or the entry's, `source` and `place` are folded names.
    `words` are the text's words folded, `stems` the same without endings (`finding.terms`); the database
    keeps its full-text index of both by itself.
    """

    sort = models.CharField(max_length=8)
    key = models.CharField(max_length=128)
    kind = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=8, blank=True)
    event = models.CharField(max_length=128, blank=True)
    source = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    words = models.TextField()
    stems = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["story", "sort", "key", "language"], name="one_passage"
            ),
        )

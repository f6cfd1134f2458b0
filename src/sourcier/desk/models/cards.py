"""Background cards, of no story: every version that there was. Append-only."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.db import models

from sourcier.desk.drafting import cards
from sourcier.desk.fields import RecordField


class Card(models.Model):
    """What never changes of a card; who changes one queues at its row."""

    id = models.CharField(primary_key=True, max_length=32)
    made = models.DateTimeField()


class CardVersion(models.Model):
    """A card as it stood from `at` on, until its next version."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    record = RecordField(cards.Card)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["card", "version"], name="one_version_of_card"),
        )

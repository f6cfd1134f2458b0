"""The rules of a story, and what a day looked like to them."""

from __future__ import annotations

from datetime import datetime

from sourcier.desk import models
from sourcier.desk.drafting.rules import Rules

KEPT = 50
"""How many of the last versions the desk shows."""


def rules(story: str) -> Rules:
    """Return the rules in force; version 0, which has none, where nobody ever set any."""
    row = models.RuleSet.objects.filter(story_id=story).order_by("-version").first()
    return Rules() if row is None else row.record


def rules_before(story: str) -> tuple[Rules, ...]:
    """Return the last versions of the rules, the newest first."""
    rows = models.RuleSet.objects.filter(story_id=story).order_by("-version")
    return tuple(rows.values_list("record", flat=True)[:KEPT])


def add_rules(story: str, kept: Rules, at: datetime) -> None:
    """Keep a new version of the rules."""
    models.RuleSet.objects.create(
        story_id=story, version=kept.version, at=at, by=kept.by, record=kept
    )

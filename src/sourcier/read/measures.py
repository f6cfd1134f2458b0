"""Measures: what was ordered, by whom, for what, why."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import MeasureDraft


def find_measures(document: Document) -> tuple[MeasureDraft, ...]:
    """Return the measures of a text, in order."""
    return ()

"""Occurrences: things that happened."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import OccurrenceDraft


def find_occurrences(document: Document) -> tuple[OccurrenceDraft, ...]:
    """Return the occurrences of a text, in order."""
    return ()

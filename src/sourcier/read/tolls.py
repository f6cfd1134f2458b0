"""Tolls: counts of victims, in any wording."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import TollDraft


def find_tolls(document: Document) -> tuple[TollDraft, ...]:
    """Return the tolls of a text, in order."""
    return ()

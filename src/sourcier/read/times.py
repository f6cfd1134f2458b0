"""Times: expressions resolved against the publication date and the outlet's zone."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import TimeDraft


def find_times(document: Document) -> tuple[TimeDraft, ...]:
    """Return the time expressions of a text, in order."""
    return ()


def in_zone(draft: TimeDraft, zone: str, document: Document) -> TimeDraft:
    """Return a `local` expression resolved again in the zone of its place."""
    return draft

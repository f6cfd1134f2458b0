"""Places: mentions in any spelling, resolved to GeoNames."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft


def find_places(document: Document) -> tuple[PlaceDraft, ...]:
    """Return the place mentions of a text, in order."""
    return ()

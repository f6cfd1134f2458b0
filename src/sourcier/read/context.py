"""Context: which stretches tell news, which background, and with how much doubt."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import Context


def find_context(document: Document) -> tuple[Context, ...]:
    """Return the stretches that are to be taken otherwise than as news asserted, in order."""
    return ()

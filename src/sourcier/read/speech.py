"""Speech: who says what, through which medium, relayed by whom."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation, Speech


def find_speech(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Speech, ...]:
    """Return the acts of saying of a text, in order of their cue."""
    return ()

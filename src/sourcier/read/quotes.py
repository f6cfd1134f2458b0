"""Quotations: words in quotation marks of any style."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Return the quotations of a text, in order."""
    return ()

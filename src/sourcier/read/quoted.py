"""Quoted: what a layout sets apart as the words of others is not said by who quotes it."""

from __future__ import annotations

from sourcier.read.assemble_items import Item, overlap
from sourcier.read.assemble_statements import Saying
from sourcier.read.document import Document


def is_told(document: Document, found: Item | Saying) -> bool:
    """Tell whether somebody answers for what was found: the publisher, or a speaker who is named.

    In the capture's `quoted` spans the publisher does not speak; what nobody is said to have said
    there has no known speaker, and is no claim.
    """
    if found.attribution:
        return True
    return not any(overlap(found.span, span) for span in document.capture.quoted)

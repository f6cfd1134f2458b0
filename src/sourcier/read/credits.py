"""Credits and notes: whose words the text says it carries, and what in it is no news."""

from __future__ import annotations

from typing import Any

from sourcier.read.document import Document
from sourcier.types import Credit


def find_credits(document: Document) -> tuple[Credit, ...]:
    """Return the credits that the text itself gives."""
    return ()


def find_notes(document: Document) -> tuple[dict[str, Any], ...]:
    """Return the spans that are no news, as ``{"span": [start, end], "kind": kind}``."""
    return ()

"""Parsed pages: lxml without its types, which know nothing of what an expression selects."""

from __future__ import annotations

from typing import Any

from lxml import html


def tree(page: str | bytes) -> Any:
    """Return the parsed page."""
    return html.fromstring(page)

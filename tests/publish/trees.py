"""Parsed pages: lxml without its types, which know nothing of what an expression selects."""

from __future__ import annotations

from typing import Any

from lxml import etree, html


def tree(page: str | bytes) -> Any:
    """Return the parsed page."""
    return html.fromstring(page)


def xml(document: bytes) -> Any:
    """Return the parsed XML document; one that is not well-formed is an error."""
    return etree.fromstring(document)

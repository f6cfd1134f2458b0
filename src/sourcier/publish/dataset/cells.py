"""Words as cells of a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula."""


def plain(words: str) -> str:
    """Return somebody's words so that a spreadsheet shows them: a formula opens with an apostrophe."""
    return f"'{words}" if words.startswith(_FORMULA) else words

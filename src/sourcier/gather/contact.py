"""Whom a source may write to about our requests: a mail or web address, as a header can carry it."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^\s@()]+@[^\s@()]+|https?://[^\s()]+")


def is_contact(text: object) -> bool:
    """Tell whether `text` is such an address."""
    return (
        isinstance(text, str)
        and text.isascii()
        and text.isprintable()
        and _ADDRESS.fullmatch(text) is not None
    )

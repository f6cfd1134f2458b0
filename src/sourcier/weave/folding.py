"""Folding: a text in lower case in which every character keeps its place."""

from __future__ import annotations

_TABLE = str.maketrans({"ё": "е", "Ё": "е", "’": "'", "ʼ": "'"})


def fold(text: str) -> str:
    """Return `text` in lower case, with one apostrophe and without ё; offsets hold in both."""
    folded = text.lower().translate(_TABLE)
    if len(folded) == len(text):
        return folded
    lowered = (low if len(low := char.lower()) == 1 else char for char in text)
    return "".join(lowered).translate(_TABLE)

"""Folding: a text in lower case in which every character keeps its place."""

from __future__ import annotations


def fold(text: str) -> str:
    """Return `text` in lower case, with one apostrophe and without ё; offsets hold in both."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    # ёЁ: where the lower case of one letter is several, capitals stay; a table for all is far slower
    return folded.replace("ё", "е").replace("Ё", "е").replace("’", "'").replace("ʼ", "'")

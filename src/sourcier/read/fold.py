"""Folding: a lower-case view of a text in which every character keeps its place."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = {
    **dict.fromkeys("’‘ʼʹ`´′＇", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\u3000\t", " "),
    # Without width: they stand between words, where pages put them to guide the line.
    **dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff", " "),
    **dict.fromkeys("‐‑‒−", "-"),
    "ё": "е",
    "Ё": "е",
}
_TABLE: dict[int, str] = {
    **{ord(key): value for key, value in _SPECIAL.items()},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def fold(text: str) -> str:
    """Return `text` in lower case with apostrophes, spaces and hyphens of one kind and ё as е.

    The result has the length of `text`, so that offsets hold in both: a character whose lower case
    is longer than one character stays as it is. En and em dashes stay: they are punctuation.
    """
    translated = text.translate(_TABLE)
    lowered = translated.lower()
    if len(lowered) == len(translated):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in translated)


def encodable(text: str) -> str:
    """Return `text`, at its length, with U+FFFD for lone surrogates, which have no bytes in UTF-8."""
    return _SURROGATE.sub("\ufffd", text)

"""Typography of our own words: spaces, apostrophes and quotation marks, per language.

Editors type plainly; these rules finish the text. They never touch words in quotation marks, which
are a source's and stay as captured.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import regex

NARROW = "\u202f"
FIXED = "\u00a0"

_MARKS = {"fr": (f"«{NARROW}", f"{NARROW}»"), "en": ("“", "”"), "uk": ("«", "»"), "ru": ("«", "»")}
_QUOTATION = regex.compile(
    r"«[\s\u202f]*(?P<a>[^«»]*?)[\s\u202f]*»|“(?P<b>[^“”]*)”|„(?P<c>[^„“”]*)[“”]"
    r'|(?<![\p{L}\p{N}])"(?P<d>[^"\n]*)"(?![\p{L}\p{N}])'
)
_COMMON = ((r"(?<=\p{L})'", "’"), (r"(?<=\d) (?=\p{Ll})", FIXED))
_DASH = ((r" ([—–])(?= )", FIXED + r"\1"),)
_OWN: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"[ \u00a0\u202f]*([;!?%])(?=\s|$|[)»\]])", NARROW + r"\1"),
        (r"(?<!\s)[ \u00a0\u202f]+:(?=\s|$)|(?<=\S):(?=\s|$)", FIXED + ":"),
        (r"«[ \u00a0\u202f]*", "«" + NARROW),
        (r"[ \u00a0\u202f]*»", NARROW + "»"),
        (r"(?<=\d) (?=[€$%°])", NARROW),
    ),
    "uk": _DASH,
    "ru": _DASH,
}


@cache
def _rules(language: str) -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(found), put) for found, put in _COMMON + _OWN.get(language, ()))


@lru_cache(maxsize=8192)
def typeset(text: str, language: str) -> str:
    """Return our own `text` with the spaces and apostrophes of `language`; idempotent."""
    for pattern, replacement in _rules(language):
        text = pattern.sub(replacement, text)
    return text


def marks(language: str) -> tuple[str, str]:
    """Return the opening and closing quotation mark of `language`, with their inner space."""
    return _MARKS.get(language, _MARKS["en"])


def pieces(text: str) -> Iterator[tuple[Literal["ours", "quoted"], str]]:
    """Yield `text` cut into what stands outside and inside quotation marks, in order.

    Quoted pieces come without their marks and the spaces next to these.
    """
    end = 0
    for found in _QUOTATION.finditer(text):
        if found.start() > end:
            yield "ours", text[end : found.start()]
        yield "quoted", next(group for group in found.groups() if group is not None)
        end = found.end()
    if end < len(text):
        yield "ours", text[end:]


def typeset_around_quotes(text: str, language: str) -> str:
    """Return `text` with our words typeset, its quotation marks regular and quoted words as they are."""
    opening, closing = marks(language)
    finished = ""
    for kind, piece in pieces(text):
        finished += typeset(piece, language) if kind == "ours" else f"{opening}{piece}{closing}"
    return finished

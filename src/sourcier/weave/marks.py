"""Marks: the numbers and names of a text, which a translation keeps whatever its language and script."""

from __future__ import annotations

import re

from sourcier.weave.names import skeleton

_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[^\W\d_][ ,’'(«“\"])[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\W\d_]{2,}")
_SPEAKING = 10  # smaller numbers stand in any text
_SHORTEST = 2  # consonants of a name that tells something


def marks(text: str) -> frozenset[str]:
    """Return the numbers from ten up, and the consonants of names within sentences, of a text."""
    numbers = {digits.lstrip("0") for digits in _NUMBER.findall(text)}
    names = {skeleton(name) for name in _NAME.findall(text)}
    return frozenset(n for n in numbers if len(n) < 7 and int(n or 0) >= _SPEAKING) | frozenset(
        name for name in names if len(name.strip("@")) >= _SHORTEST
    )

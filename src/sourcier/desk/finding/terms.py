"""Words as they are compared: folded, and without their endings, alike in every language of the desk.

Neither database stems Ukrainian, and what language a question is in is not known. So both sides lose the
endings that ``endings.toml`` lists for their script: "вибухів" and "вибух", "blessées" and "blessé" meet.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

LONGEST = 200_000
"""From how many characters on a text is not searched: PostgreSQL refuses more than a megabyte of words."""
SHORTEST = 3
"""How many letters a word keeps at least."""

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a text: folded, with where it begins and ends."""
    for found in _WORD.finditer(text):
        if word := folded(found[0]):
            yield word, found.start(), found.end()


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [word for word, _, _ in tokens(text[:LONGEST])]


@lru_cache(1 << 16)
def folded(word: str) -> str:
    """Return a word in lower case, without accents and without anything but letters and digits."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if char.isalnum())[:LONGEST]


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """Return a folded word without its longest ending, of which at least three letters are left."""
    known, longest = _endings()
    for length in range(min(longest, len(word) - SHORTEST), 0, -1):
        if word[-length:] in known:
            return word[:-length]
    return word


@cache
def _endings() -> tuple[frozenset[str], int]:
    table = tomllib.loads((files("sourcier.desk.finding") / "endings.toml").read_text("utf-8"))
    known = frozenset(folded(ending) for listed in table.values() for ending in listed)
    return known, max(map(len, known))

"""Names as keys: how a place name is cut and spelt so that text and gazetteer agree on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex
import xxhash

from sourcier.read.fold import fold

# A mark begins no word: an emoji may end with one.
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+")
_SIGNS = " '’ʼʹʻʿ`´′.,‐‑–()/-"
_PARTED = str.maketrans(dict.fromkeys(_SIGNS, " "))
_FOREIGN = regex.compile(rf"[^\p{{Latin}}\p{{Cyrillic}}\p{{M}}\p{{N}}{_SIGNS}]")
_DIGRAPHS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
)
_SHORTEST = 3
_FIRST_LATIN, _LAST_LATIN = "À", "ɏ"


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return a word folded and, where it is in Latin letters, without accents."""
    return _key(word)


def _key(word: str) -> str:
    folded = fold(word)
    if folded.isascii() or not any(_FIRST_LATIN <= char <= _LAST_LATIN for char in folded):
        return folded
    bare = unicodedata.normalize("NFKD", folded.translate(_DIGRAPHS))
    return "".join(char for char in bare if not unicodedata.combining(char))


def keys(name: str) -> tuple[str, ...]:
    """Return the keys of the words of a name; hyphens and apostrophes part words."""
    return tuple(_key(name.translate(_PARTED)).split())


def digest(words: tuple[str, ...] | list[str]) -> int:
    """Return the 64-bit number under which the gazetteer files a name."""
    return xxhash.xxh3_64_intdigest(" ".join(words).encode())


def usable(name: str) -> bool:
    """Tell whether a name is one that a text in Latin or Cyrillic letters would use."""
    if len(name) < (_SHORTEST if name.isascii() else 2):
        return False
    if not name[0].isupper() or _FOREIGN.search(name):
        return False
    return not (name.isupper() and len(name) <= 4)


_SKELETON = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("cz", "s"),
    ("zh", "j"), ("dj", "j"), ("kh", "h"), ("ou", "u"), ("ts", "z"), ("tz", "z"),
    ("gu", "g"), ("ph", "f"), ("ck", "k"), ("w", "v"), ("y", "i"), ("x", "ks"), ("q", "k"),
)  # fmt: skip
_REPEATED = regex.compile(r"(.)\1+")
_SOFT_I = regex.compile(r"(?<=[aeiou])[ij]+|[ij]+(?=[aeou])")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return what the French, English and other Latin spellings of one Slavic name share.

    "Tchassiv", "Chasiv" and "Czasiw" come near each other: digraphs are one letter, glides go.
    """
    bare = key(word)
    for written, sound in _SKELETON:
        bare = bare.replace(written, sound)
    return _REPEATED.sub(r"\1", _SOFT_I.sub("", bare.replace("j", "i") if "j" in bare else bare))


def spellings(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the key sequences under which a name is filed: as it stands, and without brackets."""
    found = keys(name)
    if found:
        yield found
    if "(" in name and (bare := keys(name.split("(")[0])) and bare != found:
        yield bare

"""Forms of a name: the nominatives that a case may have, the towns that an adjective may be of, its sound."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sourcier.read.gazetteer import gazetteer, region_of
from sourcier.read.gazetteer_build import SOUND
from sourcier.read.gazetteer_index import Hit
from sourcier.read.gazetteer_names import skeleton
from sourcier.read.lexicon import lexicon

_LONGEST_ENDING = 8
_SHORTEST_STEM = 2
_SHORTEST_SOUND = 6


@lru_cache(maxsize=65536)
def inflected(word: str, language: str) -> tuple[str, ...]:
    """Return the forms that a word may be a case of, itself first."""
    return (word, *(form for form in _replaced(word, language, "endings") if form != word))


@lru_cache(maxsize=65536)
def bases(word: str, language: str) -> tuple[str, ...]:
    """Return the names that a word may be an adjective of ("Сумської": "Суми")."""
    return _replaced(word, language, "adjective_endings")


def _replaced(word: str, language: str, table: str) -> tuple[str, ...]:
    rules = lexicon(language, "places").table(table)
    forms: list[str] = []
    for size in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM), -1, -1):
        stem, ending = word[: len(word) - size], word[len(word) - size :]
        forms += [stem + other for other in rules.get(ending, ())]
    return tuple(dict.fromkeys(forms))


def in_latin(name: str, language: str) -> str:
    """Return a name letter for letter in Latin, as the language's table gives it."""
    table = lexicon(language, "places").table("latin")
    letters = ((old, table.get(old.lower(), old)) for old in name)
    return "".join(new.capitalize() if old.isupper() else new for old, new in letters)


@lru_cache(maxsize=65536)
def find(words: tuple[str, ...]) -> tuple[Hit, ...]:
    """Return the entries of the gazetteer under a name's keys."""
    return gazetteer().find(words)


@lru_cache(maxsize=65536)
def opens(words: tuple[str, ...]) -> bool:
    """Tell whether a longer name of the gazetteer begins with these keys."""
    return gazetteer().opens(words)


def find_by_sound(words: Iterable[str], language: str) -> tuple[Hit, ...]:
    """Return the Slavic places whose name sounds like these keys, whatever its spelling."""
    sounds = tuple(_sound(word, language) for word in words)
    if sum(map(len, sounds)) < _SHORTEST_SOUND or min(map(len, sounds)) < _SHORTEST_STEM:
        return ()
    return find((SOUND, *sounds))


@lru_cache(maxsize=65536)
def _sound(word: str, language: str) -> str:
    return skeleton(in_latin(word, language))


def find_of_adjective(word: str, language: str) -> tuple[Hit, ...]:
    """Return the regions and towns that an adjective is of: regions where there are any."""
    hits = tuple(hit for base in bases(word, language) for hit in find((base,)))
    units = tuple(hit for hit in hits if hit.entry.kind == "region")
    return units or tuple(hit for hit in hits if hit.entry.kind == "settlement")


def namesake(hit: Hit) -> Hit:
    """Return the region that a town gives its name to, or the town itself."""
    region = region_of(hit.entry.code)
    if region and skeleton(region.name)[:4] == skeleton(hit.entry.name)[:4]:
        return Hit(region, hit.main)
    return hit

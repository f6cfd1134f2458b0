"""The tables of weaving, which are data beside this file: types, speakers, words that get lost."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale

from sourcier.languages import LANGUAGES
from sourcier.types import Place
from sourcier.weave.names import body


@cache
def _table(name: str) -> dict[str, Any]:
    path = files("sourcier.weave") / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def families(kind: str) -> frozenset[str]:
    """Return the families of an occurrence type; an unknown type is a family of its own."""
    return frozenset(_table("kinds")["families"].get(kind, (kind,)))


@lru_cache(maxsize=256)
def is_loose(kind: str) -> bool:
    """Tell whether a type is a consequence or a sound rather than what happened."""
    return kind in _table("kinds")["sets"]["loose"]


@lru_cache(maxsize=256)
def hazard_families(hazard: str) -> frozenset[str]:
    """Return the families of occurrences that an alert may belong to."""
    return frozenset(_table("kinds")["alerts"].get(hazard, ()))


@cache
def aftermath() -> frozenset[str]:
    """Return the types of what an attack leaves behind."""
    return frozenset(_table("kinds")["sets"]["aftermath"])


@cache
def frequent() -> frozenset[str]:
    """Return the families of which a country sees many a day."""
    return frozenset(_table("kinds")["sets"]["frequent"])


@cache
def wide() -> frozenset[str]:
    """Return the families that a whole region is struck by at once."""
    return frozenset(_table("kinds")["sets"]["wide"])


@cache
def counted_apart() -> frozenset[str]:
    """Return the groups of victims that are never an event's whole toll."""
    return frozenset(_table("kinds")["tolls"]["apart"])


@lru_cache(maxsize=16384)
def office(words: str) -> tuple[str, str] | None:
    """Return ``(office, level)`` for the words that name a speaker's role or body, or None."""
    folded = f" {words.lower().replace('’', chr(39))} "
    for name, entry in _table("speakers")["offices"].items():
        if any(stem in folded for stem in entry["words"]):
            return name, entry["level"]
    return None


@lru_cache(maxsize=16384)
def nation(words: str) -> str | None:
    """Return the country code that the words of a body name, in any case form, or None."""
    folded = f" {words.lower()} "
    for code, stems in _table("speakers")["nations"].items():
        if any(stem in folded for stem in stems):
            return str(code)
    return next(
        (code for name, code in _countries().items() if len(name) > 4 and f" {name}" in folded),
        None,
    )


@lru_cache(maxsize=16384)
def state(words: str) -> str | None:
    """Return the country code of a state that speaks as such ("Moscow", "la Russie"), or None."""
    folded = _ARTICLE.sub("", words.lower().strip())
    for code, voices in _table("speakers")["voices"].items():
        if folded in voices:
            return str(code)
    return _countries().get(folded)


@cache
def _countries() -> dict[str, str]:
    """Return country codes by the countries' names in the languages that are read."""
    return {
        name.lower(): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }


@lru_cache(maxsize=16384)
def is_unnamed(words: str | None) -> bool:
    """Tell whether the words name nobody who could be told from another ("two witnesses")."""
    if not words:
        return False
    last = _WORD.findall(words.lower())[-1:]
    return any(last[0].startswith(stem) for stem in _table("speakers")["sets"]["unnamed"] if last)


@lru_cache(maxsize=16384)
def is_institution(name: str) -> bool:
    """Tell whether a name is that of an office, a house or a road rather than somebody's own."""
    return not _institutions().isdisjoint(_WORD.findall(name.lower()))


@cache
def _institutions() -> frozenset[str]:
    return frozenset(_table("speakers")["sets"]["institutions"])


@lru_cache(maxsize=64)
def pattern(topic: str, language: str | None) -> re.Pattern[str] | None:
    """Return the pattern of ``wording.toml`` for a language, or None where there is none."""
    source = _table("wording")[topic].get(language or "")
    return re.compile(rf"(?<!\w)(?:{source})(?!\w)") if source else None


def reason(rule: str) -> str:
    """Return the sentence of a rule, in which braces hold the figures of its evidence."""
    return str(_table("explain")["reasons"].get(rule, rule))


_KIND_OF_REGION = re.compile(r"(?i)\b(?:oblast|region|province|governorate|krai|prefecture)\b")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:l'|la |le |les |the )")
_DIGITS = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d)")


@lru_cache(maxsize=16)
def _numerals(language: str | None) -> tuple[tuple[int, re.Pattern[str]], ...]:
    words = _table("wording")["numbers"].get(language or "", {})
    return tuple((int(n), re.compile(rf"(?<!\w)(?:{source})(?!\w)")) for n, source in words.items())


def numbers_in(folded: str, language: str | None) -> frozenset[int]:
    """Return the numbers up to 9999 in digits, and the small ones in words, of lower-case text."""
    written = {n for n, found in _numerals(language) if found.search(folded)}
    return frozenset(written | {int(digits) for digits in _DIGITS.findall(folded)})


def site(place: Place) -> str:
    """Return the key of a place: its GeoNames id, else region or country, else its name there."""
    if place.precision == "country":
        return f"country:{place.country}"
    if place.precision == "region" and region(place) == _region_named(place.name, place.country):
        return region(place)
    if place.geonames is not None:
        return f"place:{place.geonames}"
    return f"name:{place.country}:{place.admin1 or ''}:{body(place.name)}"


def region(place: Place) -> str:
    """Return the key of the first-level region that a place lies in or is; a sea is one by itself."""
    if place.admin1 is None and place.precision == "region":
        return _region_named(place.name, place.country)
    return _region_named(place.admin1 or "", place.country)


@lru_cache(maxsize=16384)
def _region_named(name: str, country: str | None) -> str:
    words = _KIND_OF_REGION.sub("", name)
    return f"region:{country}:{body(words)}"

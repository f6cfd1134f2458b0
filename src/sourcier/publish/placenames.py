"""Names of places as a page's language spells them: as its sources do, else as Natural Earth lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import simplemma
import translitua

from sourcier.messages import messages
from sourcier.types import Capture, Claim, Place

_TOWNS = ("point", "settlement")
_CYRILLIC = ("uk", "ru")
"""Languages whose names of regions stand in this order among the Cyrillic ones of the gazetteer."""


def place_names(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    """Return the commonest spelling of each place, by `key`, in the sources of one language.

    A French page takes a town of Ukraine that no French source names yet from Ukrainian ones: "Суми" is
    Soumy.
    """
    told = tuple(claims)
    names = _spelled(language, captures, told)
    if language != "fr":
        return names
    towns = (c for c in told if c.place and c.place.country == "UA" and c.place.precision in _TOWNS)
    return {
        place: translitua.translit(name, translitua.UkrainianFrench).replace("ï", "i")
        for place, name in _spelled("uk", captures, towns).items()
    } | names


def _spelled(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    spelled: dict[str, Counter[str]] = {}
    for claim in claims:
        capture = captures.get(claim.capture)
        if not (claim.place and claim.place.text) or not capture or capture.language != language:
            continue  # a place that no word names is where its source speaks from
        if name := _nominative(claim.place.text, language):
            spelled.setdefault(key(claim.place), Counter())[name] += 1
    return {place: counts.most_common(1)[0][0] for place, counts in spelled.items()}


def key(place: Place) -> str:
    """Return what a place is known by."""
    return str(place.geonames or f"{place.name}/{place.admin1}/{place.precision}")


def region_name(place: Place, language: str) -> str | None:
    """Return what a region is called in a language that writes it in Cyrillic; None where unlisted."""
    if place.precision != "region" or language not in _CYRILLIC:
        return None
    names = _regions().get((place.country, place.name)) or _regions().get(
        (place.country, place.admin1)
    )
    return names[min(_CYRILLIC.index(language), len(names) - 1)] if names else None


def names_its_kind(name: str, language: str) -> bool:
    """Tell whether a region's name says what it is ("Сумська область")."""
    rows = messages(language, "sentences").raw("place.region")
    return len(rows) > 1 and re.search(rows[0][0], name) is not None


@cache
def _nominative(name: str, language: str) -> str | None:
    """Return a place name undeclined; None where the language declines it and the form is unknown."""
    if "place.declined" not in messages(language, "sentences"):
        return name
    lemma = str(simplemma.lemmatize(name, lang=language))
    return lemma if lemma[:1].isupper() else None


@cache
def _regions() -> dict[tuple[str | None, str | None], list[str]]:
    """Return the Cyrillic names of each first-level region, by country and name."""
    text = (files("sourcier") / "gazetteer" / "regions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        (row[0][:2], row[3]): found
        for row in rows
        if (found := [name for name in row[-1].split("|") if re.match(r"[\u0400-\u04ff]", name)])
    }

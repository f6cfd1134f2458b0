"""Names of places as a page's language spells them: as its sources do, else as Natural Earth lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import simplemma

from sourcier.messages import messages
from sourcier.types import Capture, Claim, Place

_CYRILLIC = ("uk", "ru")
"""Languages whose names of regions stand in this order among the Cyrillic ones of the gazetteer."""

_FRENCH = {"shch": "chtch", "zh": "j", "sh": "ch", "ch": "tch", "u": "ou"}
_ROMANISED = re.compile("|".join(_FRENCH), re.IGNORECASE)


def place_names(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    """Return the commonest spelling of each place, by `key`, in the sources of one language."""
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


def listed_name(place: Place, language: str) -> str | None:
    """Return what a place is called in a language though no source of that language names it, if known.

    Regions in Cyrillic are listed; the gazetteer's names of Ukraine follow its national romanisation, from
    which French differs by rule: Sumy is Soumy, Zhytomyr Jytomyr.
    """
    if language == "fr" and place.country == "UA":
        return _ROMANISED.sub(lambda found: _french(found[0]), place.name)
    if place.precision != "region" or language not in _CYRILLIC:
        return None
    names = _regions().get((place.country, place.name)) or _regions().get(
        (place.country, place.admin1)
    )
    return names[min(_CYRILLIC.index(language), len(names) - 1)] if names else None


def _french(letters: str) -> str:
    french = _FRENCH[letters.lower()]
    return french if letters.islower() else french.capitalize()


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

"""Choosing: which of the places of one name a text means, by size, country and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, log10, radians

from sourcier.read.document import Document
from sourcier.read.gazetteer import countries_of_zones
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import key
from sourcier.read.lexicon import lexicon
from sourcier.read.places_mentions import Mention, Word, inflected

_NEAR_KM = 150.0
_SIZES = {"region": 20_000, "district": 4_000, "area": 100_000}


@dataclass(slots=True)
class Surroundings:
    """What a text says about where it is set: weights of countries and regions, sure neighbours."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: set[str] = field(default_factory=set)
    neighbours: list[Entry] = field(default_factory=list)


def surroundings(
    document: Document, words: Sequence[Word], mentions: Iterable[Mention]
) -> Surroundings:
    """Return what demonyms, countries, regions and unmistakable places tell of a text."""
    found = Surroundings()
    demonyms = demonym_table(document.language)
    for word in words:
        for form in inflected(word.key, document.language):
            if form in demonyms:
                found.countries[demonyms[form]] += 1
                break
    for mention in mentions:
        _add(found, mention)
    home = countries_of_zones().get(document.zone)
    if home:
        found.countries[home] += 1
    return found


def _add(found: Surroundings, mention: Mention) -> None:
    kinds = {hit.entry.kind for hit in mention.hits}
    codes = {hit.entry.country for hit in mention.hits}
    if kinds == {"country"} or (len(codes) == 1 and "country" not in kinds):
        found.countries[next(iter(codes))] += 1
    if kinds == {"region"} and len(mention.hits) == 1:
        found.regions.add(mention.hits[0].entry.code)
    if len(mention.hits) == 1 and mention.hits[0].entry.population > 0:
        found.neighbours.append(mention.hits[0].entry)


def weigh(hit: Hit, around: Surroundings) -> float:
    """Return how likely a hit is meant, on a scale where ten times the people count 1."""
    entry = hit.entry
    weight = log10(_SIZES.get(entry.kind, entry.population) + 10) + (1.0 if hit.main else 0.0)
    count = around.countries.get(entry.country, 0)
    if count:
        weight += 1.5 + min(count, 4) * 0.25
    if entry.code in around.regions:
        weight += 1.5
    if any(_is_near(entry, other) for other in around.neighbours):
        weight += 1.5
    return weight


def _is_near(entry: Entry, other: Entry) -> bool:
    if entry.geonames == other.geonames or entry.latitude is None or other.latitude is None:
        return False
    assert entry.longitude is not None
    assert other.longitude is not None
    east = (entry.longitude - other.longitude) * cos(radians(entry.latitude))
    return hypot(entry.latitude - other.latitude, east) * 111.2 < _NEAR_KM


@lru_cache(maxsize=16)
def demonym_table(language: str) -> dict[str, str]:
    """Return the countries that adjectives of a language stand for, by the adjective's key."""
    return {key(word): code for word, code in lexicon(language, "places").table("demonym").items()}

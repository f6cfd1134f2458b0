"""Choosing: which of the places of one name a text means, by size, country and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, log10, radians

from sourcier.read.document import Document
from sourcier.read.gazetteer import countries_of_zones
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import WORD, key
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find_of_adjective, inflected
from sourcier.read.places_mentions import Mention, Word
from sourcier.read.places_use import Cues

_SAME_KM, _NEAR_KM = 15.0, 150.0
_NEAR_DEGREES = 1.4
_SURE_NEIGHBOUR = 6.5
_MOST_NEIGHBOURS = 16
_LONGEST_GAP = 16
_TOLD, _HOME = 2, 1
_BREAKS = frozenset('.:;!?»")\n–—')
_SIZES = {"region": 20_000, "district": 20_000, "area": 1_000_000}


@dataclass(slots=True)
class Surroundings:
    """What a text says about where it is set: weights of countries and regions, sure neighbours."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: set[str] = field(default_factory=set)
    neighbours: dict[int, Entry] = field(default_factory=dict)
    weights: dict[tuple[int, bool], float] = field(default_factory=dict)


def surroundings(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention]
) -> Surroundings:
    """Return what demonyms, countries, regions and unmistakable places tell of a text."""
    found = Surroundings()
    demonyms = demonym_table(document.language)
    for word in words:
        for form in inflected(word.key, document.language):
            if form in demonyms:
                found.countries[demonyms[form]] += _TOLD
                break
        if word.upper:
            hits = find_of_adjective(word.key, document.language)
            found.regions |= {hit.entry.code for hit in hits if hit.entry.kind == "region"}
    for mention in mentions:
        _add(found, mention)
    home = countries_of_zones().get(document.zone)
    if home:
        found.countries[home] += _HOME
    add_neighbours(found, mentions)
    return found


def narrowed(document: Document, mentions: Sequence[Mention], known: Cues) -> tuple[Mention, ...]:
    """Return the mentions, those told with their region or country ("Paris, Texas") left to it.

    What a name means in one place of a text it means in the others.
    """
    settled: dict[frozenset[int], tuple[Hit, ...]] = {}
    for mention, after in pairwise(mentions):
        inside = _inside(mention, after)
        if inside and is_container(document, mention, after, known):
            settled[_identity(mention)] = inside
            settled[_identity(after)] = _around(inside, after)
    return tuple(
        replace(mention, hits=settled[identity], contained=True)
        if (identity := _identity(mention)) in settled
        else mention
        for mention in mentions
    )


def is_container(document: Document, mention: Mention, after: Mention, known: Cues) -> bool:
    """Tell whether a mention leads to the next as to its region ("Tripoli, au Liban")."""
    gap = document.text[mention.end : after.start]
    if len(gap) > _LONGEST_GAP or set(gap) & _BREAKS:
        return False
    between = [key(match.group()) for match in WORD.finditer(gap)]
    return all(word in known.locative | known.articles | known.of for word in between)


def _inside(mention: Mention, after: Mention) -> tuple[Hit, ...]:
    units = [hit.entry for hit in after.hits]
    codes = {entry.code for entry in units if entry.kind == "region"}
    countries = {entry.country for entry in units if entry.kind == "country"}
    return tuple(
        hit
        for hit in mention.hits
        if hit.entry.kind in {"settlement", "district", "region"}
        and (hit.entry.code in codes or hit.entry.country in countries)
    )


def _around(inside: tuple[Hit, ...], after: Mention) -> tuple[Hit, ...]:
    """Return the units of a name that hold one of the places inside."""
    codes = {hit.entry.code for hit in inside} | {hit.entry.country for hit in inside}
    units = (hit for hit in after.hits if hit.entry.kind in {"region", "country"})
    return tuple(hit for hit in units if (hit.entry.code or hit.entry.country) in codes)


def _identity(mention: Mention) -> frozenset[int]:
    return frozenset(hit.entry.geonames for hit in mention.hits)


def _add(found: Surroundings, mention: Mention) -> None:
    kinds = {hit.entry.kind for hit in mention.hits}
    codes = {hit.entry.country for hit in mention.hits}
    if kinds == {"country"} or (len(codes) == 1 and "country" not in kinds):
        found.countries[next(iter(codes))] += _TOLD
    if kinds == {"region"} and len(mention.hits) == 1:
        found.regions.add(mention.hits[0].entry.code)


def add_neighbours(found: Surroundings, mentions: Iterable[Mention]) -> None:
    """Put the places that size alone makes sure of into the surroundings of the others."""
    sure: dict[int, Entry] = {}
    for mention in mentions:
        best = max(mention.hits, key=lambda hit: weigh(hit, found))
        if best.entry.kind == "area" and best.entry.country:
            sure[-mention.start] = best.entry
        if best.entry.kind == "settlement" and weigh(best, found) >= _SURE_NEIGHBOUR:
            sure[best.entry.geonames] = best.entry
    for entry in sure.values():
        found.countries[entry.country] += 1
    found.neighbours = dict(list(sure.items())[:_MOST_NEIGHBOURS])
    found.weights.clear()


def weigh(hit: Hit, around: Surroundings) -> float:
    """Return how likely a hit is meant, on a scale where ten times the people count 1."""
    known = (hit.entry.geonames, hit.main)
    weight = around.weights.get(known) if hit.entry.geonames else None
    if weight is None:
        weight = around.weights[known] = _weight(hit, around)
    return weight


def _weight(hit: Hit, around: Surroundings) -> float:
    entry = hit.entry
    weight = log10(_SIZES.get(entry.kind, entry.population) + 10) + (1.0 if hit.main else 0.0)
    count = around.countries.get(entry.country, 0)
    if count:
        weight += 1.5 + min(count, 8) * 0.125
    if entry.code in around.regions:
        weight += 1.5
    if entry.kind == "settlement" and any(
        _is_near(entry, other) for other in around.neighbours.values()
    ):
        weight += 1.5
    return weight


def _is_near(entry: Entry, other: Entry) -> bool:
    if entry.geonames == other.geonames or entry.latitude is None or other.latitude is None:
        return False
    assert entry.longitude is not None
    assert other.longitude is not None
    if abs(entry.latitude - other.latitude) > _NEAR_DEGREES:
        return False
    east = (entry.longitude - other.longitude) * cos(radians(entry.latitude))
    distance = hypot(entry.latitude - other.latitude, east) * 111.2
    return _SAME_KM < distance < _NEAR_KM


@lru_cache(maxsize=16)
def demonym_table(language: str) -> dict[str, str]:
    """Return the countries that adjectives of a language stand for, by the adjective's key."""
    return {key(word): code for word, code in lexicon(language, "places").table("demonym").items()}

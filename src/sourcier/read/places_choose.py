"""Choosing: which of the places of one name a text means, by size, country and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, inf, log10, radians

from sourcier.read.document import Document
from sourcier.read.gazetteer import countries_of_zones
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import WORD, key
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find_of_adjective, inflected
from sourcier.read.places_mentions import Mention, Word
from sourcier.read.places_use import Cues

_STEPS = ((30.0, 2.0), (150.0, 1.5))
_FAR_DEGREES = 1.4
_SURE_NEIGHBOUR = 6.0
_MOST_NEIGHBOURS = 16
_LONGEST_GAP = 16
_BREAKS = frozenset('.:;!?»")\n–—')
_MAIN, _HINT = 0.5, 1.0
_SIZES = {"region": 20_000, "district": 20_000, "area": 1_000_000}


@dataclass(slots=True)
class Surroundings:
    """What a text says about where it is set.

    `countries` counts those it names, `hints` are those of its outlet and of its large towns.
    """

    countries: Counter[str] = field(default_factory=Counter)
    regions: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    neighbours: dict[int, Entry] = field(default_factory=dict)


def surroundings(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention]
) -> Surroundings:
    """Return what demonyms, countries, regions and unmistakable places tell of a text."""
    found = Surroundings()
    demonyms = demonym_table(document.language)
    for word in words:
        for form in inflected(word.key, document.language):
            if form in demonyms:
                found.countries[demonyms[form]] += 1
                break
        if word.upper:
            hits = find_of_adjective(word.key, document.language)
            found.regions |= {hit.entry.code for hit in hits if hit.entry.kind == "region"}
    for mention in mentions:
        _add(found, mention)
    home = countries_of_zones().get(document.zone)
    if home:
        found.hints.add(home)
    add_neighbours(found, mentions)
    return found


def narrowed(document: Document, mentions: Sequence[Mention], known: Cues) -> tuple[Mention, ...]:
    """Return the mentions, those told with their region or country ("Paris, Texas") left to it.

    What a name means in one place of a text it means in the others.
    """
    own: dict[int, tuple[Hit, ...]] = {}
    for mention, after in pairwise(mentions):
        inside = _inside(mention, after)
        if inside and is_container(document, mention, after, known):
            own[mention.first] = inside
            own[after.first] = _around(inside, after)
    shared = _unanimous(mentions, own)
    return tuple(
        replace(mention, hits=hits, contained=True)
        if (hits := own.get(mention.first) or shared.get(_identity(mention)))
        else mention
        for mention in mentions
    )


def _unanimous(
    mentions: Sequence[Mention], own: dict[int, tuple[Hit, ...]]
) -> dict[frozenset[int], tuple[Hit, ...]]:
    """Return the readings of those names that a text settles in one way only."""
    readings: dict[frozenset[int], set[tuple[Hit, ...]]] = {}
    for mention in mentions:
        if mention.first in own:
            readings.setdefault(_identity(mention), set()).add(own[mention.first])
    return {name: next(iter(found)) for name, found in readings.items() if len(found) == 1}


def is_container(document: Document, mention: Mention, after: Mention, known: Cues) -> bool:
    """Tell whether a mention leads to the next as to its region ("Tripoli, au Liban")."""
    gap = document.text[mention.end : after.start]
    if len(gap) > _LONGEST_GAP or set(gap) & _BREAKS:
        return False
    between = [key(match.group()) for match in WORD.finditer(gap)]
    return all(word in known.locative | known.articles | known.of for word in between)


def _inside(mention: Mention, after: Mention) -> tuple[Hit, ...]:
    units = [hit.entry for hit in after.hits]
    codes = {entry.code for entry in units if entry.kind in {"region", "district"}}
    countries = {entry.country for entry in units if entry.kind == "country"}
    return tuple(
        hit
        for hit in mention.hits
        if hit.entry.kind in {"settlement", "district", "region"}
        and hit not in after.hits
        and (hit.entry.code in codes or hit.entry.country in countries)
    )


def _around(inside: tuple[Hit, ...], after: Mention) -> tuple[Hit, ...]:
    """Return the units of a name that hold one of the places inside."""
    codes = {hit.entry.code for hit in inside} | {hit.entry.country for hit in inside}
    units = (hit for hit in after.hits if hit.entry.kind in {"region", "district", "country"})
    return tuple(hit for hit in units if (hit.entry.code or hit.entry.country) in codes)


def _identity(mention: Mention) -> frozenset[int]:
    return frozenset(hit.entry.geonames for hit in mention.hits)


def _add(found: Surroundings, mention: Mention) -> None:
    kinds = {hit.entry.kind for hit in mention.hits}
    codes = {hit.entry.country for hit in mention.hits}
    if kinds == {"country"} or (len(codes) == 1 and "country" not in kinds):
        found.countries[next(iter(codes))] += 1
    if kinds == {"region"} and len(mention.hits) == 1:
        found.regions.add(mention.hits[0].entry.code)


def add_neighbours(found: Surroundings, mentions: Iterable[Mention]) -> None:
    """Put the places that size alone makes sure of into the surroundings of the others."""
    sure: dict[int, Entry] = {}
    for mention in mentions:
        best = likeliest(mention.hits, found)
        if best.entry.kind == "area" and best.entry.country:
            sure[-mention.start] = best.entry
        if best.entry.kind == "settlement" and weigh(best, found) >= _SURE_NEIGHBOUR:
            sure[best.entry.geonames] = best.entry
    found.hints |= {entry.country for entry in sure.values() if not entry.capital}
    found.neighbours = dict(list(sure.items())[:_MOST_NEIGHBOURS])


def likeliest(hits: Sequence[Hit], around: Surroundings) -> Hit:
    """Return the hit that a text most likely means."""
    if len(hits) == 1:
        return hits[0]
    rivals = {hit.entry.geonames for hit in hits}
    near = [entry for number, entry in around.neighbours.items() if number not in rivals]
    return max(hits, key=lambda hit: weigh(hit, around) + _nearness(hit.entry, near))


def weigh(hit: Hit, around: Surroundings) -> float:
    """Return how likely a hit is meant, on a scale where ten times the people count 1."""
    entry = hit.entry
    weight = log10(_SIZES.get(entry.kind, entry.population) + 10) + (_MAIN if hit.main else 0.0)
    count = around.countries.get(entry.country, 0)
    if count:
        weight += 1.5 + min(count, 4) * 0.25
    elif entry.country in around.hints:
        weight += _HINT
    if entry.code in around.regions:
        weight += 1.5
    return weight


def _nearness(entry: Entry, neighbours: Iterable[Entry]) -> float:
    """Return what it counts that a place lies near one that the text names for sure."""
    if entry.kind != "settlement" or entry.latitude is None or entry.longitude is None:
        return 0.0
    return max((_step(_km(entry, other)) for other in neighbours), default=0.0)


def _step(distance: float) -> float:
    return next((bonus for limit, bonus in _STEPS if distance < limit), 0.0)


def _km(entry: Entry, other: Entry) -> float:
    """Return a rough distance, good enough below some hundred kilometres."""
    if None in {entry.latitude, entry.longitude, other.latitude, other.longitude}:
        return inf
    north = (entry.latitude or 0.0) - (other.latitude or 0.0)
    if abs(north) > _FAR_DEGREES:
        return inf
    east = ((entry.longitude or 0.0) - (other.longitude or 0.0)) * cos(
        radians(entry.latitude or 0.0)
    )
    return hypot(north, east) * 111.2


@lru_cache(maxsize=16)
def demonym_table(language: str) -> dict[str, str]:
    """Return the countries that adjectives of a language stand for, by the adjective's key."""
    return {key(word): code for word, code in lexicon(language, "places").table("demonym").items()}

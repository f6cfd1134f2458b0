"""Choosing: which of the places of one name a text means, by size, country and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, inf, log10, radians

from sourcier.read.document import Document
from sourcier.read.gazetteer import countries_of_zones
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import key
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find_of_adjective, inflected
from sourcier.read.places_mentions import Identity, Mention, Word

_STEPS = ((30.0, 2.0), (150.0, 1.5))
_FAR_DEGREES = 1.4
_SURE_NEIGHBOUR = 6.0
_MOST_NEIGHBOURS = 16
_MAIN, _CAPITAL, _HINT, _SEAT = 1.0, 1.0, 1.0, 0.5
_NAMED, _SHARE, _IN_REGION = 1.0, 1.5, 1.5
_MOST, _HALF = 2.0, 0.5
_COUNTRY = 10_000_000  # at least, beside a foreign region of its name
_DISTRICT = 100_000
_REGION = 1_000_000  # of this size as a rule; names in other languages are often a town's as well
_METROPOLIS, _TOWN = 1_000_000, 100_000
_UNCOUNTED = 1_000  # the gazetteer lists seats of communes even where it has no count
_SIZES = {"region": 20_000, "district": 20_000, "area": 1_000_000}


@dataclass(slots=True)
class Surroundings:
    """What a text says about where it is set.

    `countries` counts those it names, `own` what each name counted for its own country, `hints` are
    those of its outlet and of its large towns, `seats` those of its capitals, `home` is the outlet's.
    """

    countries: Counter[str] = field(default_factory=Counter)
    own: dict[Identity, Counter[str]] = field(default_factory=dict)
    regions: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    neighbours: dict[int | str, Entry] = field(default_factory=dict)
    votes: dict[str, float] = field(default_factory=dict)
    home: str | None = None

    def named(self, country: str, besides: Identity) -> int:
        """Return how often a text names a country by other names than one of its own."""
        own = self.own.get(besides)
        return self.countries[country] - (own[country] if own else 0)

    def total(self, besides: Identity) -> int:
        """Return how often a text names any country by other names than one, at least 1."""
        own = self.own.get(besides)
        return max(1, self.countries.total() - (own.total() if own else 0))


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
    found.votes = _votes(mentions)
    found.home = countries_of_zones().get(document.zone)
    found.hints |= {found.home} if found.home else set()
    add_neighbours(found, mentions)
    return found


def _add(found: Surroundings, mention: Mention) -> None:
    kinds = {hit.entry.kind for hit in mention.hits}
    codes = {hit.entry.country for hit in mention.hits}
    if kinds == {"country"} or (len(codes) == 1 and "country" not in kinds):
        found.countries.update(codes)
        found.own.setdefault(mention.identity, Counter()).update(codes)
    if kinds == {"region"} and len(mention.hits) == 1:
        found.regions.add(mention.hits[0].entry.code)


def _votes(mentions: Iterable[Mention]) -> dict[str, float]:
    """Return how many names of a text each region could hold; a name of n regions counts 1/n for each."""
    votes: dict[str, float] = {}
    for hits in {mention.identity: mention.hits for mention in mentions}.values():
        codes = _codes(hits)
        for code in codes:
            votes[code] = votes.get(code, 0.0) + 1 / len(codes)
    return votes


def _codes(hits: Sequence[Hit]) -> set[str]:
    return {hit.entry.code or hit.entry.country for hit in hits}


def add_neighbours(found: Surroundings, mentions: Iterable[Mention]) -> None:
    """Put the places that size alone makes sure of into the surroundings of the others."""
    sure: dict[int | str, Entry] = {}
    for mention in mentions:
        best = likeliest(mention.hits, found, mention.identity)
        if best.entry.kind == "area" and best.entry.country:
            sure[-mention.start] = best.entry
        if (
            best.entry.kind == "settlement"
            and weigh(best, found, mention.identity) >= _SURE_NEIGHBOUR
        ):
            sure[best.entry.id] = best.entry
    found.hints |= {entry.country for entry in sure.values() if not entry.capital}
    found.seats |= {entry.country for entry in sure.values() if entry.capital}
    found.neighbours = dict(list(sure.items())[:_MOST_NEIGHBOURS])


def likeliest(hits: Sequence[Hit], around: Surroundings, name: Identity) -> Hit:
    """Return the hit that a text most likely means; what the `name` itself tells counts not for it."""
    if len(hits) == 1:
        return hits[0]
    hits = _without_obscure(hits, around.home)
    rivals = {hit.entry.id for hit in hits}
    near = [entry for number, entry in around.neighbours.items() if number not in rivals]
    own = 1 / len(_codes(hits))
    return max(
        hits,
        key=lambda hit: (
            weigh(hit, around, name) + _nearness(hit.entry, near) + _elected(hit, around, own)
        ),
    )


def _without_obscure(hits: Sequence[Hit], home: str | None) -> Sequence[Hit]:
    """Leave a metropolis out of reach of its small namesakes, but of those in the outlet's country."""
    if home is None or not any(is_metropolis(hit.entry) for hit in hits):
        return hits
    return [hit for hit in hits if not _is_small(hit.entry) or hit.entry.country == home]


def is_metropolis(entry: Entry) -> bool:
    """Tell whether a town is known the world over."""
    return entry.kind == "settlement" and (entry.capital or entry.population >= _METROPOLIS)


def _is_small(entry: Entry) -> bool:
    return entry.kind == "settlement" and entry.population < _TOWN and not entry.capital


def _elected(hit: Hit, around: Surroundings, own: float) -> float:
    """Return what it counts that other names of the text could lie in the same region."""
    if not hit.entry.code:
        return 0.0
    votes = max(0.0, around.votes.get(hit.entry.code, 0.0) - own)
    return _MOST * votes / (votes + _HALF)


def weigh(hit: Hit, around: Surroundings, name: Identity) -> float:
    """Return how likely a hit is meant, on a scale where ten times the people count 1."""
    entry = hit.entry
    weight = log10(_size(hit) + 10) + _MAIN * _is_familiar(hit) + _CAPITAL * entry.capital
    count = around.named(entry.country, name)
    if count:
        weight += _NAMED + _SHARE * count / around.total(name)
    elif entry.country in around.hints:
        weight += _HINT
    elif entry.country in around.seats:
        weight += _SEAT
    if entry.code in around.regions:
        weight += _IN_REGION
    return weight


def _is_familiar(hit: Hit) -> bool:
    """Tell whether readers know a place by this name: its main one, or any of a large town."""
    return hit.main or hit.entry.population >= _METROPOLIS


def _size(hit: Hit) -> int:
    """Return the people of a place, for units what they weigh beside towns."""
    entry = hit.entry
    if entry.kind == "country":
        return max(entry.population, _COUNTRY)
    if entry.kind in {"region", "district"} and hit.main:
        return _REGION if entry.kind == "region" else _DISTRICT
    return _SIZES.get(entry.kind) or entry.population or _UNCOUNTED


def _nearness(entry: Entry, neighbours: Iterable[Entry]) -> float:
    """Return what it counts that a place lies near one that the text names for sure."""
    if entry.kind != "settlement" or entry.latitude is None or entry.longitude is None:
        return 0.0
    return max((_step(distance(entry, other)) for other in neighbours), default=0.0)


def _step(distance: float) -> float:
    return next((bonus for limit, bonus in _STEPS if distance < limit), 0.0)


def distance(entry: Entry, other: Entry) -> float:
    """Return a rough distance in kilometres, good enough below some hundred of them, else infinity."""
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

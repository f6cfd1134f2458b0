"""Containment: names told with their region or country ("Paris, Texas") are left to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import inf

from sourcier.read.document import Document
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import WORD, key
from sourcier.read.places_choose import distance
from sourcier.read.places_mentions import Mention
from sourcier.read.places_use import Cues

_LONGEST_GAP = 32
_HYPHENS = frozenset("-‑")
_BREAKS = frozenset('.:;!?»")\n–—/')


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
        if (hits := own.get(mention.first) or shared.get(mention.identity))
        else mention
        for mention in mentions
    )


def _unanimous(
    mentions: Sequence[Mention], own: dict[int, tuple[Hit, ...]]
) -> dict[frozenset[int | str], tuple[Hit, ...]]:
    """Return the readings of those names that a text settles in one way only."""
    readings: dict[frozenset[int | str], set[tuple[Hit, ...]]] = {}
    for mention in mentions:
        if mention.first in own:
            readings.setdefault(mention.identity, set()).add(own[mention.first])
    return {name: next(iter(found)) for name, found in readings.items() if len(found) == 1}


def is_container(document: Document, mention: Mention, after: Mention, known: Cues) -> bool:
    """Tell whether a mention leads to the next as to its region ("Tripoli, au Liban")."""
    gap = document.text[mention.end : after.start]
    if len(gap) > _LONGEST_GAP or gap in _HYPHENS or set(gap) & _BREAKS:
        return False
    between = [key(match.group()) for match in WORD.finditer(gap)]
    return all(word in _linking(known) for word in between)


@lru_cache(maxsize=16)
def _linking(known: Cues) -> frozenset[str]:
    """Return the words that may part a place from its country ("X, in the north-east of Y")."""
    return known.locative | known.articles | known.of | known.compass


def _inside(mention: Mention, after: Mention) -> tuple[Hit, ...]:
    """Return what a name has in the units of the next, nothing where two regions are listed."""
    if _is_listed(mention, after):
        return ()
    units = [hit.entry for hit in after.hits]
    codes = {entry.code for entry in units if entry.kind in {"region", "district"}}
    countries = {entry.country for entry in units if entry.kind == "country"}
    inside = tuple(
        hit
        for hit in mention.hits
        if hit.entry.kind in {"settlement", "district", "region"}
        and hit not in after.hits
        and (hit.entry.code in codes or hit.entry.country in countries)
    )
    return _nearest(inside, units) if {one.kind for one in units} == {"district"} else inside


def _nearest(hits: tuple[Hit, ...], districts: Sequence[Entry]) -> tuple[Hit, ...]:
    """Return the hit that lies nearest to the middle of a district: of namesakes in a region, one."""
    away = {hit: min(distance(hit.entry, one) for one in districts) for hit in hits}
    near = min(away.values(), default=inf)
    return hits if near == inf else tuple(hit for hit in hits if away[hit] == near)


def _is_listed(mention: Mention, after: Mention) -> bool:
    """Tell whether two names of regions follow each other ("Oklahoma, Pennsylvania, Ohio")."""
    kinds = [{hit.entry.kind for hit in one.hits} for one in (mention, after)]
    other = mention.identity != after.identity and not after.short
    return other and all("region" in kind and "country" not in kind for kind in kinds)


def _around(inside: tuple[Hit, ...], after: Mention) -> tuple[Hit, ...]:
    """Return the units of a name that hold one of the places inside."""
    codes = {hit.entry.code for hit in inside} | {hit.entry.country for hit in inside}
    units = (hit for hit in after.hits if hit.entry.kind in {"region", "district", "country"})
    return tuple(hit for hit in units if (hit.entry.code or hit.entry.country) in codes)

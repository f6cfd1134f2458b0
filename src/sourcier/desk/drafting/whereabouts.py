"""Places as an editor names them, in any spelling of the gazetteer. Pure."""

from __future__ import annotations

from functools import lru_cache

from sourcier.read.fold import fold
from sourcier.read.gazetteer import country, gazetteer
from sourcier.read.gazetteer_index import Entry
from sourcier.read.gazetteer_names import keys
from sourcier.types import Place

_FIRST = ("country", "settlement", "region", "district", "area")
"""What a name means first: Soumy is the town; who means its region says so."""


@lru_cache(1024)
def called(name: str) -> Entry | None:
    """Return the country, town or region that goes by a name (or a country code); the largest of its kind."""
    if len(name) == 2 and name.isascii() and (known := country(name.upper())):
        return known
    found = [hit.entry for hit in gazetteer().find(keys(name))]
    return min(found, key=lambda e: (_FIRST.index(e.kind), -e.population), default=None)


def lies_in(place: Place | None, name: str) -> bool:
    """Tell whether a place is the one called `name`, or lies in it."""
    if place is None:
        return False
    meant = called(name)
    if meant is None:
        return fold(name) in {fold(each) for each in (place.name, place.admin1) if each}
    if meant.kind == "country":
        return place.country == meant.country
    if meant.kind == "region" and (place.country, place.admin1) == (meant.country, meant.name):
        return True
    return bool(meant.geonames) and place.geonames == meant.geonames

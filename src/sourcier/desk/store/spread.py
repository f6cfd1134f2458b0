"""Where the events of a story are: what a map of the wall is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from sourcier.desk.finding.sieve import Sieve
from sourcier.desk.store import sifting

MOST = 2000
"""How many spots a map is given, those with the most events."""


@dataclass(frozen=True, slots=True)
class Spot:
    """How many events of a type were at one place, and from how many origins the best known is.

    `event` is one of them: the only one, where `number` is 1.
    """

    type: str
    place: str
    country: str
    at: tuple[float, float]
    number: int
    origins: int
    event: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Where events are, the most of them first, and how many are nowhere exactly."""

    spots: tuple[Spot, ...]
    nowhere: int


def spread(slug: str, sieve: Sieve, *, user: str = "") -> Spread:
    """Return where the events are that pass the `sieve`, on whichever page of the wall."""
    passing = sifting.sifted(slug, sieve.first(), sifting.moved(slug, user)).order_by()
    placed = passing.exclude(longitude=None).exclude(latitude=None)
    grouped = placed.values_list("type", "place", "country", "longitude", "latitude")
    counted = grouped.annotate(n=Count("pk"), most=Max("origins"), one=Max("key"))
    rows = counted.order_by("-n", "longitude", "latitude", "place", "type")
    spots = tuple(
        Spot(kind, place, country, (east, north), number, origins, event)
        for kind, place, country, east, north, number, origins, event in rows[:MOST]
    )
    return Spread(spots, passing.filter(longitude=None).count())

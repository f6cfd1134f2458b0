"""What is where: the places of a story's standing entries, and the alerts in force there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from sourcier.publish import outlines
from sourcier.publish.placenames import key, region_rows
from sourcier.publish.strip import open_at
from sourcier.publish.view import View
from sourcier.types import AlertInterval, Entry, Place

Family = Literal["happening", "said"]
"""What is told of a place: that something happened, or that something was said or ordered."""
_NOT_SAID = ("alert", "toll")
_APART = ("background", "correction", "recap", "retraction")
_SETTLED = ("point", "settlement", "district")


@dataclass(slots=True)
class Spot:
    """A place, the entries that place news in it, newest first, and its alerts in force.

    `unit` is the ISO 3166-2 code of the first-level unit around it, "" where none is known.
    """

    key: str
    place: Place
    unit: str
    entries: list[Entry] = field(default_factory=list)
    alerts: list[AlertInterval] = field(default_factory=list)

    @property
    def country(self) -> str:
        """The ISO 3166-1 code of its country, "" where unknown."""
        return self.place.country or ""

    @property
    def at(self) -> tuple[float, float]:
        """Longitude and latitude; (0, 0) where unknown."""
        return self.place.longitude or 0.0, self.place.latitude or 0.0

    @property
    def settled(self) -> bool:
        """Tell whether the place is a dot on a map: a town, or what is no larger than a district."""
        return self.place.precision in _SETTLED and self.place.latitude is not None

    def kinds(self, view: View) -> Counter[str]:
        """Return how many events of each kind its entries tell, as words of the page."""
        events = {entry.event or entry.id: entry for entry in reversed(self.entries)}
        return Counter(_kind(view, entry) for entry in events.values())

    def family(self, view: View) -> Family:
        """Return what its sign shows: something happened, where one of its events is that."""
        told = any(
            _type(view, entry) in _NOT_SAID or _happens(view, entry) for entry in self.entries
        )
        return "happening" if told or not self.entries else "said"


def spots(view: View) -> list[Spot]:
    """Return the places of a story, those of the newest entries first."""
    found: dict[str, Spot] = {}
    for entry, place in _placed(view):
        spot = _at(found, place)
        if entry not in spot.entries:
            spot.entries.append(entry)
    for alert in view.story.alerts:
        if alert.place and open_at(alert, view.story.now):
            _at(found, alert.place).alerts.append(alert)
    return list(found.values())


def bare_name(view: View, place: Place) -> str:
    """Return a place's name without the word for what it is: "Sumy", which a map shows to be a region."""
    name = view.place_name(place)
    for word in view.words.listed("map.kinds"):
        name = name.removesuffix(f" {word}").removeprefix(
            word if word.endswith("’") else f"{word} "
        )
    return name


def full_name(view: View, place: Place) -> str:
    """Return a place's name with what it is, where a town has the same: "Sumy (region)"."""
    name, sort = view.place_name(place), f"map.sort.{place.precision}"
    if sort not in view.words:
        return name
    kind = view.words(sort, place="").strip(" ()")
    return name if name.endswith(kind) else view.words(sort, place=bare_name(view, place))


def unit_of(place: Place) -> str:
    """Return the first-level unit that a place is or lies in, "" where none is known."""
    if place.precision == "country" or place.longitude is None or place.latitude is None:
        return ""
    return outlines.unit_at(place.country or "", place.longitude, place.latitude) or ""


@cache
def regions(country: str) -> dict[str, Place]:
    """Return a country's first-level regions, as the gazetteer names them, by their ISO 3166-2 codes."""
    rows = (row for row in region_rows() if row[0][:2] == country and row[2] == "1" and row[4])
    places = (_region(row) for row in rows)
    return {unit: place for place in places if (unit := unit_of(place))}


def _region(row: tuple[str, ...]) -> Place:
    return Place(
        text="",
        span=(0, 0),
        name=row[3],
        geonames=int(row[1]) or None,
        country=row[0][:2],
        admin1=row[3],
        latitude=float(row[4]),
        longitude=float(row[5]),
        precision="region",
    )


def _placed(view: View) -> Iterator[tuple[Entry, Place]]:
    for entry in view.feed:
        if entry.state == "retracted" or entry.kind in _APART:
            continue
        for claim in view.claims(entry.claims):
            if claim.place and claim.role == "news":
                yield entry, claim.place
        if entry.place:
            yield entry, entry.place


def _at(found: dict[str, Spot], place: Place) -> Spot:
    """Return the spot of a place, made where there is none; a region is known by its unit."""
    unit = unit_of(place)
    own = unit if unit and place.precision == "region" else key(place)
    return found.setdefault(own, Spot(own, place, unit))


def _type(view: View, entry: Entry) -> str:
    event = view.story.events.get(entry.event or "")
    return event.type if event else entry.kind


def _happens(view: View, entry: Entry) -> bool:
    return f"type.{_type(view, entry)}" in view.words


def _kind(view: View, entry: Entry) -> str:
    known = (f"type.{_type(view, entry)}", f"kind.{_type(view, entry)}", f"kind.{entry.kind}")
    return view.words(next(one for one in known if one in view.words))

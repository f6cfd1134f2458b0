"""Which views the map page has: a story's places, the country that most of them are in, its regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sourcier.publish import outlines
from sourcier.publish.frame import Frame, filled, surroundings
from sourcier.publish.land import unit_box
from sourcier.publish.links import anchor
from sourcier.publish.spots import Spot, bare_name, full_name, regions
from sourcier.publish.view import View

WIDTH, HEIGHT = 720, 500
FAR = 8
"""Regions off the main map that have views of their own."""
WHOLE = "v-all"
"""The id of the view of the whole country."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which views there are of a story's places: its `home` country, the main frame, the units shown."""

    view: View
    home: str
    main: Frame
    spots: tuple[Spot, ...]
    units: tuple[str, ...]

    @property
    def settled(self) -> list[Spot]:
        """The places that are dots, those that most is told of first."""
        return sorted((s for s in self.spots if s.settled), key=lambda s: -len(s.entries))

    @property
    def detailed(self) -> list[str]:
        """The countries whose units have names on the map."""
        return list(dict.fromkeys((self.home, *(s.country for s in self.spots if s.unit))))

    @property
    def alarmed(self) -> frozenset[str]:
        """The units that are under alert as a whole."""
        return frozenset(s.unit for s in self.spots if s.alerts and s.place.precision == "region")

    def place_view(self, spot: Spot) -> str:
        """Return the id of the view of a place, "" where it has none."""
        if spot.place.precision == "region":
            return self.unit_view(spot.unit)
        shown = spot.settled and (spot.unit in self.units or self.main.holds(spot.at))
        return anchor(spot.key, "v") if shown else ""

    def unit_view(self, unit: str) -> str:
        """Return the id of the view of a unit, "" where it has none."""
        return anchor(unit, "v") if unit in self.units else ""

    def unit_name(self, unit: str) -> str:
        """Return what a unit is called in the page's language; its code where no name is known."""
        place = regions(outlines.country_of_unit(unit)).get(unit)
        return full_name(self.view, place) if place else unit

    def bare(self, unit: str) -> str:
        """Return a unit's name as the map shows it, its code where none is known."""
        place = regions(outlines.country_of_unit(unit)).get(unit)
        return bare_name(self.view, place) if place else unit


def plan(view: View, found: Iterable[Spot]) -> Plan | None:
    """Return the views of a story's places, null where none of them can be drawn."""
    spots = tuple(found)
    located = [spot for spot in spots if spot.unit or spot.settled]
    home = _home(located or spots)
    if home is None:
        return None
    main = filled(surroundings(home, [(s.country, s.at) for s in located]), WIDTH, HEIGHT)
    units = list(dict.fromkeys(s.unit for s in located if s.unit and unit_box(s.unit)))
    too_far = [unit for unit in units if not on(main, unit)][FAR:]
    made = Plan(view, home, main, spots, ())
    shown = sorted((unit for unit in units if unit not in too_far), key=made.unit_name)
    return replace(made, units=tuple(shown))


def _home(spots: Iterable[Spot]) -> str | None:
    """Return the country that most entries place news in, of those that have outlines."""
    counted: Counter[str] = Counter()
    for spot in spots:
        counted[spot.country] += max(1, len(spot.entries))
    return next((code for code, _ in counted.most_common() if outlines.country(code)), None)


def on(frame: Frame, unit: str) -> bool:
    """Tell whether the middle of a unit is in a frame."""
    west, east, south, north = unit_box(unit) or (0, 0, 0, 0)
    return frame.holds(((west + east) / 2, (south + north) / 2))

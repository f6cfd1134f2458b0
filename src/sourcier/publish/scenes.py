"""The views of the map page: the whole country, each region of the story, each of its places.

::

    spots -> Plan (which views there are) -> Scene (one view: its ground, areas) -> Layer (its signs)

Every view is a part of the same ground.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcier.publish import outlines
from sourcier.publish.frame import Box, Frame, Point, box, filled
from sourcier.publish.land import FINENESS, Land, land, unit_box
from sourcier.publish.links import anchor
from sourcier.publish.maplayers import SIZES, Layer, layer
from sourcier.publish.mapplan import HEIGHT, WHOLE, WIDTH, Plan, on
from sourcier.publish.spots import Spot, full_name

CLOSE = 0.6
"""Degrees of latitude shown on each side of a place."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One view. `box` is what of the `land` it shows; hatches keep their pitch by `hatch`.

    `areas` are units and what they are: "an" where news is, "aa" where an alert is in force.
    """

    id: str
    title: str
    up: tuple[tuple[str, str], ...]
    land: Land
    box: str
    hatch: str
    areas: tuple[tuple[str, str], ...]
    layers: tuple[Layer, ...]
    spots: tuple[Spot, ...]


def scenes(made: Plan) -> Iterator[Scene]:
    """Yield the whole country, then each region followed by its places, then places in no known region."""
    view = made.view
    title, ground = view.words("map.whole", country=view.words.country(made.home)), _ground(made)
    yield scene(made, WHOLE, title, (), ground, made.main, made.spots)
    top = ((f"#{WHOLE}", title),)
    for unit in made.units:
        frame = _unit_frame(unit)
        within = tuple(s for s in made.spots if s.unit == unit)
        own = ground if on(made.main, unit) else _far_ground(unit, frame)
        name, key = made.unit_name(unit), made.unit_view(unit)
        yield scene(made, key, name, top, own, frame, within)
        yield from _places(made, (*top, (f"#{key}", name)), own, within)
    rest = tuple(s for s in made.spots if s.unit not in made.units)
    yield from _places(made, top, ground, rest)


def _places(
    made: Plan, up: tuple[tuple[str, str], ...], ground: Land, spots: tuple[Spot, ...]
) -> Iterator[Scene]:
    for spot in sorted(spots, key=lambda s: made.view.place_name(s.place)):
        if spot.settled and (key := made.place_view(spot)):
            name = full_name(made.view, spot.place)
            yield scene(made, key, name, up, ground, _close_frame(spot.at), (spot,))


def scene(
    made: Plan,
    key: str,
    title: str,
    up: tuple[tuple[str, str], ...],
    ground: Land,
    frame: Frame,
    spots: tuple[Spot, ...],
) -> Scene:
    """Return one view: `spots` are the places that it is about; all those in its frame are drawn."""
    west, east, south, north = (degrees * FINENESS for degrees in frame.box)
    across, down = (east - west) / WIDTH, (north - south) / HEIGHT
    return Scene(
        id=key,
        title=title,
        up=up,
        land=ground,
        box=f"{west:.1f} {-north:.1f} {east - west:.1f} {north - south:.1f}",
        hatch=f"scale({across:.4f} {down:.4f})",
        areas=tuple(_areas(made.spots)),
        layers=tuple(layer(made, key, frame, name, size) for name, size in SIZES),
        spots=spots,
    )


def _areas(spots: Iterable[Spot]) -> Iterator[tuple[str, str]]:
    for spot in spots:
        if spot.place.precision == "region" and spot.unit:
            if spot.entries:
                yield spot.unit, "an"
            if spot.alerts:
                yield spot.unit, "aa"


def _ground(made: Plan) -> Land:
    return land("w", made.main.box, made.home)


def _far_ground(unit: str, frame: Frame) -> Land:
    return land(anchor(unit, "w"), _grown(frame.box, 0.5), outlines.country_of_unit(unit))


def _unit_frame(unit: str) -> Frame:
    shown = unit_box(unit) or (0, 1, 0, 1)
    return filled(_grown(shown, 0.08), WIDTH, HEIGHT)


def _close_frame(at: Point) -> Frame:
    across = CLOSE / math.cos(math.radians(at[1]))
    corners = [(at[0] - across, at[1] - CLOSE), (at[0] + across, at[1] + CLOSE)]
    return filled(box(corners), WIDTH, HEIGHT)


def _grown(shown: Box, part: float) -> Box:
    west, east, south, north = shown
    across, down = (east - west) * part, (north - south) * part
    return west - across, east + across, south - down, north + down

"""The signs and names of one view of the map page.

They are set twice, for wide and for narrow screens, on which letters need more of the map; the style sheet
shows one of the two.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from sourcier.publish import outlines
from sourcier.publish.frame import Frame, Point
from sourcier.publish.land import rooms, unit_box
from sourcier.publish.mapnames import Name, Names
from sourcier.publish.mapplan import WHOLE, Plan
from sourcier.publish.spots import Family, Spot, bare_name, full_name

SIZES = (("wide", 1.0), ("narrow", 2.4))
"""How large signs and letters are on wide and on narrow screens, in the map's units."""
ALARMED, TOLD, OTHER = 0.4, 0.6, 0.85
"""What part of a name must lie on a region under alert, on one that the story is about, on any other."""
PIN = 12
"""Radius of a pin; pins closer than their width stand as one."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One place, or several that are too close together here (`many`); `href` leads in, or to an entry."""

    x: float
    y: float
    family: Family
    count: int
    many: bool
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Layer:
    """Signs and names for one width of screen; names come with the address of a closer view, or ""."""

    name: str
    halos: tuple[Point, ...]
    pins: tuple[Pin, ...]
    names: tuple[tuple[Name, str, str], ...]


def layer(made: Plan, key: str, frame: Frame, name: str, size: float) -> Layer:
    """Return the signs and names of the view `key`, which shows this frame."""
    shown = [spot for spot in made.settled if frame.holds(spot.at)]
    groups = _gathered(frame, shown, 2 * PIN * size + 2 * size)
    names = Names(frame, [frame.at(group[0].at) for group in groups], size, PIN + 6)
    placed = [
        *_unit_names(
            made, key, frame, names, made.alarmed
        ),  # where an alert is stands first of all
        *_place_names(made, key, frame, names, groups),
        *_unit_names(made, key, frame, names, {*_units(made)} - made.alarmed),
        *_country_names(made, frame, names),
    ]
    return Layer(
        name=name,
        halos=tuple(frame.at(spot.at) for spot in shown if spot.alerts),
        pins=tuple(_pin(made, key, frame, group) for group in groups),
        names=tuple(placed),
    )


def _gathered(frame: Frame, spots: list[Spot], reach: float) -> list[list[Spot]]:
    """Return spots in groups, each around its first: no two of these are closer than `reach`."""
    groups: list[list[Spot]] = []
    for spot in spots:
        at = frame.at(spot.at)
        near = (group for group in groups if math.dist(frame.at(group[0].at), at) < reach)
        if group := next(near, None):
            group.append(spot)
        else:
            groups.append([spot])
    return groups


def _pin(made: Plan, key: str, frame: Frame, group: list[Spot]) -> Pin:
    view, (x, y) = made.view, frame.at(group[0].at)
    kinds = sum((spot.kinds(view) for spot in group), Counter())
    count = sum(kinds.values())
    closer = _closer(made, key, group)
    told = view.words("map.events", count)
    names = view.words.series([full_name(view, spot.place) for spot in group])
    if not closer and not group[0].entries:
        closer = made.place_view(group[0])
    label = view.words(
        "map.group" if closer else "map.pin", place=names, events=told, kinds=", ".join(kinds)
    )
    href = f"#{closer}" if closer else view.from_beside(group[0].entries[0])
    happened = any(spot.family(view) == "happening" for spot in group)
    return Pin(x, y, "happening" if happened else "said", count, len(group) > 1, href, label)


def _closer(made: Plan, key: str, group: list[Spot]) -> str:
    """Return the view in which a group falls apart, "" for a single place and where there is none closer."""
    if len(group) == 1:
        return ""
    units = {spot.unit for spot in group}
    unit = made.unit_view(group[0].unit)
    closest = unit if len(units) == 1 or key == WHOLE else made.place_view(group[0])
    closest = made.place_view(group[0]) if closest == key else closest
    return "" if closest == key else closest


def _place_names(
    made: Plan, key: str, frame: Frame, names: Names, groups: list[list[Spot]]
) -> Iterator[tuple[Name, str, str]]:
    for group in groups:
        text = bare_name(made.view, group[0].place)
        text += f" +{len(group) - 1}" if len(group) > 1 else ""
        if name := names.beside(frame.at(group[0].at), text):
            there = made.place_view(group[0])
            yield name, f"#{there}" if there and there != key else "", "c"


def _units(made: Plan) -> list[str]:
    """Return the units that have names, those that the story is about first."""
    units = [unit for code in made.detailed for unit in outlines.fine_units(code)]
    return sorted(units, key=lambda unit: unit not in made.units)


def _unit_names(
    made: Plan, key: str, frame: Frame, names: Names, wanted: Set[str]
) -> Iterator[tuple[Name, str, str]]:
    for unit in _units(made):
        if unit not in wanted:
            continue
        room = ALARMED if unit in made.alarmed else TOLD if unit in made.units else OTHER
        text = made.bare(unit) if _meets(frame, unit) else unit
        if text != unit and (name := _within(names, unit, text, room)):
            there = made.unit_view(unit)
            yield name, f"#{there}" if there and there != key else "", "u"


def _country_names(made: Plan, frame: Frame, names: Names) -> Iterator[tuple[Name, str, str]]:
    for code in outlines.countries_in(*frame.box):
        text = made.view.words.country(code)
        if code != made.home and (name := _within(names, code, text, TOLD)):
            yield name, "", "o"


def _meets(frame: Frame, unit: str) -> bool:
    shown, known = frame.box, unit_box(unit)
    if known is None:
        return False
    return (
        known[0] < shown[1] and known[1] > shown[0] and known[2] < shown[3] and known[3] > shown[2]
    )


def _within(names: Names, code: str, text: str, least: float) -> Name | None:
    """Place a name on what it names, null where it has no room for the `least` part of it."""
    width = Name(0, 0, text, "middle", strong=False, size=names.size).width
    wide = [room for room in rooms(names.frame, code) if room.width >= least * width]
    wide.sort(key=lambda room: room.width < width)
    aside = (0.0, -0.5, 0.5)
    spots = (
        (room.x + part * (room.width - width), room.y + 4 * names.size)
        for part in aside
        for room in wide
    )
    return names.at_one_of(spots, text, strong=False)

"""The events of a page of the wall on a map: where, how many origins, what kind. No query, no clock."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sourcier import types
from sourcier.publish import outlines
from sourcier.publish.frame import Frame, filled, surroundings

WIDTH, HEIGHT = 360, 260
CLOSE = 30
"""Signs closer than this, in the map's units, stand as one."""
SMALLEST, LARGEST = 6, 15
SAID = ("statement", "measure")


@dataclass(frozen=True, slots=True)
class Sign:
    """Events at one spot, the last moved first; `shape` is ``alert``, ``said`` or ``event``."""

    x: float
    y: float
    radius: float
    shape: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WallMap:
    """Countries as paths, the signs on them, how many events have no place there."""

    lands: tuple[str, ...]
    signs: tuple[Sign, ...]
    nowhere: int


def wall_map(events: Sequence[types.Event]) -> WallMap | None:
    """Return the map of some events, None where no country that they are in can be drawn."""
    placed = [event for event in events if _at(event)]
    counted = Counter(event.place.country for event in placed if event.place)
    home = next((code for code, _ in counted.most_common() if code and outlines.country(code)), "")
    if not home:
        return None
    around = [(e.place.country, at) for e in placed if e.place and (at := _at(e))]
    frame = filled(surroundings(home, around), WIDTH, HEIGHT)
    groups = _gathered(frame, placed)
    shown = sum(len(group) for _, group in groups)
    codes = sorted(outlines.countries_in(*frame.box), key=lambda code: code == home)
    paths = (frame.path(outlines.country(code)) for code in codes)
    signs = tuple(_sign(at, group) for at, group in groups)
    return WallMap(tuple(path for path in paths if path), signs, len(events) - shown)


def _at(event: types.Event) -> tuple[float, float] | None:
    place = event.place
    if place is None or place.precision == "country":
        return None
    if place.longitude is None or place.latitude is None:
        return None
    return place.longitude, place.latitude


def _gathered(
    frame: Frame, events: Sequence[types.Event]
) -> list[tuple[tuple[float, float], list[types.Event]]]:
    """Return the events in the frame in groups, each around its first."""
    groups: list[tuple[tuple[float, float], list[types.Event]]] = []
    for event in events:
        spot = _at(event)
        if spot is None or not frame.holds(spot):
            continue
        at = frame.at(spot)
        near = next((group for where, group in groups if math.dist(where, at) < CLOSE), None)
        if near is None:
            groups.append((at, [event]))
        else:
            near.append(event)
    return groups


def _sign(at: tuple[float, float], group: Sequence[types.Event]) -> Sign:
    origins = max(len(event.origins.origins) for event in group)
    radius = min(LARGEST, SMALLEST + 2 * math.sqrt(origins))
    kinds = {event.type for event in group}
    shape = "alert" if "alert" in kinds else "said" if kinds <= {*SAID} else "event"
    return Sign(at[0], at[1], radius, shape, tuple(event.id for event in group))

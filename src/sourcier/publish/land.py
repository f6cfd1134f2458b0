"""The ground of the map page: countries and their first-level units around one stretch of the world.

It is drawn once, in hundredths of a degree, and every view of the page shows a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from sourcier.publish import outlines
from sourcier.publish.frame import Box, Frame, Point, box
from sourcier.publish.outlines import Ring

FINENESS = 100
"""Units of a path per degree."""
_BEYOND = 0.05
"""How much farther than the stretch its ground is drawn, as a part of it, so that no cut edge is seen."""
_LEVELS = 12
"""Steps from an outline's top to its bottom, at which room for its name is looked for."""


@dataclass(frozen=True, slots=True)
class Land:
    """Paths of countries, by code, in the order in which they are drawn: neighbours first."""

    id: str
    countries: tuple[tuple[str, str], ...]

    def of(self, code: str) -> str:
        """Return the id of a country's or unit's path."""
        return f"{self.id}-{code}"


@lru_cache(maxsize=64)
def land(name: str, shown: Box, home: str) -> Land:
    """Return what lies in a box of degrees; `home` is the country that is drawn last, over its neighbours."""
    west, east, south, north = wider(shown)
    codes = sorted(outlines.countries_in(west, east, south, north), key=lambda code: code == home)
    drawn = ((code, _country(code, (west, east, south, north))) for code in codes)
    return Land(name, tuple((code, path) for code, path in drawn if path))


def wider(shown: Box) -> Box:
    """Return a box with the edge around it in which ground is drawn without being seen."""
    west, east, south, north = shown
    across, down = (east - west) * _BEYOND, (north - south) * _BEYOND
    return west - across, east + across, south - down, north + down


@cache
def unit_path(unit: str) -> str:
    """Return one unit's path."""
    return "".join(_ring(list(ring)) for ring in outlines.fine_unit(unit))


@cache
def unit_box(unit: str) -> Box | None:
    """Return the bounds of a unit's largest part, null for an unknown one."""
    rings = outlines.fine_unit(unit)
    return box(rings[0]) if rings else None


@dataclass(frozen=True, slots=True)
class Room:
    """A level line within an outline, in a frame's units: its middle and how long it is."""

    x: float
    y: float
    width: float


@lru_cache(maxsize=8192)
def rooms(frame: Frame, code: str) -> tuple[Room, ...]:
    """Return where the name of a unit, or of a country, has room in a frame, the middle of it first."""
    rings = outlines.fine_unit(code) or outlines.country(code)
    parts = [part for ring in rings if len(part := _clipped(ring, frame.box)) > 2]
    if not parts:
        return ()
    shown = [frame.at(point) for point in max(parts, key=_extent)]
    _, _, top, bottom = box(shown)
    levels = (top + (bottom - top) * part / _LEVELS for part in range(1, _LEVELS))
    found = [room for y in levels if (room := _room(shown, y))]
    return tuple(sorted(found, key=lambda room: abs(room.y - (top + bottom) / 2)))


def _room(part: list[Point], y: float) -> Room | None:
    edges = zip(part, (*part[1:], part[0]), strict=True)
    across = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 > y) != (y2 > y)
    )
    spans = zip(across[::2], across[1::2], strict=True)
    west, east = max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
    return Room((west + east) / 2, y, east - west) if east > west else None


def _extent(part: list[Point]) -> float:
    west, east, south, north = box(part)
    return (east - west) * (north - south)


def _country(code: str, within: Box) -> str:
    return "".join(_path(rings, within) for rings in outlines.fine_units(code).values())


def _path(rings: Iterable[Ring], within: Box) -> str:
    return "".join(_ring(_clipped(ring, within)) for ring in rings)


def _ring(points: list[Point]) -> str:
    kept = [(round(x * FINENESS), -round(y * FINENESS)) for x, y in points]
    kept = [*kept[:1], *(after for before, after in pairwise(kept) if after != before)]
    if len(kept) < 3:
        return ""
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps}z".replace(" -", "-")


def _clipped(ring: Ring, within: Box) -> list[Point]:
    """Return a ring cut to a box, one side after the other (Sutherland and Hodgman, 1974)."""
    west, east, south, north = within
    points = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        points = list(_cut(points, axis, limit, sign))
    return points


def _cut(points: list[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for last, point in zip((*points[-1:], *points[:-1]), points, strict=True):
        was, is_ = (last[axis] - limit) * sign >= 0, (point[axis] - limit) * sign >= 0
        if was != is_:
            part = (limit - last[axis]) / (point[axis] - last[axis])
            yield last[0] + (point[0] - last[0]) * part, last[1] + (point[1] - last[1]) * part
        if is_:
            yield point

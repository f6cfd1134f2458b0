"""The map's frame: which part of the world it shows, and where a point of it falls."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sourcier.publish import outlines
from sourcier.publish.outlines import Ring

WIDTH, MARGIN, TALLEST = 330, 8, 300
WHOLE = 22.0
"""Degrees up to which a country is shown whole; a larger one is cut to its places' surroundings."""
AROUND = 4.0
"""Degrees of latitude shown around the places of a country that is cut."""
BEYOND = 40
"""Units that a ring may lie outside the frame and still be drawn."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, east, south, north in degrees."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular projection, true in the middle; `scale` is units per degree of latitude."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: int
    width: int = WIDTH

    def at(self, point: Point) -> Point:
        """Return where (longitude, latitude) falls, in the map's units."""
        x = (point[0] - self.west) * self.squeeze * self.scale + MARGIN
        return x, (self.north - point[1]) * self.scale + MARGIN

    def holds(self, point: Point) -> bool:
        """Tell whether a point of the world is on the map."""
        x, y = self.at(point)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def box(self) -> Box:
        """What of the world the whole frame shows, its margin included."""
        across, down = MARGIN / self.scale / self.squeeze, MARGIN / self.scale
        west, north = self.west - across, self.north + down
        east = west + self.width / self.scale / self.squeeze
        return west, east, north - self.height / self.scale, north

    def path(self, rings: Iterable[Ring]) -> str:
        """Return rings as the ``d`` of an SVG path, in whole units."""
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Ring) -> str:
        points = [self.at(point) for point in ring]
        if not any(self._near(*point) for point in points):
            return ""
        kept = [(round(x), round(y)) for x, y in points]
        kept = [kept[0], *(after for before, after in pairwise(kept) if after != before)]
        if len(kept) < 3:
            return ""
        steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
        return f"M{kept[0][0]} {kept[0][1]}l{steps}z"

    def _near(self, x: float, y: float) -> bool:
        return -BEYOND < x < self.width + BEYOND and -BEYOND < y < self.height + BEYOND


def is_cut(country: str) -> bool:
    """Tell whether a country is too large to be shown whole."""
    west, east, south, north = _bounds(country)
    return max(east - west, north - south) > WHOLE


def frame(country: str, places: list[tuple[str | None, Point]]) -> Frame:
    """Return the frame for a country and the `places` (country, point) in and beside it."""
    return _fitted(surroundings(country, places))


def surroundings(country: str, places: list[tuple[str | None, Point]]) -> Box:
    """Return what to show of a country and of the `places` (country, point) in and beside it."""
    home = [point for code, point in places if code == country]
    if is_cut(country) and home:
        west, east, south, north = box(home)
        return west - 1.5 * AROUND, east + 1.5 * AROUND, south - AROUND, north + AROUND
    whole = _bounds(country)
    beside = [point for _, point in places if _close(point, whole, 0.2)]
    return box([(whole[0], whole[2]), (whole[1], whole[3]), *home, *beside])


def filled(shown: Box, width: int, height: int) -> Frame:
    """Return the frame of that size which shows all of a box in its middle, and more where there is room."""
    west, east, south, north = shown
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(
        (width - 2 * MARGIN) / ((east - west) * squeeze), (height - 2 * MARGIN) / (north - south)
    )
    west -= ((width - 2 * MARGIN) / scale / squeeze - (east - west)) / 2
    north += ((height - 2 * MARGIN) / scale - (north - south)) / 2
    return Frame(west, north, scale, squeeze, height, width)


def _fitted(shown: Box) -> Frame:
    west, east, south, north = shown
    squeeze = math.cos(math.radians((south + north) / 2))
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / ((east - west) * squeeze), (TALLEST - 2 * MARGIN) / (north - south))
    west -= (inner / scale / squeeze - (east - west)) / 2
    return Frame(west, north, scale, squeeze, round((north - south) * scale + 2 * MARGIN))


def _close(point: Point, whole: Box, part: float) -> bool:
    """Tell whether a point is in a box or no farther from it than that `part` of its size."""
    west, east, south, north = whole
    reach = max(east - west, north - south) * part
    return west - reach < point[0] < east + reach and south - reach < point[1] < north + reach


def box(points: Iterable[Point]) -> Box:
    """Return the bounds of some points (at least one)."""
    xs, ys = zip(*points, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


@cache
def _bounds(country: str) -> Box:
    """Return the bounds of a country's largest part and of those not far from it."""
    main, *others = outlines.country(country)
    near = box(main)
    return box(
        point
        for ring in (main, *others)
        if ring is main or _close(ring[0], near, 0.7)
        for point in ring
    )

"""The shapes of CAP's areas: ``latitude,longitude`` in words, turned to GeoJSON's order.

CAP 1.2, 3.2.4: a polygon is four pairs or more, the last the first; a circle a pair and a radius in km.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sourcier.gather.markup import Element
from sourcier.gather.xml import children, words
from sourcier.types import Point

_PAIR = re.compile(r"([-+]?\d{1,3}(?:\.\d{1,20})?),([-+]?\d{1,3}(?:\.\d{1,20})?),?")
_RADIUS = re.compile(r"\d{1,6}(?:\.\d{1,20})?")
_FEWEST = 4
MOST_POINTS = 20_000
"""How many points the shapes of one message may have; those beyond are left out."""


class Shapes:
    """Reads the shapes of one message; `faults` says which could not be taken."""

    def __init__(self) -> None:
        self._left = MOST_POINTS
        self.faults: dict[str, None] = {}

    def polygons(self, area: Element) -> tuple[tuple[Point, ...], ...]:
        """Return the rings of an area, longitude first, closed, counter-clockwise (RFC 7946, 3.1.6)."""
        return tuple(filter(None, (self._ring(words(one)) for one in children(area, "polygon"))))

    def circles(self, area: Element) -> tuple[tuple[float, float, float], ...]:
        """Return the circles of an area: longitude, latitude, radius in km."""
        found = (self._circle(words(one)) for one in children(area, "circle"))
        return tuple(circle for circle in found if circle)

    def _ring(self, told: str) -> tuple[Point, ...]:
        points = [_point(pair) for pair in told.split()]
        ring = [point for point in points if point]
        if ring and ring[0] != ring[-1]:
            ring.append(ring[0])
        if not points or None in points or len(ring) < _FEWEST:
            return self._refused(f"the polygon {told[:40]!r} is none [3.2.4]")
        if len(ring) > self._left:
            return self._refused(f"polygons of more than {MOST_POINTS:,} points: left out")
        self._left -= len(ring)
        return tuple(ring if _turns_left(ring) else ring[::-1])

    def _circle(self, told: str) -> tuple[float, float, float] | None:
        pair, _, radius = " ".join(told[:100].split()).partition(" ")
        point = _point(pair)
        if point is None or not _RADIUS.fullmatch(radius) or not self._left:
            self._refused(f"the circle {told[:40]!r} is none [3.2.4]")
            return None
        self._left -= 1
        return (*point, float(radius))

    def _refused(self, why: str) -> tuple[Point, ...]:
        self.faults[why] = None
        return ()


def codes(element: Element, wanted: str) -> Iterator[str]:
    """Yield what codes of a kind give, as ``"SAME FFA"``; one may hold several names and values."""
    for code in children(element, wanted):
        names, values = children(code, "valueName"), children(code, "value")
        for name, value in zip(names, values, strict=False):
            if words(value):
                yield f"{words(name)[:200]} {words(value)[:200]}"


def _point(pair: str) -> Point | None:
    """Return longitude and latitude in WGS 84, None for what is no place on Earth."""
    match = _PAIR.fullmatch(pair)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    return (longitude, latitude) if on_earth else None


def _turns_left(ring: list[Point]) -> bool:
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) <= 0

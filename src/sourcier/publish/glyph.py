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
    origins = sorted(total.origins, key=lambda origin: -len(descendants(origin)))
    each = 1 + len({capture for origin in origins for capture in descendants(origin)}) // LANES
    columns, edge = _columns([descendants(origin)[::each] for origin in origins])
    hung = [
        (origin, [columns[c] for c in descendants(origin) if c in columns]) for origin in origins
    ]
    lone = len([origin for origin, ticks in hung if not ticks])
    wanted = [(sum(ticks) / len(ticks), origin, ticks) for origin, ticks in hung if ticks]
    wanted.sort(key=lambda place: place[0])
    width = max(edge + lone * SPACING, SPACING * len(origins), NARROWEST)
    xs = _apart([x for x, _, _ in wanted], width - lone * SPACING)
    circles = [(x, not origin.captured) for x, (_, origin, _) in zip(xs, wanted, strict=True)]
    last = max([edge - COLUMN, *xs])
    alone = [origin for origin, ticks in hung if not ticks]
    circles += [(last + SPACING * (n + 1), not origin.captured) for n, origin in enumerate(alone)]
    threads = [(x, tick) for x, (_, _, ticks) in zip(xs, wanted, strict=True) for tick in ticks]
    return Delta(round(width), tuple(circles), tuple(columns.values()), tuple(threads), each)


def _columns(groups: list[tuple[str, ...]]) -> tuple[dict[str, int], int]:
    """Return each dispatch's x, those of one origin side by side, and where the last group ends."""
    columns: dict[str, int] = {}
    x = COLUMN
    for group in groups:
        fresh = [capture for capture in group if capture not in columns]
        columns |= {capture: x + COLUMN * index for index, capture in enumerate(fresh)}
        x += COLUMN * len(fresh) + (COLUMN if fresh else 0)
    return columns, x


def _apart(xs: list[float], width: float) -> list[float]:
    """Return rising `xs` moved so that circles do not touch, none beyond `width`."""
    placed: list[float] = []
    for x in xs:
        placed.append(max(x, placed[-1] + SPACING if placed else COLUMN))
    limit = width - COLUMN
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - SPACING
    return placed

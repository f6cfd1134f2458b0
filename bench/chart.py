"""The curve of cost over length as a picture: SVG, both axes in powers of ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 20, 30, 50
Point = tuple[float, float]


def chart(points: Sequence[Point]) -> str:
    """Return the curve through points of (characters, seconds), with a line of slope 1 beside it."""
    at = _Scale(points)
    first = points[0]
    linear = [first, (points[-1][0], first[1] * points[-1][0] / first[0])]
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' font-family="sans-serif" font-size="12" fill="#333">'
        ),
        "<title>Processor time over length</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *at.grid(),
        f'<path d="{at.path(linear)}" stroke="#999" stroke-dasharray="4 4" fill="none"/>',
        f'<path d="{at.path(points)}" stroke="#0b5c8a" stroke-width="2" fill="none"/>',
        *(_dot(*at.place(point)) for point in points),
        f'<text x="{LEFT}" y="18">seconds; dashed: growing as the length does</text>',
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">characters</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5c8a"/>'


class _Scale:
    """Where the powers of ten lie that enclose some points."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._x = _powers(x for x, _ in points)
        self._y = _powers(y for _, y in points)

    def place(self, point: Point) -> tuple[float, float]:
        """Return where a point lies, in units of the picture."""
        x, y = (
            _share(value, powers) for value, powers in zip(point, (self._x, self._y), strict=True)
        )
        return (
            LEFT + x * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM),
        )

    def path(self, points: Iterable[Point]) -> str:
        """Return straight lines from point to point."""
        return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.place, points))

    def grid(self) -> list[str]:
        """Return a line and a label for each power of ten."""
        lines = []
        for power in range(self._x[0], self._x[1] + 1):
            x, y = self.place((10**power, 10 ** self._y[0]))
            lines.append(f'<path d="M{x:.1f} {y:.1f} V{TOP}" stroke="#ddd"/>')
            lines.append(
                f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{10**power:,}</text>'
            )
        for power in range(self._y[0], self._y[1] + 1):
            x, y = self.place((10 ** self._x[0], 10.0**power))
            lines.append(f'<path d="M{x:.1f} {y:.1f} H{WIDTH - RIGHT}" stroke="#ddd"/>')
            lines.append(
                f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
            )
        return lines


def _powers(values: Iterable[float]) -> tuple[int, int]:
    """Return the powers of ten that enclose some values above 0; at least one apart."""
    logs = [log10(value) for value in values]
    low = floor(min(logs))
    return low, max(low + 1, ceil(max(logs)))


def _share(value: float, powers: tuple[int, int]) -> float:
    return (log10(value) - powers[0]) / (powers[1] - powers[0])

"""Names on the map: each where it meets no other name and no mark, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sourcier.publish.frame import WIDTH, Frame, Point

LETTER = 7.2
LINE = 15
RADIUS = 12
"""How far a settlement's name stands from the middle of its ring."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where its text is anchored."""

    x: float
    y: float
    text: str
    anchor: str
    strong: bool

    @property
    def left(self) -> float:
        """Where the text begins, as far as one can tell without its font."""
        return self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]

    @property
    def width(self) -> float:
        """The text's length, about."""
        return LETTER * len(self.text)

    def meets(self, other: Name) -> bool:
        """Tell whether two names touch."""
        apart = other.left > self.left + self.width + 4 or self.left > other.left + other.width + 4
        return abs(other.y - self.y) < LINE and not apart

    def covers(self, mark: Point) -> bool:
        """Tell whether the name lies over a settlement's ring."""
        within = self.left - 9 < mark[0] < self.left + self.width + 9
        return within and abs(mark[1] - self.y + 5) < LINE


@dataclass
class Names:
    """The names placed so far on a frame with these marks."""

    frame: Frame
    marks: list[Point]
    placed: list[Name] = field(default_factory=list)

    def beside(self, at: Point, text: str) -> None:
        """Place a settlement's name next to its ring."""
        others = [mark for mark in self.marks if mark != at]
        self._place(_beside(at, text), others)

    def within(self, at: Point, text: str, *, strong: bool) -> None:
        """Place the name of a region or country on it, near a point."""
        spots = (Name(at[0], at[1] + shift, text, "middle", strong) for shift in (4, 30, -24, 54))
        self._place(spots, self.marks)

    def _place(self, spots: Iterator[Name], marks: list[Point]) -> None:
        free = (spot for spot in spots if self._fits(spot, marks))
        if found := next(free, None):
            self.placed.append(found)

    def _fits(self, spot: Name, marks: list[Point]) -> bool:
        inside = spot.left >= 2 and spot.left + spot.width <= WIDTH - 2
        low = 12 < spot.y < self.frame.height - 3
        clear = not any(spot.covers(mark) for mark in marks)
        return inside and low and clear and not any(spot.meets(name) for name in self.placed)


def _beside(at: Point, text: str) -> Iterator[Name]:
    x, y = at
    yield Name(x + RADIUS, y + 5, text, "start", strong=True)
    yield Name(x - RADIUS, y + 5, text, "end", strong=True)
    yield Name(x, y + RADIUS + 16, text, "middle", strong=True)
    yield Name(x, y - RADIUS - 4, text, "middle", strong=True)

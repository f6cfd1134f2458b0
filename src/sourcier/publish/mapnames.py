"""Names on the map: each where it meets no other name and no mark, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sourcier.publish.frame import Frame, Point

LETTER, STRONG = 7.2, 8.6
"""Width of a letter, about, of plain and of strong names."""
LINE = 15
RADIUS = 12
"""How far a settlement's name stands from the middle of its ring on the small map."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where its text is anchored; `size` is that of its letters, 1 being the small map's."""

    x: float
    y: float
    text: str
    anchor: str
    strong: bool
    size: float = 1

    @property
    def left(self) -> float:
        """Where the text begins, as far as one can tell without its font."""
        return self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]

    @property
    def width(self) -> float:
        """The text's length, about."""
        return (STRONG if self.strong else LETTER) * self.size * len(self.text)

    def meets(self, other: Name) -> bool:
        """Tell whether two names touch."""
        apart = other.left > self.left + self.width + 4 or self.left > other.left + other.width + 4
        return abs(other.y - self.y) < LINE * self.size and not apart

    def covers(self, mark: Point, radius: float) -> bool:
        """Tell whether the name lies over a settlement's ring."""
        reach = (radius - 3) * self.size
        within = self.left - reach < mark[0] < self.left + self.width + reach
        return within and abs(mark[1] - self.y + 5 * self.size) < (radius + 3) * self.size


@dataclass
class Names:
    """The names placed so far on a frame with these marks, in letters of one size."""

    frame: Frame
    marks: list[Point]
    size: float = 1
    radius: float = RADIUS
    placed: list[Name] = field(default_factory=list)

    def beside(self, at: Point, text: str) -> Name | None:
        """Place a settlement's name next to its ring; return it, null where there is no room."""
        others = [mark for mark in self.marks if mark != at]
        return self._place(_beside(at, text, self.size, self.radius), others)

    def within(self, at: Point, text: str, *, strong: bool) -> Name | None:
        """Place the name of a region or country on it, near a point; null where there is no room."""
        shifts = ((at[0], at[1] + shift * self.size) for shift in (4, 30, -24, 54))
        return self.at_one_of(shifts, text, strong=strong)

    def at_one_of(self, spots: Iterable[Point], text: str, *, strong: bool) -> Name | None:
        """Place a name's middle at the first point where it meets nothing, else nowhere."""
        names = (Name(x, y, text, "middle", strong, self.size) for x, y in spots)
        return self._place(names, self.marks)

    def _place(self, spots: Iterator[Name], marks: list[Point]) -> Name | None:
        found = next((spot for spot in spots if self._fits(spot, marks)), None)
        if found:
            self.placed.append(found)
        return found

    def _fits(self, spot: Name, marks: list[Point]) -> bool:
        inside = spot.left >= 2 and spot.left + spot.width <= self.frame.width - 2
        low = 12 * self.size < spot.y < self.frame.height - 3
        clear = not any(spot.covers(mark, self.radius) for mark in marks)
        return inside and low and clear and not any(spot.meets(name) for name in self.placed)


def _beside(at: Point, text: str, size: float, radius: float) -> Iterator[Name]:
    (x, y), away = at, radius * size
    yield Name(x + away, y + 5 * size, text, "start", strong=True, size=size)
    yield Name(x - away, y + 5 * size, text, "end", strong=True, size=size)
    yield Name(x, y + away + 16 * size, text, "middle", strong=True, size=size)
    yield Name(x, y - away - 4 * size, text, "middle", strong=True, size=size)

"""A bulletin: the text that an alert given in fields is shown as, and the facts bound to its characters.

::

    Flash Flood Watch: Lewis and Clark                            one line an area: the alert
    2010-08-30T04:07:00-06:00/2010-08-30T12:00:00-06:00           from when to when (ISO 8601)
    description, instruction

The lines are the same in every language, and every word in them is the source's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from sourcier.gather.canonical import clean
from sourcier.types import AlertFact, Point


class Area(Struct, frozen=True, kw_only=True):
    """An area as its source words it, with its geocodes and shapes (see `AlertFact`)."""

    name: str
    codes: tuple[str, ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()


class Warned(Struct, frozen=True, kw_only=True):
    """One warning over some areas; `ended` is when it was over, if it is."""

    event: str
    areas: tuple[Area, ...]
    start: datetime
    end: datetime | None = None
    onset: datetime | None = None
    ended: datetime | None = None
    hazard: str | None = None
    family: str = "weather"
    description: str = ""
    instruction: str = ""
    event_codes: tuple[str, ...] = ()
    severity: str | None = None
    urgency: str | None = None
    certainty: str | None = None


def in_one_line(words: str) -> str:
    """Return words as a line of a bulletin has them."""
    return " ".join(clean(words).split())


class Bulletin:
    """A text under way; `text` and `alerts` are what it came to."""

    def __init__(self, told: Iterable[Warned] = ()) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.alerts: list[AlertFact] = []
        for one in told:
            self.add(one)

    @property
    def text(self) -> str:
        """The text so far."""
        return "\n".join(self._pieces)

    def add(self, told: Warned) -> None:
        """Write one warning, and its facts: that it began, and where it is over that it ended."""
        event = in_one_line(told.event)
        lines = [self._line(f"{event}: {in_one_line(area.name)}") for area in told.areas]
        dates = self._line(_dates(told))
        if told.description.strip():
            self._line(clean(told.description).strip())
        advice = self._line(clean(told.instruction).strip()) if told.instruction.strip() else None
        for (first, last), area in zip(lines, told.areas, strict=True):
            for state, start, end in _states(told):
                self.alerts.append(
                    AlertFact(
                        span=(first, last),
                        event=(first, first + len(event)),
                        area=(last - len(in_one_line(area.name)), last),
                        dates=dates,
                        state=state,
                        start=start,
                        end=end,
                        onset=told.onset,
                        hazard=told.hazard,
                        family=told.family,
                        advice=advice,
                        codes=area.codes,
                        event_codes=told.event_codes,
                        polygons=area.polygons,
                        circles=area.circles,
                        severity=told.severity,
                        urgency=told.urgency,
                        certainty=told.certainty,
                    )
                )

    def _line(self, line: str) -> tuple[int, int]:
        start = self._length
        self._pieces.append(line)
        self._length += len(line) + 1
        return start, start + len(line)


def _states(
    told: Warned,
) -> Iterator[tuple[Literal["started", "ended"], datetime, datetime | None]]:
    yield "started", told.start, told.ended or told.end
    if told.ended:
        yield "ended", told.ended, None


def _dates(told: Warned) -> str:
    end = told.ended or told.end
    return told.start.isoformat() + (f"/{end.isoformat()}" if end else "")

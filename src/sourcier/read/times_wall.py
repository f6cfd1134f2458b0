"""Wall time: intervals as clocks and calendars show them, before a zone makes them instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sourcier.types import TimePrecision

LENGTHS: dict[TimePrecision, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}
"""How long a clock time lasts."""


@dataclass(frozen=True, slots=True)
class Wall:
    """An interval of wall time; `dated` tells that the text (or its context) gives the day."""

    start: datetime
    end: datetime
    precision: TimePrecision
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is resolved against: wall time of publication, tense, and the last time told."""

    now: datetime
    ahead: bool = False
    anchor: Wall | None = None

"""Wall time: intervals as clocks and calendars show them, before a zone makes them instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sourcier.read.times_calendar import midnight, month_after
from sourcier.types import TimePrecision

Tense = Literal["ahead", "past"] | None

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
    """What a phrase is resolved against: wall time of publication, tense, and the last time told.

    `anchor` is that time where it stands near, `farther` wherever it stands: what comes "the day
    after" leans on that one for want of a near one. `tense` is that of the words around.
    `month_first` tells that 03/02 is the second of March. `told` is, in a history, the time told last,
    whose year dates without one are of.
    """

    now: datetime
    tense: Tense = None
    anchor: Wall | None = None
    farther: Wall | None = None
    month_first: bool = False
    told: Wall | None = None

    @property
    def ahead(self) -> bool:
        """Whether the words speak of what is to come."""
        return self.tense == "ahead"


def months(first: date, count: int) -> Wall:
    """Return the months from that of `first` on; `first` is the first of a month."""
    return Wall(midnight(first), midnight(month_after(first, count)), "month")


def month(first: date) -> Wall:
    """Return the month that begins on `first`."""
    return months(first, 1)


def week(day: date) -> Wall:
    """Return the week of `day`, from Monday."""
    start = midnight(monday_of(day))
    return Wall(start, start + timedelta(days=7), "week")


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def years(first: int, last: int) -> Wall | None:
    """Return the years from one to another, both included, or None where they run backwards."""
    if first > last:
        return None
    return Wall(midnight(date(first, 1, 1)), midnight(date(last + 1, 1, 1)), "year")


def year(number: int) -> Wall | None:
    """Return a year."""
    return years(number, number)

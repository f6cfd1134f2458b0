"""The calendar behind time expressions: days and parts of day as wall time, wall time as UTC."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARTS: dict[str, tuple[int, int]] = {
    "night": (-2, 6),
    "night_after": (22, 30),
    "small_hours": (0, 6),
    "dawn": (4, 8),
    "early": (0, 9),
    "morning": (6, 12),
    "midday": (11, 13),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "late": (20, 24),
}
"""Hours from the midnight that opens the named day; a night is named by the day it ends on."""

_SOON = timedelta(days=45)
_JUST_PAST = timedelta(days=21)


def midnight(day: date) -> datetime:
    """Return the wall time at which `day` begins."""
    return datetime.combine(day, time())


def part_of(day: date, part: str) -> tuple[datetime, datetime]:
    """Return the wall interval of a part of `day`."""
    start, end = PARTS[part]
    return midnight(day) + timedelta(hours=start), midnight(day) + timedelta(hours=end)


def in_utc(wall: datetime, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """Return the instant of a wall time; `second` picks the later one where a clock repeats it."""
    return wall.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is no such day."""
    if not (1 <= month <= 12 and day >= 1 and 1 <= year <= 9998):
        return None
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def weekday(number: int, today: date, *, ahead: bool = False, strictly: bool = False) -> date:
    """Return the nearest day with that number (Monday 0), looking back, or ahead.

    Today counts unless `strictly`.
    """
    distance = (number - today.weekday()) % 7 if ahead else (today.weekday() - number) % 7
    if strictly and distance == 0:
        distance = 7
    return today + timedelta(days=distance if ahead else -distance)


def day_of_month(month: int, day: int, today: date, *, ahead: bool = False) -> date | None:
    """Return the date that a day and a month without a year mean.

    It looks back, unless the coming date is near, or the text looks `ahead`: of a day that has just
    been that is more likely to be misread than meant of the next year.
    """
    found = [when for year in _years(today) if (when := real_date(year, month, day))]
    past = [when for when in found if when <= today]
    coming = [when for when in found if when >= today]
    soon = bool(coming) and coming[0] - today <= _SOON
    just_past = bool(past) and today - past[-1] <= _JUST_PAST
    if coming and ((ahead and not just_past) or soon or not past):
        return coming[0]
    return past[-1] if past else None


def month_of_year(month: int, today: date, *, ahead: bool = False) -> date:
    """Return the first day of the month that a name without a year means."""
    if ahead:
        return date(today.year + (month < today.month), month, 1)
    return date(today.year - (month > today.month), month, 1)


def month_after(first: date, count: int = 1) -> date:
    """Return the first day of the month `count` months after that of `first`."""
    index = first.year * 12 + first.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def _years(today: date) -> Iterator[int]:
    yield from range(max(1, today.year - 4), min(9998, today.year + 4) + 1)

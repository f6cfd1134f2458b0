"""Feasts: days that have a name, fixed ("Christmas") or not ("Easter Monday", "Thanksgiving")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_wall import Setting

Rule = list[int] | Mapping[str, int]
"""When a feast is, as the lexicons have it.

``[12, 25]`` is a month and a day; ``{easter = 39}`` or ``{orthodox = 39}`` so many days after that
Easter; ``{month = 11, weekday = 3, nth = 4}`` the fourth Thursday of November (-1 the last one).
"""

_SOON = timedelta(days=45)
_CALENDARS_APART = timedelta(days=13)  # the Julian one behind, from 1900 to 2099


def feast(rule: Rule, year: int) -> date | None:
    """Return the day of a feast in a year, or None where there is none."""
    if isinstance(rule, list):
        return calendar.real_date(year, rule[0], rule[1])
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "orthodox" in rule:
        return orthodox_easter(year) + timedelta(days=rule["orthodox"])
    return _nth_weekday(date(year, rule["month"], 1), rule["weekday"], rule["nth"])


def nearest_feast(rule: Rule, setting: Setting) -> date | None:
    """Return the feast's last day, or its next where that is near or the words look ahead."""
    today = setting.now.date()
    days = [day for year in _years(today) if (day := feast(rule, year))]
    coming = [day for day in days if day >= today]
    past = [day for day in days if day <= today]
    near = coming and coming[0] - today <= _SOON and setting.tense != "past"
    if coming and (setting.ahead or near or not past):
        return coming[0]
    return past[-1] if past else None


def easter(year: int) -> date:
    """Return Easter Sunday of a year, by the Gregorian computus (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    return date(year, 3, 22) + timedelta(days=moon + sunday - 7 * late)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of a year, by the Julian computus (Meeus), as a Gregorian date."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    return date(year, 3, 22) + timedelta(days=moon + sunday) + _CALENDARS_APART


def _nth_weekday(first: date, weekday: int, nth: int) -> date:
    days = [first + timedelta(days=number) for number in range(31)]
    fitting = [day for day in days if day.month == first.month and day.weekday() == weekday]
    return fitting[nth - 1 if nth > 0 else nth]


def _years(today: date) -> Iterable[int]:
    return (year for year in range(today.year - 1, today.year + 2) if 1900 <= year <= 2099)

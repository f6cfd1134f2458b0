"""Days and coarser spans: what a weekday, a date, "three days ago", "last week" mean from a given now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import Atom, TimeLexicon
from sourcier.read.times_wall import LENGTHS, Setting, Wall

_DAY = timedelta(days=1)
_MOST_AGO = 500


def days_of(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> tuple[date, date] | None:
    """Return the first and the last day that an atom names, or None where there is no such day."""
    today = setting.now.date()
    values = atom.values
    if "weekday" in values and "day" not in values:
        found: date | None = _weekday(values, lexicon, setting)
    elif "rel" in values:
        found = today + timedelta(days=lexicon.value("day", values["rel"]))
    elif "anaphora" in values:
        base = named_day(setting.anchor) if setting.anchor else today
        found = base + timedelta(days=lexicon.value("anaphora", values["anaphora"]))
    elif atom.kind == "ago":
        past = ago(atom, lexicon, setting.now)
        found = past.start.date() if past and past.precision == "day" else None
    else:
        return _dated(values, lexicon, setting)
    return (found, found) if found else None


def named_day(anchor: Wall) -> date:
    """Return the day that an interval is named by: a night's is the one it ends on."""
    return (anchor.end - timedelta(minutes=1)).date()


def _weekday(values: Any, lexicon: TimeLexicon, setting: Setting) -> date:
    ahead = "next" in values or (setting.ahead and "last" not in values)
    strictly = "next" in values or "last" in values
    number = lexicon.value("weekday", values["weekday"])
    return calendar.weekday(number, setting.now.date(), ahead=ahead, strictly=strictly)


def ago(atom: Atom, lexicon: TimeLexicon, now: datetime) -> Wall | None:
    """Return what "three days ago" means, as fine as its unit tells it."""
    count = lexicon.number(atom.values["n"]) if "n" in atom.values else 1
    unit = lexicon.value("unit", atom.values["unit"])
    if count is None or count > _MOST_AGO:
        return None
    if unit in LENGTHS:
        start = now - count * LENGTHS[unit]
        return Wall(start, start + LENGTHS[unit], unit)
    if unit == "year":
        return _year(now.year - count)
    if unit == "month":
        return _month(calendar.month_after(now.date(), -count))
    day = calendar.midnight(now.date() - count * _DAY * (7 if unit == "week" else 1))
    return Wall(day, day + _DAY, "day")


def _dated(values: Any, lexicon: TimeLexicon, setting: Setting) -> tuple[date, date] | None:
    last_month = values.get("month2") or values["month"]
    last = _date(values.get("day2") or values["day"], last_month, values, lexicon, setting)
    if last is None or "day2" not in values:
        return (last, last) if last else None
    month = _month_number(values.get("month") or last_month, lexicon)
    year = last.year - (month > last.month)
    first = calendar.real_date(year, month, int(values["day"]))
    return (first, last) if first and first <= last else None


def _date(day: str, month: str, values: Any, lexicon: TimeLexicon, setting: Setting) -> date | None:
    number = _month_number(month, lexicon)
    if "year" in values:
        return calendar.real_date(int(values["year"]), number, int(day))
    return calendar.day_of_month(number, int(day), setting.now.date(), ahead=setting.ahead)


def _month_number(word: str, lexicon: TimeLexicon) -> int:
    return int(word) if word.isdecimal() else int(lexicon.value("month", word))


def coarse(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return the wall interval of a week, a month, a year or another span."""
    values, now = atom.values, setting.now
    today = now.date()
    if atom.kind == "lately":
        return _lately(values, lexicon, now)
    if atom.kind == "origin":
        return _origin(lexicon.value("origin", values["origin"]), today)
    if atom.kind == "weekend":
        return _weekend(lexicon.value("weekend", values["weekend"]), setting)
    if atom.kind == "week":
        monday = (
            today
            - timedelta(days=today.weekday())
            + 7 * _DAY * lexicon.value("week", values["week"])
        )
        return Wall(calendar.midnight(monday), calendar.midnight(monday) + 7 * _DAY, "week")
    if atom.kind == "yearrel":
        return _year(today.year + int(lexicon.value("relative_year", values["yearrel"])))
    if atom.kind == "year":
        return _year(int(values["year"]))
    if atom.kind == "years":
        return _years(int(values["year"]), int(values["year2"]))
    return _month(_first_of_month(values, lexicon, setting))


def _origin(unit: str, today: date) -> Wall:
    """Return the first day of the year, month or week that is running."""
    firsts = {"year": today.replace(month=1, day=1), "month": today.replace(day=1)}
    start = calendar.midnight(firsts.get(unit, today - timedelta(days=today.weekday())))
    return Wall(start, start + _DAY, "day")


def _weekend(which: int, setting: Setting) -> Wall:
    """Return a Saturday and a Sunday: the last ones, those under way, or those to come."""
    ahead = which > 0 or (which == 0 and setting.ahead)
    saturday = calendar.weekday(5, setting.now.date(), ahead=ahead)
    if ahead and which == 0 and setting.now.weekday() == 6:
        saturday -= _DAY * 7
    start = calendar.midnight(saturday)
    return Wall(start, start + 2 * _DAY, "day")


def _first_of_month(values: Any, lexicon: TimeLexicon, setting: Setting) -> date:
    today = setting.now.date()
    if "monthrel" in values:
        return calendar.month_after(today, lexicon.value("relative_month", values["monthrel"]))
    number = _month_number(values["month"], lexicon)
    if "year" in values:
        return date(int(values["year"]), number, 1)
    return calendar.month_of_year(number, today, ahead=setting.ahead or "next" in values)


def _year(year: int) -> Wall:
    return Wall(datetime(year, 1, 1), datetime(year + 1, 1, 1), "year")  # noqa: DTZ001 - wall time


def _years(first: int, last: int) -> Wall | None:
    """Return the years from one to another, both included, or None where they run backwards."""
    return Wall(_year(first).start, _year(last).end, "year") if first < last else None


def _month(first: date) -> Wall:
    return Wall(calendar.midnight(first), calendar.midnight(calendar.month_after(first)), "month")


def _lately(values: Any, lexicon: TimeLexicon, now: datetime) -> Wall | None:
    count = lexicon.number(values["n"]) if "n" in values else 1
    unit = lexicon.value("unit", values["unit"]) if "unit" in values else "day"
    unit = lexicon.value("lately", values["span"]) if "span" in values else unit
    if unit == "yesterday":
        today = calendar.midnight(now.date())
        return Wall(today - _DAY, today, "day")
    if count is None or not 0 < count < 1000:
        return None
    if unit in {"hour", "day", "week"}:
        hours = {"hour": 1, "day": 24, "week": 168}[unit] * count
        return Wall(now - timedelta(hours=hours), now, "day" if hours >= 24 else "hour")
    return None

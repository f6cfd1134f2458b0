"""Days and their parts: what a weekday, a date, "three days ago", "the next morning" mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import Atom, TimeLexicon
from sourcier.read.times_feasts import feast, nearest_feast
from sourcier.read.times_history import year_told
from sourcier.read.times_wall import LENGTHS, Setting, Wall, monday_of, month, year

_DAY = timedelta(days=1)
_MOST_AGO = 500
_LAST_CENTURY = 70

Values = Mapping[str, str]


def days_of(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> tuple[date, date] | None:
    """Return the first and the last day that an atom names, or None where there is no such day."""
    found: date | None
    if atom.kind in {"date", "dates"}:
        return _dated(_in_order(atom.values, setting), lexicon, setting)
    if atom.kind == "weekday":
        found = _weekday(atom.values, lexicon, setting)
    elif atom.kind == "numbered":
        found = _numbered(atom.values, lexicon, setting)
    elif atom.kind == "holiday":
        found = _feast(atom.values, lexicon, setting)
    elif atom.kind == "rel":
        found = setting.now.date() + timedelta(days=lexicon.value("day", atom.values["rel"]))
    elif atom.kind == "anaphora":
        found = _leaning(lexicon.value("anaphora", atom.values["anaphora"]), setting)
    else:
        told = shifted if atom.kind == "shift" else ago
        wall = told(atom, lexicon, setting)
        found = wall.start.date() if wall and wall.precision == "day" else None
    return (found, found) if found else None


def _feast(values: Values, lexicon: TimeLexicon, setting: Setting) -> date | None:
    """Return the day of a feast in the year that the words name, or the nearest."""
    rule = lexicon.value("holiday", values["holiday"])
    year = year_of(values, lexicon, setting)
    return nearest_feast(rule, setting) if year is None else feast(rule, year)


def _leaning(days: int, setting: Setting) -> date | None:
    """Return the day so many days from the one told last.

    Where none was told, "the day before" is the one before publication; "the day after" is no day.
    """
    anchor = setting.farther if days > 0 else setting.anchor
    if anchor:
        return named_day(anchor) + timedelta(days=days)
    return setting.now.date() + timedelta(days=days) if days <= 0 else None


def part_of(atom: Atom, day: date, lexicon: TimeLexicon) -> Wall:
    """Return the part of `day` that an atom names."""
    start, end = calendar.part_of(day, lexicon.part(atom))
    return Wall(start, end, "part_of_day")


def part_alone(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> Wall:
    """Return the part of day that an atom names, on the day that fits the tense, or the one told last."""
    if atom.kind == "samepart" and setting.anchor:
        return part_of(atom, named_day(setting.anchor), lexicon)
    today = setting.now.date()
    found = part_of(atom, today, lexicon)
    if setting.ahead and found.end <= setting.now:
        return part_of(atom, today + _DAY, lexicon)
    if found.start > setting.now and not setting.ahead:
        return part_of(atom, today - _DAY, lexicon)
    return found


def named_day(anchor: Wall) -> date:
    """Return the day that an interval is named by: a night's is the one it ends on."""
    return (anchor.end - timedelta(minutes=1)).date()


def _weekday(values: Values, lexicon: TimeLexicon, setting: Setting) -> date:
    number = lexicon.value("weekday", values["weekday"])
    if "week" in values:
        weeks = lexicon.value("week", values["week"])
        return monday_of(setting.now.date()) + timedelta(days=7 * weeks + number)
    ahead = "next" in values or (setting.ahead and "last" not in values)
    strictly = "next" in values or "last" in values
    return calendar.weekday(number, setting.now.date(), ahead=ahead, strictly=strictly)


def _numbered(values: Values, lexicon: TimeLexicon, setting: Setting) -> date | None:
    """Return the day nearest to publication, or to what was told, that is "Thursday 21" or "the 21st"."""
    near = named_day(setting.anchor) if setting.anchor else setting.now.date()
    firsts = (calendar.month_after(near, months) for months in (0, -1, 1, -2, 2))
    days = (calendar.real_date(month.year, month.month, int(values["day"])) for month in firsts)
    if "weekday" in values:
        number = lexicon.value("weekday", values["weekday"])
        return next((day for day in days if day and day.weekday() == number), None)
    today = setting.now.date()
    past = (day for day in days if day and (setting.ahead or day <= today))
    return next((day for day in past if not setting.ahead or day >= today), None)


def ago(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return what "three days ago" means, as fine as its unit tells it."""
    return _moved(atom, lexicon, Wall(setting.now, setting.now, "minute"), -1)


def shifted(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return what "three days later" means, counted from the time told last.

    Hours count from a clock time alone. Where no time was told, what is "earlier" is counted from
    publication, what is "later" is no time.
    """
    later = "later" in atom.values
    anchor = setting.farther if later else setting.anchor
    fine = lexicon.value("unit", atom.values["unit"]) in LENGTHS
    if anchor is None:
        return None if later or fine else ago(atom, lexicon, setting)
    if fine and anchor.precision not in LENGTHS:
        return None
    return _moved(atom, lexicon, anchor, 1 if later else -1)


def _moved(atom: Atom, lexicon: TimeLexicon, base: Wall, way: int) -> Wall | None:
    count = lexicon.number(atom.values["n"]) if "n" in atom.values else 1
    unit = lexicon.value("unit", atom.values["unit"])
    if count is None or count > _MOST_AGO:
        return None
    if unit in LENGTHS:
        start = base.start + way * count * LENGTHS[unit]
        return Wall(start, start + LENGTHS[unit], unit)
    day = named_day(base) if base.end > base.start else base.start.date()
    if unit == "year":
        return year(day.year + way * count)
    if unit == "month":
        return month(calendar.month_after(day, way * count))
    start = calendar.midnight(day + way * count * _DAY * (7 if unit == "week" else 1))
    return Wall(start, start + _DAY, "day")


def _in_order(values: Values, setting: Setting) -> Values:
    """Return values in which two figures ("02/03/2024") are told apart as day and month."""
    if "first" not in values:
        return values
    day, month = values["first"], values["second"]
    if int(month) > 12 or (setting.month_first and int(day) <= 12):
        day, month = month, day
    return {**values, "day": day, "month": month}


def _dated(values: Values, lexicon: TimeLexicon, setting: Setting) -> tuple[date, date] | None:
    last_month = values.get("month2") or values["month"]
    last_day = values.get("day2") or values["day"]
    first_month = _month_number(values.get("month") or last_month, lexicon)
    number = _month_number(last_month, lexicon)
    last = _in_year(number, int(last_day), values, lexicon, setting)
    if last is None or "day2" not in values:
        return (last, last) if last else None
    year = last.year - (first_month > last.month)
    first = calendar.real_date(year, first_month, int(values["day"]))
    return (first, last) if first and first <= last else None


def _in_year(
    month: int, day: int, values: Values, lexicon: TimeLexicon, setting: Setting
) -> date | None:
    """Return a day of the year that the values name, or the nearest."""
    year = year_of(values, lexicon, setting)
    if year is None and setting.told:
        year = year_told(month, setting.told, day)
    if year is not None:
        return calendar.real_date(year, month, day)
    return calendar.day_of_month(month, day, setting.now.date(), ahead=setting.ahead)


def year_of(values: Values, lexicon: TimeLexicon, setting: Setting) -> int | None:
    """Return the year that values name ("2023", "23", "last year"), or None."""
    if "year" in values:
        year = int(values["year"])
        return year if year >= 100 else year + (1900 if year >= _LAST_CENTURY else 2000)
    if "yearrel" in values:
        running = setting.told.start if setting.told else setting.now
        return running.year + int(lexicon.value("relative_year", values["yearrel"]))
    return None


def _month_number(word: str, lexicon: TimeLexicon) -> int:
    return int(word) if word.isdecimal() else int(lexicon.value("month", word))

"""Spans longer than a day: weeks, months, quarters, seasons, years, decades, "the last 48 hours"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import Atom, TimeLexicon
from sourcier.read.times_days import Values, year_of
from sourcier.read.times_history import year_told
from sourcier.read.times_wall import Setting, Wall, monday_of, month, months, week, year, years

_DAY = timedelta(days=1)
_HOURS = {"hour": 1, "day": 24, "week": 168}


def coarse(atom: Atom, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return the wall interval of a span; None where it names no real one."""
    return _SPANS[atom.kind](atom.values, lexicon, setting)


def _week(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    return week(setting.now.date() + 7 * _DAY * lexicon.value("week", values["week"]))


def _weekend(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    """Return a Saturday and a Sunday: the last ones, those under way, or those to come."""
    which = lexicon.value("weekend", values["weekend"])
    ahead = which > 0 or (which == 0 and setting.ahead)
    saturday = calendar.weekday(5, setting.now.date(), ahead=ahead)
    if ahead and which == 0 and setting.now.weekday() == 6:
        saturday -= _DAY * 7
    start = calendar.midnight(saturday)
    return Wall(start, start + 2 * _DAY, "day")


def _origin(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    """Return the first day of the year, month or week that is running."""
    today = setting.now.date()
    firsts = {"year": today.replace(month=1, day=1), "month": today.replace(day=1)}
    start = calendar.midnight(
        firsts.get(lexicon.value("origin", values["origin"]), monday_of(today))
    )
    return Wall(start, start + _DAY, "day")


def _month(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    today = setting.now.date()
    if "monthrel" in values:
        away = lexicon.value("relative_month", values["monthrel"])
        return month(calendar.month_after(today, away))
    number = int(lexicon.value("month", values["month"]))
    named = year_of(values, lexicon, setting)
    if named is None and setting.told:
        named = year_told(number, setting.told)
    if named is not None:
        return month(date(named, number, 1))
    if "last" in values and number == today.month:
        return month(date(today.year - 1, number, 1))
    ahead = "next" in values or (setting.ahead and "last" not in values)
    return month(calendar.month_of_year(number, today, ahead=ahead))


def _quarter(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    """Return a quarter or a half of a year: the one named, or the nth that began last."""
    length = int(lexicon.value("months_long", values["long"]))
    now = setting.now.date()
    running = date(now.year, (now.month - 1) // length * length + 1, 1)
    if "which" in values:
        away = int(lexicon.value("which_quarter", values["which"]))
        return months(calendar.month_after(running, away * length), length)
    first = (int(lexicon.value("nth", values["nth"])) - 1) * length
    named = year_of(values, lexicon, setting)
    start = calendar.month_after(date(named or now.year, 1, 1), first)
    if named is None and not setting.ahead and start > now:
        start = calendar.month_after(start, -12)
    return months(start, length)


def _season(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall:
    """Return a season of the northern half, by whole months; a winter is named by its end."""
    begins = int(lexicon.value("season", values["season"]))
    named = year_of(values, lexicon, setting)
    if named is None and setting.told:
        named = year_told(begins % 12 + 1, setting.told)
    now = setting.now.date()
    start = date((named or now.year) - (begins == 12), begins, 1)
    if named is not None:
        return months(start, 3)
    if begins == 12 and now.month == 12:
        start = date(now.year, begins, 1)
    ended = calendar.month_after(start, 3) <= now
    if setting.ahead or "next" in values:
        return months(calendar.month_after(start, 12) if ended else start, 3)
    late = not ended if "last" in values else start > now
    return months(calendar.month_after(start, -12) if late else start, 3)


def _year(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    named = year_of(values, lexicon, setting)
    return None if named is None else year(named)


def _years(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    del lexicon, setting
    first, last = int(values["year"]), int(values["year2"])
    return years(first, last + first // 100 * 100 if last < 100 else last)


def _decade(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    del setting
    word = values["decade"]
    first = int(word) if word.isdecimal() else int(lexicon.value("decade", word))
    first += 1900 if first < 100 else 0
    return years(first, first + 9)


def _lately(values: Values, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    now = setting.now
    count = lexicon.number(values["n"]) if "n" in values else 1
    unit = lexicon.value("unit", values["unit"]) if "unit" in values else "day"
    unit = lexicon.value("lately", values["span"]) if "span" in values else unit
    if unit == "yesterday":
        today = calendar.midnight(now.date())
        return Wall(today - _DAY, today, "day")
    if count is None or not 0 < count < 1000 or unit not in _HOURS:
        return None
    hours = _HOURS[unit] * count
    return Wall(now - timedelta(hours=hours), now, "day" if hours >= 24 else "hour")


def before(atom: Atom, end: datetime, lexicon: TimeLexicon) -> Wall | None:
    """Return the span of an atom ("the 24 hours") that closes at `end`."""
    return _lately(atom.values, lexicon, Setting(end))


_SPANS: dict[str, Callable[[Values, TimeLexicon, Setting], Wall | None]] = {
    "week": _week,
    "weekend": _weekend,
    "origin": _origin,
    "month": _month,
    "monthrel": _month,
    "quarter": _quarter,
    "season": _season,
    "year": _year,
    "yearrel": _year,
    "years": _years,
    "decade": _decade,
    "lately": _lately,
}

"""Resolving: what a phrase means, given the day on which it was published and what was said before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import COARSE, Atom, TimeLexicon
from sourcier.read.times_days import ago, coarse, days_of, named_day
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_wall import LENGTHS, Setting, Wall
from sourcier.types import TimePrecision

_DAY = timedelta(days=1)
_FINER: tuple[TimePrecision, ...] = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "year",
)
_MOST_AHEAD = timedelta(hours=9)


def resolve(phrase: Phrase, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return the wall interval of a phrase, or None where it names no real time."""
    first = _single(phrase, lexicon, setting)
    if phrase.until:
        return _range(first, phrase, lexicon, setting)
    if first is None:
        return None
    if phrase.mode == "since" and first.start < setting.now:
        return replace(first, end=setting.now)
    if phrase.mode == "until":
        return _until(first, setting)
    return first


def _until(found: Wall, setting: Setting) -> Wall | None:
    """Return the time from now to where an expression begins ("until Friday")."""
    if found.start <= setting.now:
        return found
    return replace(found, start=setting.now, end=found.start)


def _range(
    first: Wall | None, phrase: Phrase, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    assert phrase.until is not None
    if phrase.part and phrase.day and phrase.until.day and not phrase.until.part:
        return _night_between(phrase, phrase.until, lexicon, setting)
    last = _single(phrase.until, lexicon, replace(setting, anchor=first or setting.anchor))
    if first is None or last is None:
        return None
    if not phrase.day and phrase.until.day:
        first = _single(phrase, lexicon, replace(setting, anchor=last)) or first
    end = last.start if last.precision in LENGTHS else last.end
    start = first.start
    while start >= end and first.precision in LENGTHS:
        start, end = (start - _DAY, end) if phrase.until.day else (start, end + _DAY)
    if start >= end:
        return last
    precision = min(first.precision, last.precision, key=_FINER.index)
    return Wall(start, end, precision, first.dated or last.dated)


def _night_between(
    phrase: Phrase, until: Phrase, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    """Resolve "the night from Monday to Tuesday", with the clock time within it if one is told."""
    kept = [atom for atom in (phrase.part, phrase.clock) if atom]
    return _single(Phrase((*kept, *until.atoms), until.start, until.end), lexicon, setting)


def _single(phrase: Phrase, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    wide = phrase.get(COARSE)
    if wide:
        return coarse(wide, lexicon, setting)
    if [atom.kind for atom in phrase.atoms] == ["ago"]:
        return ago(phrase.atoms[0], lexicon, setting.now)
    days = days_of(phrase.day, lexicon, setting) if phrase.day else None
    if phrase.day and not days:
        return None
    if phrase.clock:
        return _clock(phrase, days, lexicon, setting)
    if phrase.part:
        return _part_alone(phrase, days, lexicon, setting)
    return (
        Wall(calendar.midnight(days[0]), calendar.midnight(days[1]) + _DAY, "day") if days else None
    )


def _part(atom: Atom, day: date, lexicon: TimeLexicon) -> Wall:
    start, end = calendar.part_of(day, _part_name(atom, lexicon))
    return Wall(start, end, "part_of_day")


def _part_name(atom: Atom, lexicon: TimeLexicon) -> str:
    if "noun" in atom.values:
        return str(lexicon.value("noun_part", atom.values["noun"]))
    return str(lexicon.value(atom.kind, atom.values["part"]))


def _part_alone(
    phrase: Phrase, days: tuple[date, date] | None, lexicon: TimeLexicon, setting: Setting
) -> Wall:
    assert phrase.part is not None
    if days:
        return _part(phrase.part, days[1], lexicon)
    if phrase.part.kind == "samepart" and setting.anchor:
        return _part(phrase.part, named_day(setting.anchor), lexicon)
    today = setting.now.date()
    found = _part(phrase.part, today, lexicon)
    if setting.ahead and found.end <= setting.now:
        return _part(phrase.part, today + _DAY, lexicon)
    if found.start > setting.now and not setting.ahead:
        return _part(phrase.part, today - _DAY, lexicon)
    return found


def _clock(
    phrase: Phrase, days: tuple[date, date] | None, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    assert phrase.clock is not None
    start = _clock_start(phrase, "", lexicon)
    if start is None:
        return None
    exact = {"minute", "half_to", "half_past"} & phrase.clock.values.keys()
    precision: TimePrecision = "minute" if exact else "hour"
    length = LENGTHS[precision]
    if phrase.clock.kind == "clocks":
        length, precision = _clock_length(phrase, start, lexicon)
    day, dated = _clock_day(phrase, days, start, lexicon, setting)
    wall = calendar.midnight(day) + start
    return Wall(wall, wall + length, precision, dated)


def _clock_length(
    phrase: Phrase, start: timedelta, lexicon: TimeLexicon
) -> tuple[timedelta, TimePrecision]:
    assert phrase.clock is not None
    end = _clock_start(phrase, "2", lexicon) or timedelta(days=1)
    precision: TimePrecision = "minute" if "minute2" in phrase.clock.values else "hour"
    return (end - start if end > start else end - start + _DAY), precision


def _clock_start(phrase: Phrase, suffix: str, lexicon: TimeLexicon) -> timedelta | None:
    assert phrase.clock is not None
    values = phrase.clock.values
    if f"word{suffix}" in values:
        hour: int | None = lexicon.value("clock_word", values[f"word{suffix}"])
    else:
        hour = _hour(values[f"hour{suffix}"], lexicon)
    if hour is None or hour > 24:
        return None
    hour = _half_day(hour, values.get("meridiem"), phrase, lexicon)
    start = timedelta(hours=hour, minutes=int(values.get(f"minute{suffix}", "0")))
    if "half_to" in values:
        return start - timedelta(minutes=30)
    return start + timedelta(minutes=30) if "half_past" in values else start


def _hour(word: str, lexicon: TimeLexicon) -> int | None:
    number = lexicon.number(word)
    return lexicon.value("hour_word", word) if number is None else number


def _half_day(hour: int, meridiem: str | None, phrase: Phrase, lexicon: TimeLexicon) -> int:
    half = lexicon.value("meridiem", meridiem) if meridiem else None
    if half is None and phrase.part:
        part = _part_name(phrase.part, lexicon)
        half = "pm" if part in {"afternoon", "evening", "late"} else None
    if half == "am" and hour == 12:
        return 0
    return hour + 12 if half == "pm" and hour < 12 else hour


def _clock_day(
    phrase: Phrase,
    days: tuple[date, date] | None,
    start: timedelta,
    lexicon: TimeLexicon,
    setting: Setting,
) -> tuple[date, bool]:
    if days:
        return _in_night(phrase, days[1], start, lexicon), True
    if setting.anchor:
        return _near(setting.anchor, start, setting), True
    today = setting.now.date()
    if phrase.part:
        return _part_alone(phrase, None, lexicon, setting).end.date(), True
    if not setting.ahead and calendar.midnight(today) + start > setting.now + _MOST_AHEAD:
        return today - _DAY, False
    return today, False


def _in_night(phrase: Phrase, day: date, start: timedelta, lexicon: TimeLexicon) -> date:
    """Return `day`, or the one before for the evening hours of a night named by the day it ends on."""
    if phrase.part is None:
        return day
    part = _part(phrase.part, day, lexicon)
    late = calendar.midnight(day - _DAY) + start
    return day - _DAY if part.start <= late < part.end else day


def _near(anchor: Wall, start: timedelta, setting: Setting) -> date:
    """Return the day on which a clock time falls that is told after `anchor`."""
    first = anchor.start.date()
    for day in (first, first + _DAY):
        at = calendar.midnight(day) + start
        if anchor.precision == "part_of_day" and anchor.start <= at < anchor.end:
            return day
    day = named_day(anchor)
    fine = anchor.precision in LENGTHS or anchor.precision == "part_of_day"
    after_anchor = fine and calendar.midnight(day) + start < anchor.start
    following = calendar.midnight(day + _DAY) + start
    return day + _DAY if after_anchor and (following <= setting.now or setting.ahead) else day

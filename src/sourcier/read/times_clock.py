"""Clock times: which hour and minute, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import TimeLexicon
from sourcier.read.times_days import named_day, part_alone, part_of
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_wall import LENGTHS, Setting, Wall
from sourcier.types import TimePrecision

_DAY = timedelta(days=1)
_MOST_AHEAD = timedelta(hours=9)
_SLACK = timedelta(hours=1)
_NOON = timedelta(hours=12)
_NIGHTS = frozenset({"night", "night_after"})
_BEDTIME = range(7, 12)
_LATE = frozenset({"afternoon", "evening", "late"})


def clock(
    phrase: Phrase, days: tuple[date, date] | None, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    """Return the wall interval of a clock time on the last of `days`, or the day that fits best."""
    assert phrase.clock is not None
    start = since_midnight(phrase, lexicon)
    if start is None:
        return None
    exact = {"minute", "fraction"} & phrase.clock.values.keys()
    precision: TimePrecision = "minute" if exact else "hour"
    length = LENGTHS[precision]
    if phrase.clock.kind == "clocks":
        end = since_midnight(phrase, lexicon, "2") or _DAY
        length = end - start if end > start else end - start + _DAY
        precision = "minute" if "minute2" in phrase.clock.values else "hour"
    day, dated = _day(phrase, days, start, lexicon, setting)
    wall = calendar.midnight(day) + start
    return Wall(wall, wall + length, precision, dated)


def since_midnight(phrase: Phrase, lexicon: TimeLexicon, suffix: str = "") -> timedelta | None:
    """Return a clock time as what has passed since midnight; None where there is none such.

    `suffix` "2" asks for the end of a range. A midnight is the one that closes the day, unless
    something runs from it or comes after it.
    """
    assert phrase.clock is not None
    values = phrase.clock.values
    if f"word{suffix}" in values:
        hour: int | None = lexicon.value("clock_word", values[f"word{suffix}"])
    else:
        hour = _hour(values[f"hour{suffix}"], lexicon)
    if hour is None or hour > 24:
        return None
    opens = phrase.clock.kind == "clocks" or phrase.until or {"after", "fraction"} & values.keys()
    if hour == 24 and not suffix and opens:
        hour = 0
    other = "" if suffix else "2"
    said = values.get(f"meridiem{suffix}") or values.get(f"meridiem{other}")
    hour = _half_day(hour, said, phrase, lexicon)
    minutes = int(values.get(f"minute{suffix}", "0"))
    if "fraction" in values:
        minutes += int(lexicon.value("fraction", values["fraction"]))
    return timedelta(hours=hour, minutes=minutes)


def _hour(word: str, lexicon: TimeLexicon) -> int | None:
    number = lexicon.number(word)
    return lexicon.value("hour_word", word) if number is None else number


def _half_day(hour: int, meridiem: str | None, phrase: Phrase, lexicon: TimeLexicon) -> int:
    half = lexicon.value("meridiem", meridiem) if meridiem else None
    if half is None and phrase.part:
        part = lexicon.part(phrase.part)
        half = "pm" if part in _LATE or (part in _NIGHTS and hour in _BEDTIME) else None
    if half == "am" and hour == 12:
        return 0
    return hour + 12 if half == "pm" and hour < 12 else hour


def _day(
    phrase: Phrase,
    days: tuple[date, date] | None,
    start: timedelta,
    lexicon: TimeLexicon,
    setting: Setting,
) -> tuple[date, bool]:
    """Return the day of a clock time, and whether the text gives it."""
    if days:
        return _in_night(phrase, days[1], start, lexicon), True
    slack = _slack(phrase, setting)
    if setting.anchor:
        return _come(_near(setting.anchor, start, setting), start, setting, slack), True
    today = setting.now.date()
    if phrase.part:
        part = part_alone(phrase.part, lexicon, replace(setting, anchor=None))
        return _in_night(phrase, part.end.date(), start, lexicon), True
    passed = setting.ahead and calendar.midnight(today) + start < setting.now - _SLACK
    return today + _DAY if passed else _come(today, start, setting, slack), False


def _slack(phrase: Phrase, setting: Setting) -> timedelta:
    """Return how far ahead a clock time may be where no word looks ahead.

    Without a tense that tells, a few hours to come are allowed: a programme, or a clock elsewhere;
    what runs from a time on ("from 8 p.m. traffic is closed") may begin at any hour of the day.
    """
    if setting.tense == "past":
        return _SLACK
    return _DAY if phrase.mode == "since" else _MOST_AHEAD


def _come(day: date, start: timedelta, setting: Setting, slack: timedelta) -> date:
    """Return `day`, or its eve where a clock time on it lies further ahead than `slack`."""
    yet_to_come = calendar.midnight(day) + start > setting.now + slack
    return day - _DAY if yet_to_come and not setting.ahead else day


def _in_night(phrase: Phrase, day: date, start: timedelta, lexicon: TimeLexicon) -> date:
    """Return `day`, or a neighbour for the hours of a night that lie beyond its midnight."""
    if phrase.part is None:
        return day
    part = part_of(phrase.part, day, lexicon)
    if part.start < calendar.midnight(day) and start >= _NOON:
        return day - _DAY
    for near in (day, day - _DAY, day + _DAY):
        if part.start <= calendar.midnight(near) + start < part.end:
            return near
    return day


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

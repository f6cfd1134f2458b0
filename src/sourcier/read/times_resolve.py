"""Resolving: what a phrase means, given the day on which it was published and what was said before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sourcier.read import times_calendar as calendar
from sourcier.read.times_atoms import COARSE, Atom, TimeLexicon
from sourcier.read.times_clock import clock
from sourcier.read.times_days import ago, days_of, part_alone, part_of, shifted
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_spans import before, coarse
from sourcier.read.times_wall import LENGTHS, Setting, Wall
from sourcier.types import TimePrecision

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FINER: tuple[TimePrecision, ...] = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "year",
)
_MOVED = {"ago": ago, "shift": shifted}
_LATELY = frozenset({"lately"})
_EVENINGS = frozenset({"night", "night_after", "evening", "late"})


def resolve(phrase: Phrase, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    """Return the wall interval of a phrase, or None where it names no real time."""
    first = _single(phrase, lexicon, setting)
    if phrase.until:
        return _range(first, phrase, lexicon, setting)
    if first is None:
        return None
    if phrase.mode == "since" and first.start < setting.now and not setting.ahead:
        return replace(first, end=setting.now)
    if phrase.mode in ("until", "through") and setting.ahead:
        return _until(first, setting, whole=phrase.mode == "through")
    return first


def _until(found: Wall, setting: Setting, *, whole: bool) -> Wall | None:
    """Return the time from now to where an expression begins ("until Friday"), or `whole` to its end."""
    if whole:
        return replace(found, start=setting.now) if found.end > setting.now else found
    return (
        found if found.start <= setting.now else replace(found, start=setting.now, end=found.start)
    )


def _range(
    first: Wall | None, phrase: Phrase, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    assert phrase.until is not None
    near = replace(setting, anchor=first or setting.anchor)
    night = _night_between(phrase, phrase.until, lexicon, near)
    if night:
        return night
    last = _single(phrase.until, lexicon, near)
    if last is None:
        return None
    lately = phrase.get(_LATELY)
    if lately:
        return before(lately, _end(last), lexicon)
    first, last = _in_step(first, last, phrase, lexicon, setting)
    if phrase.until.day and (phrase.day is None or phrase.day.kind == "numbered"):
        first = _single(phrase, lexicon, replace(setting, anchor=last)) or first
    if first is None:
        return None
    end = _end(last)
    start = first.start
    while start >= end and first.precision in LENGTHS:
        start, end = (start - _DAY, end) if phrase.until.day else (start, end + _DAY)
    if start >= end:
        return last
    precision = min(first.precision, last.precision, key=_FINER.index)
    return Wall(start, end, precision, first.dated or last.dated)


def _end(last: Wall) -> datetime:
    """Return the moment at which what runs to a time ends: at a clock time, with a day."""
    return last.start if last.precision in LENGTHS else last.end


def _in_step(
    first: Wall | None, last: Wall, phrase: Phrase, lexicon: TimeLexicon, setting: Setting
) -> tuple[Wall | None, Wall]:
    """Return both ends of a range with what the one lends the other.

    "Between January and March 2025": the year. "From Monday to Tuesday", told on a Monday: the end
    is the next such day; where the words speak of what is past, the beginning is the last one.
    """
    assert phrase.until is not None
    months = [end.get(frozenset({"month"})) for end in (phrase, phrase.until)]
    if months[0] and months[1] and "year" not in months[0].values and last.start.year:
        year = str(last.start.year)
        lent = replace(months[0], values={**months[0].values, "year": year})
        return coarse(lent, lexicon, setting), last
    ends = (phrase.day, phrase.until.day)
    if first is None or not all(day and day.kind == "weekday" for day in ends):
        return first, last
    if first.start < last.end:
        return first, last
    if setting.tense == "past" and first.start.date() != setting.now.date():
        return _later(first, -_WEEK), last
    return first, _later(last, _WEEK)


def _later(wall: Wall, by: timedelta) -> Wall:
    return replace(wall, start=wall.start + by, end=wall.end + by)


def _night_between(
    phrase: Phrase, until: Phrase, lexicon: TimeLexicon, setting: Setting
) -> Wall | None:
    """Resolve "the night from Monday to Tuesday", with the clock time within it if one is told.

    Return None where a range is no such night.
    """
    part = phrase.part
    if part is None or until.day is None or until.part or lexicon.part(part) not in _EVENINGS:
        return None
    night = _night(part, lexicon)
    kept = (night, phrase.clock) if phrase.clock else (night,)
    return _single(Phrase((*kept, *until.atoms), until.start, until.end), lexicon, setting)


def _night(part: Atom, lexicon: TimeLexicon) -> Atom:
    """Return a part of day as one that the last of several days names, where it is an evening or a night."""
    named = lexicon.part(part) in _EVENINGS
    return replace(part, values={"name": "night"}) if named else part


def _single(phrase: Phrase, lexicon: TimeLexicon, setting: Setting) -> Wall | None:
    wide = phrase.get(COARSE)
    if wide:
        return coarse(wide, lexicon, setting)
    if len(phrase.atoms) == 1 and phrase.atoms[0].kind in _MOVED:
        return _MOVED[phrase.atoms[0].kind](phrase.atoms[0], lexicon, setting)
    days = days_of(phrase.day, lexicon, setting) if phrase.day else None
    if phrase.day and not days:
        return None
    if phrase.clock:
        return clock(phrase, days, lexicon, setting)
    if phrase.part:
        if days:
            night = phrase.part if days[0] == days[1] else _night(phrase.part, lexicon)
            return part_of(night, days[1], lexicon)
        return part_alone(phrase.part, lexicon, setting)
    return (
        Wall(calendar.midnight(days[0]), calendar.midnight(days[1]) + _DAY, "day") if days else None
    )

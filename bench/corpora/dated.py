"""Time expressions found, compared with golden TIMEX3 values.

An expression of ours is right where it overlaps a golden one and is the same interval of local time.
Parts of a day are compared by their day, minutes by their minute. A range of ours ("since Tuesday",
"from 3 to 5 May") is right for a golden expression that it begins or ends with. Two rows:

- calendar values: golden expressions that name a stretch of the calendar (a minute, day, week,
  month, quarter, season, year, decade). Ours that overlap a golden duration, repetition or "now"
  are left aside; any other without a golden counterpart is an error.
- all TIMEX3: durations, repetitions and vague references are wanted too, which the reader, by its
  own conventions, does not give. This is how TempEval counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bench.corpora.rows import Error, Tallies, Tally, excerpt
from bench.corpora.source import reading
from bench.corpora.timex import Interval, Marked, Timex, interval
from sourcier.types import Time

CALENDAR, EVERY = "calendar value", "all TIMEX3 values"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNITS = {"hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 31 * DAY, "year": 366 * DAY}


@dataclass(frozen=True)
class Dated:
    """A time expression found: its span, its local interval, how precise, its TIMEX3 value if given."""

    span: tuple[int, int]
    interval: Interval
    precision: str
    value: str = ""


def found(document: Marked, zone: str, language: str = "en") -> list[Dated]:
    """Return the times that the reader finds in a document created by the clocks of a zone."""
    published = document.created.replace(tzinfo=ZoneInfo(zone))
    reader = reading(document.name, document.text, published, zone, True, language)
    mentions = reader.mentions
    return [Dated(m.span, local(m.time), m.time.precision) for m in mentions if m.time]


def local(time: Time) -> Interval:
    """Return a time's interval as local time of its zone."""
    zone = ZoneInfo(time.zone)
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (time.start, time.end))
    return start, end


def same(timex: Timex, dated: Dated) -> bool:
    """Tell whether an expression found has the value of a golden one."""
    golden = interval(timex.value)
    if golden is None or dated.value == timex.value:
        return dated.value == timex.value
    start, end = dated.interval
    if dated.precision == "instant":
        return golden[0] <= start < golden[1]
    if dated.precision == "part_of_day":
        return start.date() == golden[0].date() and golden[1] - golden[0] <= DAY
    if dated.precision == "minute" and golden[1] - golden[0] <= HOUR:
        return golden[0] <= start < golden[1]
    if end - start > UNITS.get(dated.precision, end - start):
        return golden[0] == start or golden[1] == end
    return golden == (start, end)


def compared(document: Marked, dates: Sequence[Dated]) -> Tallies:
    """Compare the times of one document."""
    named = [timex for timex in document.timexes if interval(timex.value)]
    aside = [dated for dated in dates if _unnamed(document, dated)]
    calendar = _tally(named, [dated for dated in dates if dated not in aside])
    every = _tally(document.timexes, dates)
    calendar.errors = [_missed(document, timex, dates) for timex in _unmet(named, dates)]
    calendar.errors += [
        _made_up(document, d) for d in dates if not any(_touch(t, d) for t in document.timexes)
    ]
    unnamed = [timex for timex in document.timexes if timex not in named]
    every.errors = [_missed(document, timex, dates) for timex in _unmet(unnamed, dates)]
    return {CALENDAR: calendar, EVERY: every}


def _tally(timexes: Sequence[Timex], dates: Sequence[Dated]) -> Tally:
    """Count which expressions found are those of golden ones, and which golden ones are found."""
    right = [dated for dated in dates if any(_answers(timex, dated) for timex in timexes)]
    unmet = _unmet(timexes, dates)
    return Tally(len(right), len(dates), len(timexes) - len(unmet), len(timexes))


def _unmet(timexes: Sequence[Timex], dates: Sequence[Dated]) -> list[Timex]:
    return [timex for timex in timexes if not any(_answers(timex, dated) for dated in dates)]


def _answers(timex: Timex, dated: Dated) -> bool:
    return _touch(timex, dated) and same(timex, dated)


def _touch(timex: Timex, dated: Dated) -> bool:
    return timex.span[0] < dated.span[1] and dated.span[0] < timex.span[1]


def _unnamed(document: Marked, dated: Dated) -> bool:
    """Tell whether a time stands on golden expressions alone that are no part of the calendar."""
    touched = [t for t in document.timexes if _touch(t, dated)]
    return bool(touched) and not any(interval(t.value) for t in touched)


def _missed(document: Marked, timex: Timex, dates: Sequence[Dated]) -> Error:
    touching = [dated for dated in dates if _touch(timex, dated)]
    words = " ".join(document.text[slice(*timex.span)].split())
    read = "; ".join(f"{_show(d.interval)} {d.precision}" for d in touching)
    if interval(timex.value):
        kind = "time: value another" if touching else "time: missed"
    else:
        kind = "time: no calendar value, not read by convention"
    return Error(
        kind,
        words.lower()[:40],
        document.name,
        f"gold {timex.value}, read {read or 'nothing'}, published {document.created:%a %Y-%m-%d} | "
        + excerpt(document.text, timex.span, 100),
        timex.span,
        f"{timex.type} {_shape(timex.value)}",
    )


def _shape(value: str) -> str:
    return "".join("9" if c.isdecimal() else c for c in value)


def _made_up(document: Marked, dated: Dated) -> Error:
    words = " ".join(document.text[slice(*dated.span)].split()).lower()[:40]
    context = f"read {_show(dated.interval)} | " + excerpt(document.text, dated.span, 100)
    return Error("time: made up", words, document.name, context, dated.span, dated.precision)


def _show(interval: tuple[datetime, datetime]) -> str:
    return "/".join(f"{moment:%Y-%m-%dT%H:%M}" for moment in interval)

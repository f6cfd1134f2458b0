"""Glossed clock times: "2:20 p.m. (0620 GMT)" gives a moment in two zones, of which one is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sourcier.read.times_calendar import in_utc
from sourcier.read.times_clock import since_midnight
from sourcier.read.times_context import Around
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_resolve import resolve
from sourcier.read.times_wall import Setting

_DAY = timedelta(days=1)
_FARTHEST_EAST = timedelta(hours=14)


def offset(around: Around, phrase: Phrase) -> timedelta | None:
    """Return how far the glossed clock is from UTC, between -10 and +14 hours; None where untold.

    Where the gloss names a day of its own, that says more: see `dated_instant`.
    """
    gloss = phrase.gloss
    if gloss is None or gloss.day is not None or phrase.clock is None or gloss.clock is None:
        return None
    zone = _zone(around, gloss)
    there, here = (since_midnight(one, around.lexicon) for one in (gloss, phrase))
    if zone is None or there is None or here is None:
        return None
    utc = there - (around.document.published.astimezone(zone).utcoffset() or timedelta())
    apart = (here - utc) % _DAY
    return apart if apart <= _FARTHEST_EAST else apart - _DAY


def dated_instant(around: Around, phrase: Phrase, about: datetime) -> datetime | None:
    """Return the instant that "(22h40 GMT mardi)" gives, without a day the one nearest to `about`."""
    gloss = phrase.gloss
    zone = _zone(around, gloss) if gloss else None
    if gloss is None or zone is None:
        return None
    dated = gloss.day is not None
    seen = around.document.published if dated else about
    clock = resolve(gloss, around.lexicon, Setting(_naive(seen, zone), anchor=None))
    if clock is None:
        return None
    days = (timedelta(days=number) for number in ((0,) if dated else (-1, 0, 1)))
    return min((in_utc(clock.start + day, zone) for day in days), key=lambda at: abs(at - about))


def wall_now(published: datetime, apart: timedelta) -> datetime:
    """Return the wall time of publication `apart` from UTC."""
    return published.astimezone(UTC).replace(tzinfo=None) + apart


def instant(wall: datetime, apart: timedelta) -> datetime:
    """Return the instant of a wall time `apart` from UTC."""
    return (wall - apart).replace(tzinfo=UTC)


def _zone(around: Around, gloss: Phrase) -> ZoneInfo | None:
    assert gloss.zone is not None
    named = around.lexicon.zone(gloss.zone)
    return None if named == "local" else ZoneInfo(named)


def _naive(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)

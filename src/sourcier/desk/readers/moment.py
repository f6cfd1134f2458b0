"""The moment that a reader asks for: ``?at=08:12`` or ``?at=2024-11-21T20:40``. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any story."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_WHOLE_MINUTE = timedelta(seconds=59, microseconds=999_999)


def asked(text: str, now: datetime, zone: str) -> datetime:
    """Return the end of the minute that `text` names, aware, in UTC.

    A bare clock time is of the day that `now` is in `zone`, a bare date and time is in `zone`; one
    with an offset is taken as it is. Raises ValueError for anything else.
    """
    tz = ZoneInfo(zone)
    if clock := _CLOCK.fullmatch(text):
        hour, minute = map(int, clock.groups())
        found = now.astimezone(tz).replace(hour=hour, minute=minute)
    else:
        found = datetime.fromisoformat(text)
        found = found if found.tzinfo else found.replace(tzinfo=tz)
    try:
        return found.replace(second=0, microsecond=0).astimezone(UTC) + _WHOLE_MINUTE
    except OverflowError as error:
        raise ValueError(text) from error


def within(moment: datetime, now: datetime) -> datetime:
    """Return an aware `moment`, or the nearest one that a story may be asked for as of."""
    return max(FIRST, min(moment, now))

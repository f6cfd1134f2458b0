"""Into which slots the wall's timeline cuts a span of time. Pure."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

STEPS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""How long a slot may be; the shortest that gives no more than `MOST`."""
MOST = 72
"""How many slots there are at most; of a span that needs more of them, the last are taken."""


def slots(since: datetime, until: datetime, zone: str) -> tuple[datetime, ...]:
    """Return the edges of the slots from `since` to `until` (UTC), at least two.

    The first and the last are exact. Those between stand at full ten minutes, hours, quarters of a day or
    midnights of `zone`, whose days may be longer or shorter than 24 hours. `since` must be before `until`.
    """
    step = next((one for one in STEPS if until - since <= one * (MOST - 1)), STEPS[-1])
    start = max(since, until - step * (MOST - 1))
    inner = [edge for edge in _full(start, until, step, ZoneInfo(zone)) if start < edge < until]
    return (start, *inner, until)


def full(since: datetime, until: datetime, hours: int, zone: str) -> tuple[datetime, ...]:
    """Return when each `hours` (1 to 24) of the days of `zone` are full between two moments (UTC)."""
    found = _full(since, until, timedelta(hours=hours), ZoneInfo(zone))
    return tuple(edge for edge in found if since < edge < until)


def _full(since: datetime, until: datetime, step: timedelta, zone: ZoneInfo) -> list[datetime]:
    """Return the full steps of a zone's clock around a span, in order."""
    local = since.astimezone(zone).replace(tzinfo=None)
    midnight = datetime.combine(local.date(), datetime.min.time())
    first = midnight + (local - midnight) // step * step
    count = math.ceil((until - since) / step) + 2
    if step > timedelta(hours=1):
        clocks = (first + step * n for n in range(count))
        return sorted({clock.replace(tzinfo=zone).astimezone(UTC) for clock in clocks})
    began = since - (local - first)
    return [began + step * n for n in range(count)]

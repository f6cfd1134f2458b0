"""The zone of a place, and the night or day that an instant belongs to there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import tzfpy

from sourcier.types import Capture, Claim, Place, Time

_DUSK, _DAWN = time(22), time(6)


def zone_of(place: Place | None, claim: Claim | None, capture: Capture | None) -> str:
    """Return the IANA zone of a place; without coordinates, of the claim's time or of the outlet."""
    if place is not None and place.latitude is not None and place.longitude is not None:
        found = _zone_at(round(place.longitude, 3), round(place.latitude, 3))
        if found:
            return found
    if claim is not None and claim.time is not None:
        return claim.time.zone
    return (capture.zone if capture else None) or "UTC"


@lru_cache(maxsize=16384)
def _zone_at(longitude: float, latitude: float) -> str:
    return str(tzfpy.get_tz(longitude, latitude))


def day_of(told: Time) -> date:
    """Return the day on which a time begins, where it is told of."""
    return told.start.astimezone(ZoneInfo(told.zone)).date()


@lru_cache(maxsize=16384)
def whole_night(start: datetime, end: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return an interval widened to the whole night (22:00 to 06:00) where it touches one.

    An interval of more than half a day names a day, not a night: it stays as it is.
    """
    if end - start > timedelta(hours=12):
        return start, end
    here = ZoneInfo(zone)
    first, last = start.astimezone(here), end.astimezone(here)
    if first.time() >= _DUSK or first.time() < _DAWN:
        evening = first.date() - timedelta(days=first.time() < _DAWN)
        start = min(start, datetime.combine(evening, _DUSK, here))
    if last.time() > _DUSK or last.time() <= _DAWN:
        morning = last.date() + timedelta(days=last.time() > _DUSK)
        end = max(end, datetime.combine(morning, _DAWN, here))
    return start, end

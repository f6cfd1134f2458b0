"""Dates and zones as they come from outside, made aware or refused."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sourcier.problems import InputError

_YEARS = range(1000, 9000)  # beyond, arithmetic with offsets overflows


def zone_named(name: str, where: str) -> ZoneInfo:
    """Return the IANA zone `name`; raises InputError (``unknown_zone``) naming `where`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a name, or a folder such as "Europe"
        raise InputError(where, "unknown_zone", f"unknown time zone {name[:60]!r}") from None


def moment(value: str, zone: ZoneInfo, where: str) -> datetime:
    """Return the aware datetime that `value` (ISO 8601) gives; without offset it is in `zone`.

    Raises InputError (``bad_date``) naming `where`.
    """
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        parsed = None
    if parsed is None or parsed.year not in _YEARS:
        raise InputError(where, "bad_date", f"not an ISO 8601 date: {value[:60]!r}")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def in_utc(when: datetime) -> datetime:
    """Return the aware datetime `when` in UTC."""
    return when.astimezone(UTC)

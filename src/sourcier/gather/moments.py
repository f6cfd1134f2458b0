"""Dates and zones as they come from outside, made aware or refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from sourcier.problems import InputError

_YEARS = range(1000, 9000)  # beyond, arithmetic with offsets overflows
_MAIL_ZONE = re.compile(r" (?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)$")
"""The zones of RFC 822; others, which `email` takes for UTC, are left to the source's."""

_FORMS = (
    "%Y-%m-%d %H:%M:%S %z",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
)


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


def lenient_moment(value: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment that a date in one of the common forms gives, None for none of them.

    ISO 8601, RFC 822 and what is written in their stead; without offset it is in `zone`.
    """
    text = " ".join((value or "")[:100].split())
    try:
        return moment(text, zone, "")
    except InputError:
        found = _mail_moment(text) or _day_first(text)
    if found is None or found.year not in _YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _mail_moment(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        offset = parts[9] if _MAIL_ZONE.search(text) else None
        zone = None if offset is None else timezone(timedelta(seconds=offset))
        return datetime(*parts[:6], tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):  # it checks nothing itself
        return None


def _day_first(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the caller gives the zone)
        except ValueError:
            continue
    return None

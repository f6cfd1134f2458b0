"""What time it is at the desk: the real time, or the accelerated one of a replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)


_clock: Clock = real


def now() -> datetime:
    """Return the desk's present moment, aware, in UTC."""
    return _clock().astimezone(UTC)


def use(clock: Clock = real) -> None:
    """Take the time from `clock` (which gives aware datetimes) from now on."""
    global _clock
    _clock = clock

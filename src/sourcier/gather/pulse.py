"""Pulse: how a door answered the last times, and when it may be asked again."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from sourcier.gather.fetched import Fetched, RefusedError
from sourcier.problems import InputError

_One = TypeVar("_One")

LONGEST_TTL = 600.0
"""The most seconds that a door's own "fresh for" is kept: many print an hour without a thought."""

LONGEST_BACK_OFF = 3600.0
"""The most seconds between two tries of a door that fails."""

_LONGEST_WAIT = 24 * 3600.0  # of a Retry-After
_DOUBLINGS = 10
_KEPT = 30  # of each series


class Pulse(msgspec.Struct):
    """The health of one door as its polls told it. Datetimes are aware.

    `failures` counts those in a row, `code` and `message` tell of the last one; `answered` is the last
    answer, `newest` the last time that it had something new; before `wait` it asked not to be asked;
    `moved` is where it redirects for good. The newest of each: when there was something new, seconds an
    answer took, dispatches found in an answer, gaps. `lost` counts what caps cut off, `total` all captures.
    A door is `behind` where more is there than one look takes.
    """

    polls: int = 0
    failures: int = 0
    code: str | None = None
    message: str | None = None
    failed: datetime | None = None
    answered: datetime | None = None
    newest: datetime | None = None
    wait: datetime | None = None
    moved: str | None = None
    arrivals: list[datetime] = []
    seconds: list[float] = []
    found: list[int] = []
    gaps: list[str] = []
    lost: int = 0
    total: int = 0
    behind: bool = False

    def opened(self, fetched: Fetched) -> None:
        """Note an answer, and for how long it calls itself fresh."""
        self.answered = fetched.at
        self.moved = fetched.moved
        _add(self.seconds, fetched.seconds)
        self.wait = _after(fetched.at, min(_max_age(fetched), LONGEST_TTL))

    def fresh_for(self, seconds: float) -> None:
        """Note that what was answered calls itself fresh for so long (a feed's ttl)."""
        if self.answered:
            wait = _after(self.answered, min(seconds, LONGEST_TTL))
            self.wait = max(filter(None, (self.wait, wait)), default=None)

    def went_well(self, now: datetime, new: int, found: int | None = None) -> None:
        """Note a poll that gave `new` captures of the `found` dispatches; null: nothing had changed."""
        self.polls += 1
        self.failures = 0
        self.total += new
        self.answered = self.answered or now
        if found is not None:
            _add(self.found, found)
        if new:
            self.newest = now
            _add(self.arrivals, now)

    def missed(self, what: str) -> None:
        """Note dispatches that were there and were not seen: "posts 12 to 17"."""
        if what not in self.gaps:
            _add(self.gaps, what)

    def cut(self, count: int) -> None:
        """Note dispatches that a cap cut off."""
        self.lost += count

    def went_wrong(self, error: InputError, now: datetime) -> None:
        """Note a poll that failed, and until when its answer asks to wait."""
        self.polls += 1
        self.failures += 1
        self.failed, self.code, self.message = now, error.problem.code, error.problem.message
        after = error.retry_after if isinstance(error, RefusedError) else None
        self.wait = _after(now, min(_seconds(after, now), _LONGEST_WAIT))

    def next_poll(self, now: datetime, every: float, jitter: float) -> datetime:
        """Return when to ask again, for a door that is asked every so many seconds.

        It doubles with each failure in a row; `jitter`, in [0, 1), spreads doors by a tenth, after a
        failure by half. A door that is behind is asked at once.
        """
        if self.failures:
            doubled = every * 2.0 ** min(self.failures - 1, _DOUBLINGS)
            seconds = max(every, min(doubled, LONGEST_BACK_OFF)) * (0.75 + jitter / 2)
        else:
            seconds = 0.0 if self.behind else every * (0.95 + jitter / 10)
        due = now + timedelta(seconds=seconds)
        return max(due, self.wait) if self.wait else due


def _add(series: list[_One], value: _One) -> None:
    series.append(value)
    del series[:-_KEPT]


def _after(moment: datetime, seconds: float) -> datetime | None:
    return moment + timedelta(seconds=seconds) if seconds > 0 else None


def _max_age(fetched: Fetched) -> float:
    """Return the seconds for which a cache may keep the answer (RFC 9111), 0 where it does not say."""
    for directive in (fetched.header("Cache-Control") or "").split(","):
        name, _, value = directive.strip().partition("=")
        if name.lower() == "max-age" and value.strip('"').isdecimal():
            return max(0.0, float(value.strip('"')) - _seconds(fetched.header("Age"), fetched.at))
    return 0.0


def _seconds(value: str | None, now: datetime) -> float:
    """Return the seconds that a header gives as a number or as a date (RFC 9110, 10.2.3), else 0."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):  # no date; one without a zone
        return 0.0

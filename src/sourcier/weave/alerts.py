"""Alerts: what was said of a hazard over an area, put in the order of time and read as intervals.

A start opens an interval, a sighting in force is observed in it (and opens one whose start nobody
told), an end closes it, with or without a start. What is said again opens nothing. An interval of
which nothing is heard for `rules.ALERT_SILENCE` is closed by that rule, and flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from xxhash import xxh3_64_hexdigest

from sourcier.types import Alert, AlertInterval, Capture, Evidence, Place
from sourcier.weave import rules, tables
from sourcier.weave.names import body
from sourcier.weave.rules import Rule, because
from sourcier.weave.zones import zone_of

_ORDER = {"started": 0, "in_force": 1, "ended": 2}
_EXACT = ("minute", "hour")
Key = tuple[str, str]


class Word(NamedTuple):
    """One claim about an alert: `at` is the instant it speaks of, `seen` when it was captured.

    `timed` tells whether the text gave the instant; otherwise it is when the text was published.
    """

    at: datetime
    order: int
    claim: Alert
    seen: datetime
    timed: bool
    place: Place | None
    zone: str


def word(
    alert: Alert, capture: Capture | None, place: Place | None, told: datetime, seen: datetime
) -> Word:
    """Return what a claim says of an alert, on the line of time."""
    exact = alert.time is not None and alert.time.precision in _EXACT
    moment = alert.time.start if alert.time and exact else _spoken(alert, told)
    order = _ORDER[alert.state]
    if alert.time is not None and not exact:
        moment = min(alert.time.end, moment)
        order = _ORDER["in_force"] if alert.state == "started" else order
    return Word(moment, order, alert, seen, exact, place, zone_of(place, alert, capture))


def _spoken(alert: Alert, told: datetime) -> datetime:
    exact = alert.said is not None and alert.said.precision in _EXACT
    return alert.said.start if alert.said and exact else told


def key_of(alert: Alert, place: Place | None) -> Key:
    """Return the area and hazard whose intervals a claim belongs to."""
    if place is not None:
        return tables.site(place), alert.hazard
    return f"area:{body(alert.area)}" if alert.area else "area:", alert.hazard


class Alerts:
    """All that was said of alerts, by area and hazard, and the intervals that it amounts to."""

    def __init__(self) -> None:
        self._words: dict[Key, list[Word]] = defaultdict(list)
        self._intervals: dict[Key, tuple[AlertInterval, ...]] = {}
        self._withdrawn: set[str] = set()

    def add(self, key: Key, fresh: Word) -> None:
        """Take one word in."""
        words = self._words[key]
        words.append(fresh)
        words.sort(key=lambda word: (word.at, word.order, word.claim.id))

    def withdraw(self, claims: Iterable[str]) -> None:
        """Take claims out whose dispatch was deleted, or edited so that it no longer says so."""
        self._withdrawn |= set(claims)

    def update(
        self, keys: Iterable[Key], now: datetime | None
    ) -> list[tuple[AlertInterval | None, AlertInterval]]:
        """Read the intervals of some areas anew; return ``(before, after)`` for those that changed."""
        changed: list[tuple[AlertInterval | None, AlertInterval]] = []
        for key in sorted(keys):
            before = {interval.id: interval for interval in self._intervals.get(key, ())}
            standing = [w for w in self._words[key] if w.claim.id not in self._withdrawn]
            self._intervals[key] = intervals(key, standing, now)
            changed += [
                (before.get(interval.id), interval)
                for interval in self._intervals[key]
                if interval != before.get(interval.id)
            ]
        return changed

    def open_keys(self) -> list[Key]:
        """Return the areas with an interval that has no end."""
        return [k for k, found in self._intervals.items() if any(i.end is None for i in found)]

    def all(self) -> tuple[AlertInterval, ...]:
        """Return every interval, in the order of their beginning."""
        found = [interval for group in self._intervals.values() for interval in group]
        return tuple(sorted(found, key=lambda i: (_begin(i), i.id)))


def _begin(interval: AlertInterval) -> datetime:
    return interval.start or min(interval.observed, default=interval.end or interval.opened)


def intervals(key: Key, words: Iterable[Word], now: datetime | None) -> tuple[AlertInterval, ...]:
    """Return the intervals that words in order of time amount to. `now` closes what fell silent."""
    drafts: list[_Draft] = []
    for one in words:
        last = drafts[-1] if drafts else None
        if last is not None and last.end is None:
            last.fall_silent(by=one.at)
        if last is None or not last.takes(one):
            drafts.append(_Draft(one))
        else:
            last.take(one)
    last = drafts[-1] if drafts else None
    if now is not None and last is not None and last.end is None:
        last.fall_silent(by=now)
    return tuple(draft.interval(key) for draft in drafts)


@dataclass
class _Draft:
    """An interval while its words are read in order of time."""

    first: Word
    start: datetime | None = None
    end: datetime | None = None
    inferred: bool = False
    observed: list[datetime] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    why: list[Evidence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.take(self.first)

    @property
    def latest(self) -> datetime:
        """The last instant of which something is known."""
        return max(self.observed, default=self.start or self.end or self.first.at)

    def takes(self, one: Word) -> bool:
        """Tell whether a word speaks of this interval rather than of a new one."""
        if self.end is None:
            return True
        if self.inferred:
            return False
        if one.claim.state == "ended":
            return one.at - self.end <= rules.REPEAT_END
        return not one.timed and one.at - self.end <= rules.STALE_WORD

    def take(self, one: Word) -> None:
        """Read one word."""
        self.words.append(one)
        rule = {0: Rule.START_SAID, 1: Rule.SEEN_IN_FORCE, 2: Rule.END_SAID}[one.order]
        evidence = because(rule, one.claim.capture, one.claim.span, at=one.at.isoformat())
        self.why.append(evidence)
        if self.end is not None:
            return
        if one.order == _ORDER["ended"]:
            self.end = one.at
        elif one.order == _ORDER["started"] and len(self.words) == 1:
            self.start = one.at
        else:
            self.observed.append(one.at)

    def fall_silent(self, by: datetime) -> None:
        """Close the interval by rule if by then nothing was heard of it for long."""
        if by - self.latest <= rules.ALERT_SILENCE:
            return
        self.end = self.latest + rules.ALERT_SILENCE
        self.inferred = True
        hours = rules.ALERT_SILENCE.total_seconds() / 3600
        self.why.append(because(Rule.SILENCE, hours=hours))

    def interval(self, key: Key) -> AlertInterval:
        """Return the interval."""
        told = sorted(self.words, key=lambda w: (w.seen, w.claim.id))
        first = told[0]
        return AlertInterval(
            id=f"a{xxh3_64_hexdigest('|'.join((*key, first.claim.id)).encode())[:12]}",
            event=None,
            hazard=key[1],
            place=next((w.place for w in told if w.place), None),
            area=next((w.claim.area for w in told if w.claim.area), None),
            zone=first.zone,
            start=self.start,
            end=self.end,
            inferred_end=self.inferred,
            observed=tuple(sorted(set(self.observed))),
            opened=first.seen,
            seen=told[-1].seen,
            advice=next((w.claim.advice for w in reversed(told) if w.claim.advice), None),
            claims=tuple(w.claim.id for w in self.words),
            why=tuple(self.why),
        )

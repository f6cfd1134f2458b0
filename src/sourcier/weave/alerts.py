"""Alerts: what was said of a hazard over an area, put in the order of time and read as intervals.

The areas of one region are read together. A start opens an interval, a sighting in force is observed
in it (and opens one whose start nobody told), an end closes it, with or without a start. What is said
again opens nothing. What is said of a town while its region is under alert is a sighting of that; its
own all-clear ends the alert for the town alone, which had begun with the region's, while one for the
region ends it for every town in it. A new start closes one whose end was missed, and silence closes
any; an end by such a rule is flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sourcier.types import Alert, AlertInterval, Capture, Place
from sourcier.weave import rules, tables
from sourcier.weave.drafts import ORDER, Key, Reading, Word, in_order
from sourcier.weave.names import body
from sourcier.weave.zones import zone_of

_EXACT = ("minute", "hour")


def word(
    alert: Alert, capture: Capture | None, place: Place | None, told: datetime, seen: datetime
) -> Word:
    """Return what a claim says of an alert, on the line of time."""
    exact = alert.time is not None and alert.time.precision in _EXACT
    moment = alert.time.start if alert.time and exact else _spoken(alert, told)
    order = ORDER[alert.state]
    if alert.time is not None and not exact:
        moment = min(alert.time.end, moment)
        order = ORDER["in_force"] if alert.state == "started" else order
    zone, around = zone_of(place, alert, capture), key_of(alert, place)[0]
    area = tables.site(place) if place else around
    return Word(moment, order, alert, seen, exact, place, zone, area, around)


def _spoken(alert: Alert, told: datetime) -> datetime:
    exact = alert.said is not None and alert.said.precision in _EXACT
    return alert.said.start if alert.said and exact else told


def key_of(alert: Alert, place: Place | None) -> Key:
    """Return the region (or what else there is) and hazard whose intervals a claim belongs to."""
    if place is None:
        return f"area:{body(alert.area)}" if alert.area else "area:", alert.hazard
    regional = place.admin1 or place.precision == "region"
    return tables.region(place) if regional else tables.site(place), alert.hazard


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

    def silent(self, now: datetime) -> list[Key]:
        """Return the keys with an open interval of which nothing was heard for long."""
        return [
            key
            for key, found in self._intervals.items()
            if any(i.end is None and now - _heard(i) > rules.OBSERVED_SILENCE for i in found)
        ]

    def of(self, claim: Alert, place: Place | None) -> tuple[AlertInterval, ...]:
        """Return the intervals that a claim speaks of."""
        found = self._intervals.get(key_of(claim, place), ())
        return tuple(interval for interval in found if claim.id in interval.claims)

    def all(self) -> tuple[AlertInterval, ...]:
        """Return every interval, in the order of their beginning."""
        found = [interval for group in self._intervals.values() for interval in group]
        return tuple(sorted(found, key=lambda i: (_begin(i), i.id)))


def _heard(interval: AlertInterval) -> datetime:
    return max(interval.observed, default=interval.start or interval.opened - timedelta(days=1))


def _begin(interval: AlertInterval) -> datetime:
    return interval.start or min(interval.observed, default=interval.end or interval.opened)


def intervals(key: Key, words: Iterable[Word], now: datetime | None) -> tuple[AlertInterval, ...]:
    """Return the intervals that words of one region amount to. `now` closes what fell silent."""
    reading = Reading()
    for one in in_order(words):
        reading.read(one)
    if now is not None:
        reading.fall_silent(by=now)
    return tuple(draft.interval(key) for draft in reading.drafts)

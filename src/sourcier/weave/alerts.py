"""Alerts: what was said of a hazard over an area, put in the order of time and read as intervals.

The areas of one region are read together. A start opens an interval, a sighting in force is observed
in it (and opens one whose start nobody told), an end closes it, with or without a start. What is said
again opens nothing. What is said of a town while its region is under alert is a sighting of that,
unless it gives the minute of the town's own start; the town's own all-clear ends the alert for the
town alone. One for the region ends it for its towns too, but by rule: a town's own word corrects it.
A new start closes one whose end was missed, and silence closes any; an end by rule is flagged, and a
word that comes after all corrects it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sourcier.types import Alert, AlertInterval, Capture, Place
from sourcier.weave import rules, tables
from sourcier.weave.chapters import Chapters
from sourcier.weave.drafts import ORDER, Key, Word
from sourcier.weave.names import body
from sourcier.weave.zones import zone_of

_EXACT = ("minute", "hour")
_PROMPT = ("official", "witness")


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
    prompt = exact or (capture is not None and capture.role in _PROMPT)
    return Word(moment, order, alert, seen, exact, prompt, place, zone, area, around)


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
    """All that was said of alerts, by region and hazard, and the intervals that it amounts to."""

    def __init__(self) -> None:
        self._regions: dict[Key, Chapters] = {}

    def add(self, key: Key, fresh: Word) -> None:
        """Take one word in."""
        self._regions.setdefault(key, Chapters(key)).add(fresh)

    def withdraw(self, key: Key, claim: Alert) -> None:
        """Take a claim out whose dispatch was deleted, or edited so that it no longer says so."""
        if key in self._regions:
            self._regions[key].withdraw(claim.capture, {claim.id})

    def changed(self, keys: Iterable[Key]) -> list[tuple[AlertInterval | None, AlertInterval]]:
        """Return ``(before, after)`` for the intervals of some regions that changed since last asked."""
        known = (self._regions[key] for key in sorted(keys) if key in self._regions)
        return [change for region in known for change in region.changed()]

    def fall_silent(self, now: datetime) -> set[Key]:
        """Close what nothing was heard of for long; return the keys that this may have changed."""
        silent = {
            key
            for key, region in self._regions.items()
            if any(
                i.end is None and now - _heard(i) > rules.OBSERVED_SILENCE for i in region.latest
            )
        }
        for key in silent:
            self._regions[key].fall_silent(now)
        return silent

    def of(self, claim: Alert, place: Place | None) -> list[AlertInterval]:
        """Return the intervals that a claim speaks of."""
        region = self._regions.get(key_of(claim, place))
        return region.of(claim.id, claim.capture) if region else []

    def all(self) -> tuple[AlertInterval, ...]:
        """Return every interval, in the order of their beginning."""
        found = [interval for region in self._regions.values() for interval in region]
        return tuple(sorted(found, key=lambda i: (_begin(i), i.id)))


def _heard(interval: AlertInterval) -> datetime:
    return max(interval.observed, default=interval.start or interval.opened - timedelta(days=1))


def _begin(interval: AlertInterval) -> datetime:
    return interval.start or min(interval.observed, default=interval.end or interval.opened)

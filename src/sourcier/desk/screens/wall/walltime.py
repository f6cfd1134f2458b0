"""The events of the wall along time: what moved in each slot, and alerts beneath. No query, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sourcier import types
from sourcier.desk.finding.sieve import Sieve
from sourcier.desk.finding.slots import full
from sourcier.desk.screens.desk import Desk

WIDTH, HEIGHT = 360, 96
LAST = (2, 8, 24, 72)
"""How many of the last hours are offered."""
LANES = 4
"""How many alerts are drawn beneath at a time; the list in words has all."""
GAP = 0.8
LEAST = 2.5
"""How high the smallest part of a bar is: one contradiction beside a hundred facts is still seen."""
APART = 52
"""How far from each other, in the drawing's units, days and hours are written at least."""

SORTS: dict[str, tuple[str, ...]] = {
    "other": (),
    "alert": ("alert_opened", "alert_observed", "alert_closed"),
    "toll": ("toll_stated", "toll_revised", "toll_settled"),
    "confirmation": ("claim_confirmed", "claim_corroborated"),
    "contradiction": ("toll_disputed", "claim_denied", "claim_disputed"),
}
"""What a bar is made of, from below, and the changes that count as it; all others are ``other``."""
_SORT = {kind: sort for sort, kinds in SORTS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Bar:
    """One slot in which something moved: its parts as (sort, y, height), and the wall of that time."""

    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]
    since: datetime
    counts: Mapping[str, int]
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Band:
    """An alert on its lane; `begun` and `ended` tell whether somebody said so."""

    x: float
    width: float
    lane: int
    begun: bool
    ended: bool
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A midnight, or another full hour; its words are "" where there is no room for them."""

    x: float
    words: str
    day: bool


@dataclass(frozen=True, slots=True)
class WallTime:
    """The drawing: bars, alerts on so many lanes (and all of them in words), hours.

    `spans` lead to other spans of time: what they are called, and their address.
    """

    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    alerts: tuple[str, ...]
    marks: tuple[Mark, ...]
    lanes: int
    total: int
    since: str
    until: str
    spans: tuple[tuple[str, str], ...]


def wall_time(
    desk: Desk,
    asked: Sieve,
    edges: Sequence[datetime],
    counts: Mapping[tuple[int, str], int],
    alerts: Iterable[types.AlertInterval],
    first: datetime,
) -> WallTime:
    """Return the timeline of the slots between `edges`, with the movements of each kind counted.

    `first` is when anything first moved in the story.
    """
    scale = _Scale(edges[0], edges[-1])
    bars = tuple(_bars(desk, asked, edges, counts, scale))
    within = [(one, span) for one in alerts if (span := _span(one, edges[0], edges[-1]))]
    bands = tuple(_bands(desk, within, scale))
    return WallTime(
        bars=bars,
        bands=bands,
        alerts=tuple(_said(desk, alert) for alert, _ in within),
        marks=tuple(_marks(desk, scale)),
        lanes=1 + max((band.lane for band in bands), default=-1),
        total=sum(counts.values()),
        since=desk.clock(edges[0]),
        until=desk.clock(edges[-1]),
        spans=tuple(_spans(desk, asked, first)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    since: datetime
    until: datetime

    def x(self, moment: datetime) -> float:
        return WIDTH * ((moment - self.since) / (self.until - self.since))


def _bars(
    desk: Desk,
    asked: Sieve,
    edges: Sequence[datetime],
    counts: Mapping[tuple[int, str], int],
    scale: _Scale,
) -> Iterator[Bar]:
    slots: dict[int, Counter[str]] = {}
    for (slot, kind), number in counts.items():
        slots.setdefault(slot, Counter())[_SORT.get(kind, "other")] += number
    most = max((moved.total() for moved in slots.values()), default=1)
    for slot, moved in sorted(slots.items()):
        since, until = edges[slot], edges[slot + 1]
        x, end = scale.x(since), scale.x(until)
        named = {sort: moved[sort] for sort in SORTS if moved[sort]}
        yield Bar(
            x=x,
            width=max(1.0, end - x - GAP),
            parts=tuple(_parts(named, most)),
            since=since,
            counts=named,
            label=_label(desk, since, until, named),
            address=asked.within(since, until).address(),
        )


def _parts(moved: Mapping[str, int], most: int) -> Iterator[tuple[str, float, float]]:
    """Yield each part of a bar from below; all of them are given `LEAST`, the rest goes by number."""
    room = HEIGHT - LEAST * len(SORTS)
    y = float(HEIGHT)
    for sort, number in moved.items():
        height = LEAST + room * number / most
        y -= height
        yield sort, y, height


def _label(desk: Desk, since: datetime, until: datetime, moved: Mapping[str, int]) -> str:
    told = ", ".join(f"{desk.say(f'time.{sort}')} {moved[sort]}" for sort in SORTS if sort in moved)
    return f"{desk.clock(since)} – {desk.clock(until)} · {told}"


def _marks(desk: Desk, scale: _Scale) -> Iterator[Mark]:
    """Yield each midnight, and full hours where a day leaves room for them; named where there is room."""
    zone = desk.story.zone
    wide = (scale.until - scale.since) / timedelta(hours=1) * APART / WIDTH
    hours = next((n for n in (1, 2, 3, 6, 12) if n >= wide), 24)
    days = set(full(scale.since, scale.until, 24, zone))
    named = -float(APART)
    for moment in sorted(days.union(full(scale.since, scale.until, hours, zone))):
        x, day = scale.x(moment), moment in days
        fits = x - named >= APART - 1 and x < WIDTH - APART / 2
        named = x if fits else named
        if fits or day:
            words = desk.day(moment) if day else desk.words.clock(moment, zone)
            yield Mark(x, words if fits else "", day)


def _span(
    alert: types.AlertInterval, since: datetime, until: datetime
) -> tuple[datetime, datetime] | None:
    """Return what of an alert lies between two moments; None where nothing does."""
    begun = alert.start or min(alert.observed, default=alert.opened)
    low, high = max(begun, since), min(alert.end or until, until)
    return (low, high) if low < high else None


def _bands(
    desk: Desk,
    alerts: Sequence[tuple[types.AlertInterval, tuple[datetime, datetime]]],
    scale: _Scale,
) -> Iterator[Band]:
    """Yield alerts on the first lane that is free from their start on, while there is one."""
    free = [datetime.min.replace(tzinfo=scale.since.tzinfo)] * LANES
    for alert, (low, high) in sorted(alerts, key=lambda one: one[1]):
        lane = next((n for n, until in enumerate(free) if until <= low), None)
        if lane is None:
            continue
        free[lane] = high
        x = scale.x(low)
        yield Band(
            x=x,
            width=max(2.0, scale.x(high) - x),
            lane=lane,
            begun=alert.start is not None,
            ended=alert.end is not None and not alert.inferred_end,
            label=_said(desk, alert),
        )


def _said(desk: Desk, alert: types.AlertInterval) -> str:
    """Return "Air-raid alert, Sumy: 08:10 – 09:40", with what is not known said."""
    title, say = desk.alert(alert), desk.say
    seen = min(alert.observed, default=alert.opened)
    low = desk.clock(alert.start) if alert.start else say("time.before", clock=desk.clock(seen))
    high = desk.clock(alert.end) if alert.end else say("time.in_force")
    return f"{title} · {low} – {say('time.inferred', clock=high) if alert.inferred_end else high}"


def _spans(desk: Desk, asked: Sieve, first: datetime) -> Iterator[tuple[str, str]]:
    """Yield the last hours, as far as the story goes back, and all of it."""
    for hours in LAST:
        since = desk.story.now.replace(second=0, microsecond=0) - timedelta(hours=hours)
        if since > first:
            yield desk.say("time.hours", hours), asked.within(since, None).address()
    yield desk.say("time.all"), asked.within(None, None).address()

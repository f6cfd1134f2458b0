"""Alert intervals: two years of real ones, replayed as messages with losses and repeats.

Each interval of the official list is told by two invented channels. A feed gives the second, and repeats
one message in ten some minutes later. A person posts 5 to 40 seconds after the fact, without a time.
Either loses one message in ten, but never both the same one: what nobody told cannot be known. An
interval is right where one of its area and level was found whose start and end are off by a minute at
most; what was found beside them lowers precision.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal, NamedTuple

from bench.corpora.source import FOLDER
from sourcier.types import Alert, AlertInterval, Capture, Place, PlacePrecision, Time
from sourcier.weave import Known, weave

LIST = FOLDER / "air-raid-alerts-official.csv.gz"
LEVELS: dict[str, PlacePrecision] = {
    "oblast": "region",
    "raion": "district",
    "hromada": "settlement",
}
NEAR = timedelta(minutes=1)
LOST, REPEATED = 0.1, 0.1


class Siren(NamedTuple):
    """One alert as it was: where, from when to when."""

    area: Place
    start: datetime
    end: datetime


class Message(NamedTuple):
    """What a channel says of one end of an alert; `timed` tells whether it gives the time."""

    seen: datetime
    siren: Siren
    state: Literal["started", "ended"]
    timed: bool


class Score(NamedTuple):
    """Intervals that were, that were found, and that were found right."""

    wanted: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)


def sirens(many: int | None) -> list[Siren]:
    """Read the first `many` alerts of the list (None: all), oldest first."""
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[:many]
    return sorted(map(_siren, rows), key=lambda siren: (siren.start, siren.area.text))


def _siren(row: dict[str, str]) -> Siren:
    name = row["hromada"] or row["raion"] or row["oblast"]
    region = row["oblast"].removesuffix(" oblast")
    place = Place(
        text=name,
        span=(0, len(name)),
        name=region if row["level"] == "oblast" else name,
        geonames=None,
        country="UA",
        admin1=region,
        latitude=None,
        longitude=None,
        precision=LEVELS[row["level"]],
    )
    return Siren(
        place, *(datetime.fromisoformat(row[key]) for key in ("started_at", "finished_at"))
    )


def messages(told: Sequence[Siren], seed: int = 1) -> list[Message]:
    """Return what the channels say of alerts, in the order in which it comes."""
    chance = random.Random(seed)
    found = [message for siren in told for message in _told(siren, chance)]
    return sorted(found, key=lambda message: message.seen)


def _told(siren: Siren, chance: random.Random) -> Iterator[Message]:
    ends: tuple[tuple[Literal["started", "ended"], datetime], ...]
    ends = (("started", siren.start), ("ended", siren.end))
    for state, moment in ends:
        lost = chance.random()
        if lost >= LOST:
            yield Message(moment + timedelta(seconds=2), siren, state, timed=True)
            if chance.random() < REPEATED:
                later = moment + timedelta(minutes=chance.randrange(2, 15))
                yield Message(later, siren, state, timed=True)
        if lost < 1 - LOST:
            later = moment + timedelta(seconds=chance.randrange(5, 41))
            yield Message(later, siren, state, timed=False)


def replayed(told: Sequence[Message]) -> tuple[AlertInterval, ...]:
    """Return the intervals that messages amount to, woven an hour at a time."""
    known = Known()
    numbered = list(enumerate(told))
    for _, hour in groupby(numbered, key=lambda item: item[1].seen.replace(minute=0, second=0)):
        made = [_claim(number, message) for number, message in hour]
        weave([capture for capture, _ in made], [claim for _, claim in made], known)
    return known.alerts()


def _claim(number: int, message: Message) -> tuple[Capture, Alert]:
    name = f"m{number:07}"
    moment = message.siren.start if message.state == "started" else message.siren.end
    capture = Capture(
        id=name,
        dispatch=name,
        text=f"{message.siren.area.text}: {message.state} ({number}).",
        published=moment if message.timed else message.seen,
        retrieved=message.seen,
        publisher="Feed" if message.timed else "Watcher",
        role="official" if message.timed else "witness",
        language="en",
        zone="Europe/Kyiv",
    )
    minute = moment.replace(second=0, microsecond=0)
    time = Time(
        text="",
        span=(0, 0),
        start=moment,
        end=minute + timedelta(minutes=1),
        zone="Europe/Kyiv",
        precision="minute",
    )
    return capture, Alert(
        id=f"{name}.1",
        capture=name,
        dispatch=name,
        span=message.siren.area.span,
        quote=message.siren.area.text,
        time=time if message.timed else None,
        place=message.siren.area,
        hazard="air_raid",
        state=message.state,
    )


def score(many: int | None = None) -> Score:
    """Replay the first `many` alerts of the list and compare."""
    told = sirens(many)
    found = replayed(messages(told))
    waiting: dict[tuple[str | None, str], list[AlertInterval]] = defaultdict(list)
    for interval in found:
        if interval.place:
            waiting[interval.place.text, interval.place.precision].append(interval)
    right = sum(_take(waiting[siren.area.text, siren.area.precision], siren) for siren in told)
    return Score(len(told), len(found), right)


def _take(found: list[AlertInterval], siren: Siren) -> bool:
    """Take the interval that is a siren's out of those of its area; tell whether there was one."""
    for interval in found:
        if interval.start is None or interval.end is None:
            continue
        if abs(interval.start - siren.start) <= NEAR and abs(interval.end - siren.end) <= NEAR:
            found.remove(interval)
            return True
    return False


if __name__ == "__main__":
    import sys

    print(score(int(sys.argv[1]) if len(sys.argv) > 1 else None))

"""An invented war, as captures with their claims: what a live desk gets, at any length.

Every hour something happens in one of 480 towns of 24 regions. An official tells it, an agency
relays the official, outlets copy the agency with a line of their own or cut it, another outlet
reports by itself, a figure is revised, alerts open and close. Words are invented from syllables, so
that texts share what they copy and little else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sourcier.types import Alert, Attribution, Capture, Claim, Occurrence, Place, Statement, Toll
from sourcier.types import Time as When

BEGIN = datetime(2031, 1, 1, tzinfo=UTC)
REGIONS = 24
TOWNS = 20  # in each region
OUTLETS = 60
EVENTS_A_DAY = 36
SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er"))
TYPES = ("strike", "shelling", "drone_attack", "fire", "explosion")


class Dispatch(NamedTuple):
    """A capture and its claims."""

    capture: Capture
    claims: tuple[Claim, ...]


@dataclass
class Stream:
    """The invented war; the same seed gives the same one."""

    seed: int = 1

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._words = [self._word() for _ in range(6000)]
        self._number = 0

    def dispatches(self) -> Iterator[Dispatch]:
        """Yield dispatches in order of time, without end."""
        waiting: list[tuple[datetime, Capture, tuple[Claim, ...]]] = []
        clock = BEGIN
        while True:
            clock += timedelta(days=1) / EVENTS_A_DAY * self._chance.uniform(0.5, 1.5)
            waiting += self._happening(clock)
            waiting.sort(key=lambda item: (item[0], item[1].id))
            ready = [item for item in waiting if item[0] <= clock]
            waiting = waiting[len(ready) :]
            yield from (Dispatch(capture, claims) for _, capture, claims in ready)

    def _word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.choice((2, 3, 3))))

    def _prose(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, k=words)).capitalize() + "."

    def _happening(self, clock: datetime) -> Iterator[tuple[datetime, Capture, tuple[Claim, ...]]]:
        """Yield all that is told of one thing that happened."""
        chance = self._chance
        region = chance.randrange(REGIONS)
        town = _place(region, chance.randrange(TOWNS))
        kind = chance.choice(TYPES)
        killed, injured = chance.randrange(4), chance.randrange(1, 30)
        when = _time(clock)
        said = f"“{self._prose(9)}”"
        facts: dict[str, Any] = {"town": town, "kind": kind, "when": when, "said": said}
        speaker = f"Governor {self._words[region].title()} {self._words[region + 100].title()}"
        told = clock + timedelta(minutes=chance.randrange(5, 40))
        if chance.random() < 0.5:
            yield from self._siren(clock - timedelta(minutes=20), region)
        base = self._prose(50)
        yield self._report(
            told, f"Governor of {_name(region)}", "official", base, killed, injured, None, facts
        )
        agency = f"{_name(-chance.randrange(1, 5))} Agency"
        told += timedelta(minutes=chance.randrange(5, 30))
        wire = f"{base} {self._prose(70)}"
        yield self._report(told, agency, "agency", wire, killed, injured, speaker, facts)
        for outlet in chance.sample(range(OUTLETS), chance.randrange(2, 7)):
            told += timedelta(minutes=chance.randrange(3, 60))
            text = (
                wire if chance.random() < 0.5 else f"{wire[: len(wire) * 2 // 3]} {self._prose(20)}"
            )
            yield self._report(
                told,
                f"{_name(-100 - outlet)} News",
                "outlet",
                text,
                killed,
                injured,
                speaker,
                facts,
            )
        if chance.random() < 0.5:
            told += timedelta(hours=chance.randrange(1, 5))
            text = self._prose(120)
            second = f"{_name(-chance.randrange(100, 100 + OUTLETS))} News"
            yield self._report(told, second, "outlet", text, killed + 1, injured, speaker, facts)

    def _report(
        self,
        told: datetime,
        publisher: str,
        role: Any,
        prose: str,
        killed: int,
        injured: int,
        speaker: str | None,
        facts: dict[str, Any],
    ) -> tuple[datetime, Capture, tuple[Claim, ...]]:
        """Return one report of a happening: what it was, its tolls, some words of the speaker."""
        self._number += 1
        name = f"d{self._number:07}"
        said = facts["said"]
        first = f"A {facts['kind']} hit {facts['town'].name}. {killed} dead, {injured} hurt. {said}"
        capture = Capture(
            id=name,
            dispatch=name,
            text=f"{first} {prose}",
            published=told,
            retrieved=told + timedelta(seconds=30),
            publisher=publisher,
            role=role,
            language="en",
            zone="Europe/Kyiv",
        )
        by = (_by(speaker),) if speaker else ()
        common = {"capture": name, "dispatch": name, "place": facts["town"], "time": facts["when"]}
        return told, capture, _claims(first, common, by, killed, injured, said, facts["kind"])

    def _siren(
        self, clock: datetime, region: int
    ) -> Iterator[tuple[datetime, Capture, tuple[Claim, ...]]]:
        """Yield an alert and its all-clear."""
        for state, told in (("started", clock), ("ended", clock + timedelta(minutes=70))):
            self._number += 1
            name = f"d{self._number:07}"
            text = f"Alert {state} in {_name(region)}. {self._prose(6)}"
            capture = Capture(
                id=name,
                dispatch=name,
                text=text,
                published=told,
                retrieved=told + timedelta(seconds=5),
                publisher="Sirens",
                role="official",
                language="en",
                zone="Europe/Kyiv",
            )
            claim = Alert(
                id=f"{name}.1",
                capture=name,
                dispatch=name,
                span=(0, 13),
                quote=text[:13],
                place=_region(region),
                hazard="air_raid",
                state=state,  # type: ignore[arg-type]  # one of the two above
            )
            yield told, capture, (claim,)


def _claims(
    text: str,
    common: dict[str, Any],
    by: tuple[Attribution, ...],
    killed: int,
    injured: int,
    said: str,
    kind: str,
) -> tuple[Claim, ...]:
    """Return the claims of a report, each bound to its words."""

    def bound(number: int, quote: str) -> dict[str, Any]:
        start = text.index(quote)
        span = (start, start + len(quote))
        return {"id": f"{common['capture']}.{number}", "span": span, "quote": quote, **common}

    made: list[Claim] = [Occurrence(**bound(1, f"A {kind} hit"), attribution=by, type=kind)]
    for number, (outcome, count, word) in enumerate(
        (("killed", killed, "dead"), ("injured", injured, "hurt")), 2
    ):
        words = f"{count} {word}"
        made.append(
            Toll(
                **bound(number, words),
                attribution=by,
                outcome=outcome,  # type: ignore[arg-type]  # one of the two above
                low=count,
                high=count,
                qualifier="exact" if count else "none",
                words=words,
            )
        )
    if by:
        fields = bound(4, said)
        start, end = fields["span"]
        made.append(
            Statement(
                **{**fields, "time": None},
                attribution=by,
                mode="direct",
                content=(start + 1, end - 1),
            )
        )
    return tuple(made)


def _by(name: str) -> Attribution:
    role, _, rest = name.partition(" ")
    return Attribution(name=rest, role=role, organisation=None, medium="telegram", span=(0, 1))


def _place(region: int, town: int) -> Place:
    number = 500_000 + region * TOWNS + town
    return _where(_name(number), number, region, "settlement")


def _region(region: int) -> Place:
    return _where(_name(region), 400_000 + region, region, "region")


def _name(number: int) -> str:
    """Return an invented name, another for each number."""
    return "".join(random.Random(number).choices(SYLLABLES, k=4)).capitalize()


def _where(name: str, number: int, region: int, precision: Any) -> Place:
    return Place(
        text=name,
        span=(0, 1),
        name=name,
        geonames=number,
        country="UA",
        admin1=_name(region),
        latitude=None,
        longitude=None,
        precision=precision,
    )


def _time(clock: datetime) -> When:
    start = clock.replace(minute=0, second=0, microsecond=0)
    return When(
        text="then",
        span=(0, 1),
        start=start,
        end=start + timedelta(hours=1),
        zone="Europe/Kyiv",
        precision="hour",
    )

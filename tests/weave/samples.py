"""Builders of invented captures and claims: spans are found in the text, the rest has defaults."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sourcier.types import (
    Alert,
    Attribution,
    Capture,
    Claim,
    Measure,
    Occurrence,
    Place,
    Span,
    Statement,
    Time,
    TimePrecision,
    Toll,
)
from sourcier.weave import Known, Woven, weave

ZONE = "Europe/Kyiv"


def at(clock: str, day: str = "2031-03-04") -> datetime:
    """Return an instant of the stories' days, in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}:00+00:00")


def capture(name: str, text: str, clock: str = "08:00", **fields: Any) -> Capture:
    """Return a capture; `day` moves it, the rest are fields of Capture."""
    published = at(clock, fields.pop("day", "2031-03-04"))
    defaults: dict[str, Any] = {
        "dispatch": name,
        "publisher": "Harbour Wire",
        "role": "outlet",
        "language": "en",
        "zone": ZONE,
    }
    return Capture(id=name, text=text, published=published, **{**defaults, **fields})


class Told:
    """Makes the claims of one capture."""

    def __init__(self, source: Capture) -> None:
        self.source = source
        self.claims: list[Claim] = []

    def _common(self, quote: str, fields: dict[str, Any]) -> dict[str, Any]:
        start = self.source.text.index(quote)
        return {
            "id": f"{self.source.id}.{len(self.claims) + 1}",
            "capture": self.source.id,
            "dispatch": self.source.dispatch,
            "span": (start, start + len(quote)),
            "quote": quote,
            **fields,
        }

    def toll(self, quote: str, outcome: str, low: int | None, **fields: Any) -> Told:
        defaults = {"qualifier": "exact", "words": quote, "high": low}
        if fields.get("qualifier") in ("at_least", "more_than", "vague"):
            defaults["high"] = None
        values: dict[str, Any] = {"outcome": outcome, "low": low, **defaults, **fields}
        self.claims.append(Toll(**self._common(quote, values)))
        return self

    def occurrence(self, quote: str, kind: str, **fields: Any) -> Told:
        self.claims.append(Occurrence(**self._common(quote, {"type": kind, **fields})))
        return self

    def statement(self, quote: str, **fields: Any) -> Told:
        common = self._common(quote, fields)
        self.claims.append(Statement(mode="direct", content=common["span"], **common))
        return self

    def alert(self, quote: str, state: str, **fields: Any) -> Told:
        values = {"hazard": "air_raid", "state": state, **fields}
        self.claims.append(Alert(**self._common(quote, values)))
        return self

    def measure(self, quote: str, **fields: Any) -> Told:
        self.claims.append(Measure(**self._common(quote, fields)))
        return self


def told(source: Capture) -> Told:
    """Return a maker of the claims of `source`."""
    return Told(source)


def by(name: str | None = None, role: str | None = None, **fields: Any) -> tuple[Attribution, ...]:
    """Return an attribution of one link; `via` puts a wire or outlet before it."""
    via = fields.pop("via", None)
    values: dict[str, Any] = {"organisation": None, "medium": None, "span": (0, 1), **fields}
    last = Attribution(name=name, role=role, **values)
    if via is None:
        return (last,)
    first = Attribution(name=None, role=None, organisation=via, medium="wire", span=(0, 1))
    return (first, last)


def when(
    start: str, hours: float, precision: TimePrecision = "part_of_day", day: str = "2031-03-04"
) -> Time:
    """Return a time from a UTC clock time, some hours long."""
    begin = at(start, day)
    end = begin + timedelta(hours=hours)
    return Time(text="then", span=(0, 1), start=begin, end=end, zone=ZONE, precision=precision)


def place(
    name: str, number: int | None, admin1: str | None, country: str = "UA", **fields: Any
) -> Place:
    """Return a place, a settlement if nothing else is said."""
    values: dict[str, Any] = {
        "text": name,
        "span": (0, 1),
        "latitude": None,
        "longitude": None,
        "precision": "settlement",
        **fields,
    }
    return Place(name=name, geonames=number, admin1=admin1, country=country, **values)


OKHTYRKA = place("Okhtyrka", 699942, "Sumy", latitude=50.31, longitude=34.9)
KONOTOP = place("Konotop", 705135, "Sumy", latitude=51.24, longitude=33.2)
SUMY_REGION = place("Sumy Oblast", None, "Sumy", precision="region")
UKRAINE = place("Ukraine", 690791, None, precision="country")
NIGHT = when("20:00", 8, day="2031-03-03")


def woven(*makers: Told, known: Known | None = None, now: datetime | None = None) -> Woven:
    """Weave captures with their claims in one batch."""
    claims = [claim for maker in makers for claim in maker.claims]
    return weave([maker.source for maker in makers], claims, known, now=now)


def kinds(result: Woven) -> list[str]:
    """Return the kinds of the changes."""
    return [change.kind for change in result.changes]


def only_event(known: Known) -> str:
    """Return the id of the one event there is."""
    (event,) = [event.id for event in known.events() if event.merged_into is None]
    return event


def span_of(source: Capture, words: str) -> Span:
    """Return the span of words in a capture's text."""
    start = source.text.index(words)
    return start, start + len(words)

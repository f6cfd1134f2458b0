"""Invented captures, claims and woven batches for the desk's tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from sourcier.types import (
    Alert,
    AlertInterval,
    Attribution,
    Capture,
    Change,
    Claim,
    Copy,
    Event,
    Ledger,
    Measure,
    Occurrence,
    Origin,
    Origins,
    Place,
    Reading,
    Statement,
    Toll,
    TollLine,
)

START = datetime(2024, 11, 22, 5, 0, tzinfo=UTC)
SPAN = (0, 0)


def minute(n: int) -> datetime:
    return START + timedelta(minutes=n)


def capture(key: str, text: str, *, language: str = "fr", at: int = 0, **more: Any) -> Capture:
    more = {"dispatch": key, "publisher": "Agence Galet", "role": "agency"} | more
    return Capture(
        id=key, text=text, published=minute(at), retrieved=minute(at), language=language, **more
    )


def place(text: str = "Trois-Ponts", name: str = "Trypont", **more: Any) -> Place:
    known: dict[str, Any] = {"precision": "settlement", "country": "UA", "geonames": 77}
    return Place(
        text=text, span=SPAN, name=name, admin1=None, latitude=50.0, longitude=34.0, **known | more
    )


def by(source: Capture, words: str, **more: Any) -> tuple[Attribution, ...]:
    start = source.text.index(words)
    parts: dict[str, Any] = {
        "name": None,
        "role": None,
        "organisation": None,
        "medium": None,
    } | more
    return (Attribution(span=(start, start + len(words)), **parts),)


def _common(source: Capture, key: str, quote: str) -> dict[str, Any]:
    start = source.text.index(quote)
    return {
        "id": key,
        "capture": source.id,
        "dispatch": source.dispatch,
        "span": (start, start + len(quote)),
        "quote": quote,
    }


def toll(source: Capture, key: str, quote: str, low: int | None, **more: Any) -> Toll:
    more = {"outcome": "killed", "high": low, "qualifier": "exact", "words": quote} | more
    return Toll(**_common(source, key, quote), low=low, **more)


def occurrence(
    source: Capture, key: str, quote: str, kind: str = "strike", **more: Any
) -> Occurrence:
    return Occurrence(**_common(source, key, quote), type=kind, **more)


def statement(source: Capture, key: str, quote: str, **more: Any) -> Statement:
    common = _common(source, key, quote)
    start, end = common["span"]
    inner = (start + 2, end - 2) if quote.startswith("« ") else (start + 1, end - 1)
    return Statement(**common, **({"mode": "direct", "content": inner} | more))


def measure(source: Capture, key: str, quote: str, **more: Any) -> Measure:
    return Measure(**_common(source, key, quote), **more)


def alert(source: Capture, key: str, quote: str, state: Any = "in_force", **more: Any) -> Alert:
    return Alert(**_common(source, key, quote), hazard="air_raid", state=state, **more)


def line(claim: Toll, *, at: int = 0, **more: Any) -> TollLine:
    more = {"claimant": claim.capture, "claimant_key": claim.capture, "relay": None} | more
    return TollLine(
        claim=claim.id, capture=claim.capture, low=claim.low, high=claim.high,
        qualifier=claim.qualifier, provisional=claim.provisional, words=claim.words,
        quote=claim.quote, as_of=minute(at), reported=minute(at), **more,
    )  # fmt: skip


def ledger(*lines: TollLine, **more: Any) -> Ledger:
    now = [each for each in lines if each.state == "current"]
    last = now[-1] if now else lines[-1]
    more = {
        "outcome": "killed", "low": last.low, "high": last.high, "qualifier": last.qualifier,
    } | more  # fmt: skip
    return Ledger(event="e1", lines=lines, **more)


def event(*claims: Claim, key: str = "e1", at: int = 0, **more: Any) -> Event:
    known: dict[str, Any] = {"type": "strike", "place": place(), "zone": "Europe/Kyiv"}
    return Event(
        id=key, opened=minute(at), updated=minute(at),
        claims=tuple(claim.id for claim in claims),
        captures=tuple(dict.fromkeys(claim.capture for claim in claims)), **known | more,
    )  # fmt: skip


def change(kind: Any, *claims: Claim, at: int = 0, event: str | None = "e1", **more: Any) -> Change:
    key = f"{kind}/{at}/{'+'.join(claim.id for claim in claims)}/{more.get('dispatch')}"
    source = {"capture": claims[0].capture, "dispatch": claims[0].dispatch} if claims else {}
    return Change(
        id=key, kind=kind, at=minute(at), event=event,
        claims=tuple(claim.id for claim in claims), **(source | more),
    )  # fmt: skip


def interval(claim: Alert, **more: Any) -> AlertInterval:
    return AlertInterval(
        id="a1", event=None, hazard=claim.hazard, place=claim.place, area=claim.area,
        zone="Europe/Kyiv", claims=(claim.id,), advice=claim.advice,
        **({"opened": START, "seen": START} | more),
    )  # fmt: skip


@dataclass
class Known:
    events: dict[str, Event]
    intervals: tuple[AlertInterval, ...] = ()
    copies: dict[str, Copy] = field(default_factory=dict)
    dispatches: int = 1

    def event(self, key: str) -> Event:
        return self.events[key]

    def merged(self) -> dict[str, str]:
        return {key: one.merged_into for key, one in self.events.items() if one.merged_into}

    def alerts(self) -> tuple[AlertInterval, ...]:
        return self.intervals

    def total(self) -> Origins:
        return Origins(outlets=1, dispatches=self.dispatches)

    def origins(self, claims: Iterable[str]) -> Origins:
        key = "+".join(claims)
        return Origins(outlets=1, dispatches=self.dispatches, origins=(Origin(key=key, name=key),))


@dataclass
class Batch:
    changes: tuple[Change, ...]
    known: Known

    @property
    def touched(self) -> tuple[str, ...]:
        return tuple(self.known.events)


def batch(*changes: Change, events: Iterable[Event] = (), **known: Any) -> Batch:
    return Batch(changes, Known({each.id: each for each in events}, **known))


def reading(source: Capture, *claims: Claim) -> Reading:
    return Reading(
        capture=source.id, dispatch=source.dispatch, language=source.language or "fr", claims=claims
    )


def at_place(claim: Any, where: Place) -> Any:
    return replace(claim, place=where)

"""Makes the nouns of a test's story: captures from texts, claims from the words that carry them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sourcier.types import (
    Attribution,
    Capture,
    Claim,
    Copy,
    Entry,
    EntryText,
    Ledger,
    Origin,
    Origins,
    Place,
    Statement,
    Time,
    Toll,
    TollLine,
)


def utc(text: str) -> datetime:
    """Return a moment of November 2024: "22 05:20" in UTC."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2024-11-{day}T{clock}").replace(tzinfo=UTC)


def known(
    name: str, geonames: int, country: str, at: tuple[float, float], precision: str
) -> dict[str, Any]:
    """Return a place as the gazetteer has it."""
    latitude, longitude = at
    return {
        "name": name,
        "geonames": geonames,
        "country": country,
        "admin1": None if precision == "country" else name,
        "latitude": latitude,
        "longitude": longitude,
        "precision": precision,
    }


def speaker(words: str, **known: Any) -> dict[str, Any]:
    """Return who says something: the `words` of the text that name them, and what these tell."""
    return {"words": words} | known


@dataclass
class Maker:
    """Collects captures, claims and copies of a story."""

    captures: dict[str, Capture] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)

    def capture(self, dispatch: str, publisher: str, at: str, text: str, **more: Any) -> str:
        """Add a capture, retrieved two minutes after it was published, and return its id."""
        key = sha256(f"{dispatch}{publisher}{text}".encode()).hexdigest()
        self.captures[key] = Capture(
            id=key,
            dispatch=dispatch,
            publisher=publisher,
            text=text.strip(),
            published=utc(at),
            retrieved=utc(at) + timedelta(minutes=2),
            **{"language": "fr"} | more,
        )
        return key

    def copy(self, origin: str, publisher: str, at: str, share: float = 0.95) -> str:
        """Add a verbatim copy of a capture and return its id."""
        key = self.capture(f"copy {publisher} {at}", publisher, at, self.captures[origin].text)
        self.copies[key] = Copy(capture=key, kind="verbatim", origin=origin, share=share)
        return key

    def span(self, capture: str, words: str) -> tuple[int, int]:
        """Return where `words` stand in a capture's text."""
        start = self.captures[capture].text.index(words)
        return start, start + len(words)

    def claim(self, kind: type[Any], capture: str, quote: str, by: Any = None, **more: Any) -> str:
        """Add a claim that `quote` carries, said by `by`, and return its id."""
        span = self.span(capture, quote)
        key = f"c{len(self.claims) + 1}"
        if by:
            known: dict[str, Any] = {
                "name": None,
                "role": None,
                "organisation": None,
                "medium": None,
            } | by
            where = self.span(capture, known.pop("words"))
            more["attribution"] = (Attribution(span=where, **known),)
        if kind is Statement:
            more |= {"mode": "direct", "content": (span[0] + 2, span[1] - 2)}
        dispatch = self.captures[capture].dispatch
        self.claims[key] = kind(
            id=key, capture=capture, dispatch=dispatch, span=span, quote=quote, **more
        )
        return key

    def place(self, capture: str, words: str, known: dict[str, Any]) -> Place:
        """Return a place that `words` of a capture name."""
        return Place(text=words, span=self.span(capture, words), **known)

    def time(self, capture: str, words: str, interval: str, zone: str, precision: Any) -> Time:
        """Return a time that `words` of a capture give: `interval` as "22 04:00 / 22 05:00"."""
        start, end = (utc(part) for part in interval.split(" / "))
        span = self.span(capture, words)
        return Time(text=words, span=span, start=start, end=end, zone=zone, precision=precision)

    def line(self, claim: str, who: str, at: str, **more: Any) -> TollLine:
        """Return the ledger's line of a toll, by claimant `who`."""
        toll = self.claims[claim]
        assert isinstance(toll, Toll)
        return TollLine(
            claim=claim,
            claimant=who,
            claimant_key=who,
            relay=self.captures[toll.capture].publisher,
            capture=toll.capture,
            low=toll.low,
            high=toll.high,
            qualifier=toll.qualifier,
            provisional=toll.provisional,
            words=toll.words,
            quote=toll.quote,
            as_of=utc(at),
            reported=utc(at),
            **more,
        )


def ledger(event: str, outcome: Any, *lines: TollLine, **more: Any) -> Ledger:
    """Return a ledger of these lines."""
    return Ledger(event=event, outcome=outcome, lines=lines, **more)


def origin(key: str, name: str, *captures: str, captured: bool = False, **more: Any) -> Origin:
    """Return an origin from which these captures descend."""
    return Origin(key=key, name=name, captured=captured, captures=captures, **more)


def counted(*origins: Origin) -> Origins:
    """Return origins with what they count, each capture being another outlet's."""
    captures = {capture for one in origins for capture in one.captures}
    return Origins(outlets=len(captures), dispatches=len(captures), origins=origins)


def entry(key: str, row: dict[str, Any], **more: Any) -> Entry:
    """Return the first version of an entry from its `row`: texts as [headline, body] by language."""
    row = {name: value for name, value in row.items() if name != "again"}
    at = utc(row.pop("at"))
    common: dict[str, Any] = {
        "version": 1,
        "state": "published",
        "zone": "Europe/Kyiv",
        "published": at,
        "updated": at,
    }
    return Entry(id=key, texts=_texts(row), **common | row | more)


def again(first: Entry, row: dict[str, Any]) -> dict[str, Any]:
    """Return what differs from `first` in the version that `row` describes."""
    row = dict(row)
    return {"version": first.version + 1, "updated": utc(row.pop("at")), "texts": _texts(row)} | row


def _texts(row: dict[str, Any]) -> dict[str, EntryText]:
    pairs = {code: row.pop(code) for code in ("fr", "en")}
    return {
        code: EntryText(headline=head, body=body.strip()) for code, (head, body) in pairs.items()
    }

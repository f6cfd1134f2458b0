"""The tables of a story's data set: one row a record, with the columns of the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sourcier.publish.dataset.dictionary import dictionary
from sourcier.types import (
    AlertInterval,
    Capture,
    Claim,
    Event,
    Evidence,
    Ledger,
    Measure,
    Place,
    Statement,
    Story,
    Time,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Data:
    """A story with what its tables share."""

    story: Story

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events, the first opened first."""
        return tuple(sorted(self.story.events.values(), key=lambda e: (e.opened, e.id)))

    @cached_property
    def event_of(self) -> dict[str, str]:
        """The event that each claim was woven into; the one that absorbed it, where it was merged."""
        standing = sorted(self.events, key=lambda event: event.merged_into is None)
        return {claim: event.id for event in standing for claim in event.claims}

    def capture(self, claim: Claim) -> Capture | None:
        """Return the capture that holds a claim."""
        return self.story.captures.get(claim.capture)


def claims(data: Data) -> Iterator[Row]:
    """Yield the claims, in the order of their captures."""
    for claim in data.story.claims.values():
        yield _common(data, claim) | _attributed(claim) | _situated(claim) | _own(data, claim)


def _common(data: Data, claim: Claim) -> Row:
    capture = data.capture(claim)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "event": data.event_of.get(claim.id),
        "capture": claim.capture,
        "dispatch": claim.dispatch,
        "publisher": capture.publisher if capture else None,
        "published": (capture.updated or capture.published) if capture else None,
        "language": capture.language if capture else None,
        "start": claim.span[0],
        "end": claim.span[1],
        "quote": claim.quote,
        "role": claim.role,
        "stance": claim.stance,
        "hedges": list(claim.hedges),
    }


def _attributed(claim: Claim) -> Row:
    if not claim.attribution:
        return {"relays": []}
    *relays, origin = claim.attribution
    return {
        "speaker": origin.name or origin.role or origin.organisation,
        "speaker_role": origin.role,
        "speaker_organisation": origin.organisation,
        "medium": origin.medium,
        "relays": [name for link in relays if (name := link.name or link.organisation)],
    }


def _situated(claim: Claim) -> Row:
    row = {**_time(claim.time), **_place(claim.place)}
    if claim.time:
        row["time_words"] = claim.time.text
    if claim.place:
        row["place_words"] = claim.place.text
    if claim.said:
        row |= {"said_start": claim.said.start, "said_end": claim.said.end}
    return row


_OWN = {
    "toll": (
        "outcome",
        "low",
        "high",
        "qualifier",
        "provisional",
        "of",
        "part_of",
        "scope",
        "words",
    ),
    "statement": ("mode",),
    "occurrence": ("type", "actor", "target", "means"),
    "alert": ("hazard", "area", "advice"),
    "measure": ("actor", "action", "reason"),
}


def _own(data: Data, claim: Claim) -> Row:
    """Return what only claims of this kind have."""
    row = _of(claim, *_OWN[claim.kind])
    if claim.kind == "alert":
        row["alert_state"] = claim.state
    if isinstance(claim, Measure):
        row["for"] = claim.for_
    capture = data.capture(claim)
    if isinstance(claim, Statement) and capture:
        row["content"] = capture.text[slice(*claim.content)]
    return row


def events(data: Data) -> Iterator[Row]:
    """Yield the events."""
    for event in data.events:
        yield {
            "id": event.id,
            "type": event.type,
            "opened": event.opened,
            "updated": event.updated,
            **_time(event.time),
            **_place(event.place),
            "claims": len(event.claims),
            "dispatches": event.origins.dispatches,
            "outlets": event.origins.outlets,
            "origins": len(event.origins.origins),
            **{
                f"{stance}_by": list(event.stances.get(stance, ()))
                for stance in ("confirmed", "denied", "disputed")
            },
            "merged_into": event.merged_into,
        }


def _ledgers(data: Data) -> Iterator[Ledger]:
    for event in data.events:
        if event.merged_into is None:
            yield from event.ledgers


def tolls(data: Data) -> Iterator[Row]:
    """Yield what each ledger amounts to."""
    for ledger in _ledgers(data):
        yield _of(ledger, "event", "outcome", "of", "low", "high", "best", "qualifier") | {
            "provisional": ledger.provisional,
            "lines": len(ledger.lines),
            "disputed_since": ledger.disputed_since,
        }


def ledgers(data: Data) -> Iterator[Row]:
    """Yield the lines of each ledger, oldest first."""
    for ledger in _ledgers(data):
        head = _of(ledger, "event", "outcome", "of")
        for number, line in enumerate(ledger.lines, 1):
            same = set(_columns("ledgers")) - {*head, "line"}
            yield head | {"line": number} | _of(line, *same)


def alerts(data: Data) -> Iterator[Row]:
    """Yield the alerts."""
    for alert in data.story.alerts:
        yield _alert(alert)


def _alert(alert: AlertInterval) -> Row:
    same = ("id", "event", "hazard", "area", "zone", "start", "end", "opened", "seen", "advice")
    place = _place(alert.place)
    return _of(alert, *same) | {
        **{key: place.get(key) for key in ("place", "geonames", "country", "admin1")},
        "end_inferred": alert.inferred_end,
        "first_observed": min(alert.observed, default=None),
        "last_observed": max(alert.observed, default=None),
    }


def origins(data: Data) -> Iterator[Row]:
    """Yield the origins of each event."""
    for event in data.events:
        for origin in event.origins.origins:
            yield {
                "event": event.id,
                "origin": origin.key,
                **_of(origin, "name", "role", "medium", "captured", "captures"),
                "rules": _rules(origin.why),
            }


def copies(data: Data) -> Iterator[Row]:
    """Yield the copies."""
    for copy in data.story.copies.values():
        same = ("capture", "origin", "origin_name", "kind", "share", "lost")
        yield _of(copy, *same) | {"rules": _rules(copy.why)}


def captures(data: Data) -> Iterator[Row]:
    """Yield the captures, without their texts."""
    for capture in data.story.captures.values():
        yield _of(capture, *_columns("captures"))


TABLES: dict[str, Callable[[Data], Iterable[Row]]] = {
    "claims": claims,
    "events": events,
    "tolls": tolls,
    "ledgers": ledgers,
    "alerts": alerts,
    "origins": origins,
    "copies": copies,
    "captures": captures,
}


def _columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in dictionary()[table].columns)


def _of(record: object, *names: str) -> Row:
    values = ((name, getattr(record, name)) for name in names)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}


def _rules(why: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(evidence.rule for evidence in why))


def _time(time: Time | None) -> Row:
    if time is None:
        return {}
    return {
        "time_start": time.start,
        "time_end": time.end,
        "time_zone": time.zone,
        "time_precision": time.precision,
    }


def _place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place": place.name,
        **_of(place, "geonames", "country", "admin1", "latitude", "longitude"),
        "place_precision": place.precision,
    }

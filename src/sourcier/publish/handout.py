"""What the read API hands out: the nouns of a story's page, as lists that can be followed. Pure.

A list is of the story as it stood at one moment. What changed `since` another is the difference of two
such lists, so that nothing that was published, recounted or withdrawn in between has a rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from sourcier.problems import Problem
from sourcier.publish.credit import credit
from sourcier.publish.formats.pack import item
from sourcier.publish.view import View
from sourcier.types import AlertInterval, Capture, Claim, Entry, Event, Ledger


class EntryVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an entry, when it went out, and the page that shows it."""

    version: int
    at: datetime
    url: str


class PublishedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with what whoever reprints it takes along: credit, canonical address, captures.

    `urn` stays over all versions and hosts. `captures` are the SHA-256 ids of the captures that it rests
    on. A retracted entry comes without its texts.
    """

    urn: str
    url: str
    credit: str
    captures: tuple[str, ...]
    versions: tuple[EntryVersion, ...]
    entry: Entry


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """A story without what is in it. `updated` is when anything in it last changed."""

    slug: str
    url: str
    titles: dict[str, str]
    zone: str
    languages: tuple[str, ...]
    sequence: int
    updated: datetime
    closed: bool
    demo: bool
    publisher: str


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """Where a client of the API begins: the address of all stories, and that of the OpenAPI document."""

    title: str
    version: str
    about: str
    stories: str
    openapi: str


class Stories(msgspec.Struct, frozen=True, kw_only=True):
    """All stories, the first opened first."""

    items: tuple[Outline, ...]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list, of the story as it stood `as_of`.

    `sequence` is that of the last publication until then. `gone` are the keys of what the list held at
    `since` and holds no more; they stand in the first page. `next` is the address of the next page, null
    in the last. `credit` and `url` are the story's own.
    """

    story: str
    url: str
    credit: str
    as_of: datetime
    sequence: int
    items: tuple[Any, ...]
    gone: tuple[str, ...] = ()
    next: str | None = None


_REFERENCE = "#/components/schemas/{name}"

CaptureRecord: Any = msgspec.defstruct(
    "CaptureRecord",
    [
        (field.name, field.type, field.default)
        if field.default is not msgspec.NODEFAULT
        else (field.name, field.type)
        for field in msgspec.structs.fields(Capture)
        if field.name != "text"
    ],
    frozen=True,
    kw_only=True,
    namespace={"__doc__": "A version of a dispatch without its text, which is its author's."},
)


def _same(_: View, value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is handed out: its type, what a view has of it by key, how each is given."""

    type: Any
    summary: str
    listed: Callable[[View], dict[str, Any]]
    given: Callable[[View, Any], Any] = _same


def _entries(view: View) -> dict[str, Any]:
    return {entry.id: entry for entry in sorted(view.entries, key=lambda entry: -entry.sequence)}


def _published(view: View, entry: Entry) -> PublishedEntry:
    made = item(view, entry)
    return PublishedEntry(
        urn=made.urn,
        url=made.address,
        credit=made.credit,
        captures=tuple(relay.capture for spring in made.springs for relay in spring.relays),
        versions=tuple(
            EntryVersion(version=one.number, at=one.at, url=one.address) for one in made.versions
        ),
        entry=replace(entry, texts={}) if made.retracted else entry,
    )


def _events(view: View) -> dict[str, Any]:
    events = view.story.events.values()
    return {event.id: event for event in sorted(events, key=lambda e: e.opened, reverse=True)}


def _ledgers(view: View) -> dict[str, Any]:
    ledgers = (ledger for event in _events(view).values() for ledger in event.ledgers)
    return {ledger_key(ledger): ledger for ledger in ledgers}


def ledger_key(ledger: Ledger) -> str:
    """Return the key of a ledger: its event, its outcome, and of whom it is, by slashes."""
    return "/".join((ledger.event, ledger.outcome, *ledger.of))


def _alerts(view: View) -> dict[str, Any]:
    alerts = sorted(view.story.alerts, key=lambda alert: alert.opened, reverse=True)
    return {alert.id: alert for alert in alerts}


def _record(_: View, capture: Capture) -> Any:
    return msgspec.convert(capture, CaptureRecord, from_attributes=True)


KINDS: dict[str, Kind] = {
    "entries": Kind(PublishedEntry, "Entries, the last changed first", _entries, _published),
    "events": Kind(Event, "Events that the page is about, the last opened first", _events),
    "ledgers": Kind(Ledger, "Toll ledgers of these events", _ledgers),
    "alerts": Kind(AlertInterval, "Alerts, the last opened first", _alerts),
    "claims": Kind(Claim, "Claims that the page rests on", lambda view: view.story.claims),
    "captures": Kind(
        CaptureRecord,
        "Captures that the page rests on, without their texts",
        lambda view: view.story.captures,
        _record,
    ),
}


def listing(
    view: View, kind: Kind, *, limit: int, after: str | None = None, since: View | None = None
) -> tuple[Listing, str | None]:
    """Return one page of what a view has of a kind, and the key to go on `after`, null at its end.

    `since` is the view of an earlier moment: then what was the same already is left out. Raises
    KeyError where nothing has the key `after`.
    """
    found = kind.listed(view)
    before = kind.listed(since) if since else {}
    keys = [key for key, value in found.items() if before.get(key) != value]
    start = _place(keys, after)
    shown = keys[start : start + limit]
    story = view.story
    page = Listing(
        story=story.slug,
        url=view.links.home,
        credit=credit(view).striptags(),
        as_of=story.now,
        sequence=story.sequence,
        items=tuple(kind.given(view, found[key]) for key in shown),
        gone=() if after else tuple(key for key in before if key not in found),
    )
    return page, shown[-1] if start + limit < len(keys) else None


def _place(keys: list[str], after: str | None) -> int:
    if after is None:
        return 0
    if after not in keys:
        raise KeyError(after)
    return keys.index(after) + 1


def outline(view: View) -> Outline:
    """Return the outline of a view's story."""
    story = view.story
    return Outline(
        slug=story.slug,
        url=view.links.home,
        titles=story.titles,
        zone=story.zone,
        languages=story.languages,
        sequence=story.sequence,
        updated=story.now,
        closed=story.closed,
        demo=story.demo,
        publisher=story.publisher,
    )


def schemas() -> dict[str, Any]:
    """Return the JSON schema of everything handed out, by name, for an OpenAPI document."""
    kinds = [kind.type for kind in KINDS.values()]
    _, found = msgspec.json.schema_components(
        [*kinds, Listing, Start, Stories, Problem], ref_template=_REFERENCE
    )
    return found


def schema(kind: Any) -> dict[str, Any]:
    """Return the schema that refers to a type in `schemas`."""
    (found,), _ = msgspec.json.schema_components([kind], ref_template=_REFERENCE)
    return found


def listing_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of a list of one kind."""
    items = {"type": "array", "items": schema(kind.type)}
    return {"allOf": [schema(Listing), {"type": "object", "properties": {"items": items}}]}

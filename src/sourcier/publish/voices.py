"""Who said what: each speaker with the words that entries rest on; and the timeline of what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sourcier.publish.search import fold
from sourcier.publish.speakers import Detail, Speaker, named, speaker_of
from sourcier.publish.tolls import event_name
from sourcier.publish.view import View
from sourcier.publish.words import tz
from sourcier.types import Claim, Entry, Event, Statement, Time

PEOPLE, SAYINGS = 8, 3
"""Speakers that the page lists, and of each the latest words."""
HAPPENINGS = 12
TELLING, LONGEST = 20, 140
"""Characters from which words that are no quotation tell something alone; at which all are cut."""


class Saying(NamedTuple):
    """Words of a speaker: when they were published, where, in what language, through whom."""

    moment: str
    href: str
    words: str
    language: str | None
    through: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with the latest words; `more` counts those that are not shown, `all` is where they are."""

    name: str
    details: tuple[Detail, ...]
    language: str | None
    original: str
    count: int
    sayings: tuple[Saying, ...]
    more: int
    all: str


class Happening(NamedTuple):
    """A line of the timeline: when, what and where, and the newest entry on it."""

    moment: str
    utc: datetime
    text: str
    href: str


def voices(view: View) -> list[Voice]:
    """Return who is named in the page's entries, whoever is in most of them first."""
    found: dict[str, list[tuple[Entry, Speaker, Claim]]] = {}
    for entry in view.feed:
        for key, speaker, claim in _said(view, entry):
            found.setdefault(key, []).append((entry, speaker, claim))
    ranked = sorted(found.values(), key=len, reverse=True)
    return [_voice(view, said) for said in ranked[:PEOPLE]]


def happenings(view: View) -> list[Happening]:
    """Return what happened and when, the latest `HAPPENINGS` that an entry tells, oldest first."""
    about = {e.event: e for e in reversed(view.feed) if e.event and e.state != "retracted"}
    found = [
        (event.time, event, about[event.id])
        for event in view.story.events.values()
        if event.time and event.id in about and f"type.{event.type}" in view.words
    ]
    found.sort(key=lambda row: (row[0].start, row[1].opened))
    return [_happening(view, *row) for row in found[-HAPPENINGS:]]


def _said(view: View, entry: Entry) -> Iterator[tuple[str, Speaker, Claim]]:
    """Yield each named speaker of an entry once, with the words that say most of what was said."""
    if entry.state == "retracted" or entry.kind in ("correction", "retraction", "recap"):
        return
    claims = [claim for claim in view.claims(entry.claims) if claim.attribution and _telling(claim)]
    ours = [claim for claim in claims if view.language_of(claim.capture) is None] or claims
    told: set[str] = set()
    for claim in sorted(ours, key=lambda claim: not isinstance(claim, Statement)):
        speaker = speaker_of(view, claim)
        key = fold(speaker.name)
        if key and key not in told:
            told.add(key)
            yield key, speaker, claim


def _telling(claim: Claim) -> bool:
    return isinstance(claim, Statement) or len(claim.quote) >= TELLING


def _voice(view: View, said: list[tuple[Entry, Speaker, Claim]]) -> Voice:
    speaker = max((speaker for _, speaker, _ in said), key=lambda one: len(one.details))
    sayings = tuple(_saying(view, *one) for one in said[:SAYINGS])
    return Voice(
        name=view.words.sentence(speaker.name),
        details=speaker.details,
        language=speaker.language,
        original=speaker.original,
        count=len(said),
        sayings=sayings,
        more=len(said) - len(sayings),
        all=view.links.search(speaker.original or speaker.name),
    )


def _saying(view: View, entry: Entry, speaker: Speaker, claim: Claim) -> Saying:
    capture = view.story.captures.get(claim.capture)
    words = claim.quote
    if isinstance(claim, Statement) and capture:
        words = capture.text[slice(*claim.content)] or words
    words = " ".join(words.split())
    cut = words[:LONGEST].rpartition(" ")[0] + " […]" if len(words) > LONGEST else words
    through = named(view, speaker.relays)
    return Saying(
        moment=view.brief(entry.published),
        href=view.address(entry),
        words=cut,
        language=speaker.language,
        through=view.words("by.relay", name=through) if through else "",
    )


def _happening(view: View, time: Time, event: Event, entry: Entry) -> Happening:
    kind = view.words(f"type.{event.type}")
    text = view.words("timeline.what", what=kind, where=event_name(view, event))
    start = time.start if time.precision in ("minute", "hour") else None
    day = view.words.short_day(time.start.astimezone(tz(time.zone)).date())
    moment = (
        view.words("date.at", day=day, clock=view.words.clock(start, time.zone)) if start else day
    )
    if start:
        moment = view.words.at_clock(moment, view.zone_name(time.zone, event.place))
    return Happening(moment, time.start, text if event.place else kind, view.address(entry))

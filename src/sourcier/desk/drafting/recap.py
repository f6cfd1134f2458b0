"""The recap of a day: its most important entries, each told in a line, with the claims it rests on. Pure.

An entry's own words are taken, as an editor or the desk wrote them in each language, with a short body
behind its headline: that is where a figure's caution and a contradiction stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sourcier.messages import messages
from sourcier.publish.words import tz, words
from sourcier.types import Entry, EntryText, Story

POINTS = 7
"""How many entries a recap tells at most."""
SHORT = 160
"""Up to how many characters a body is told whole."""

_APART = ("background", "correction", "recap", "retraction")
_FIRST = ("toll", "key_point", "occurrence", "alert", "measure", "text", "statement")
"""Kinds of entries, what matters most first."""


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap's texts by language, and the claims that they rest on."""

    texts: dict[str, EntryText]
    claims: tuple[str, ...]


def recap(story: Story, day: date) -> Recap | None:
    """Return the recap of `day` in the story's zone, from the story as it stood at that day's end.

    None where nothing was told on that day. An entry that lacks a language is left out there.
    """
    points = _points(story, day)
    if not points:
        return None
    texts = {code: _text(code, points, day) for code in story.languages}
    claims = dict.fromkeys(key for point in points for key in point.claims)
    return Recap({code: text for code, text in texts.items() if text.body}, tuple(claims))


def _points(story: Story, day: date) -> list[Entry]:
    """Return the day's entries that matter most, one of each event."""
    zone, seen = tz(story.zone), set[str]()
    told = [
        entry
        for entry in story.entries
        if entry.kind not in _APART
        and entry.state != "retracted"
        and day in (entry.published.astimezone(zone).date(), entry.updated.astimezone(zone).date())
    ]
    found: list[Entry] = []
    for entry in sorted(told, key=_weight):
        if entry.event is None or entry.event not in seen:
            seen.add(entry.event or "")
            found.append(entry)
    return found[:POINTS]


def _weight(entry: Entry) -> tuple[bool, int, int, float]:
    """Return what sorts entries: pinned, of a weighty kind, of many origins, newest."""
    kind = _FIRST.index(entry.kind) if entry.kind in _FIRST else len(_FIRST)
    return not entry.pinned, kind, -len(entry.origins.origins), -entry.updated.timestamp()


def _text(language: str, points: Iterable[Entry], day: date) -> EntryText:
    say, named = messages(language, "sentences"), words(language).day(day, year=False)
    lines = [_line(point.texts[language]) for point in points if language in point.texts]
    return EntryText(headline=say("recap.headline", day=named), body="\n".join(lines))


def _line(text: EntryText) -> str:
    headline = text.headline.rstrip()
    body = " ".join(text.body.split())
    ended = headline if headline.endswith((".", "!", "?", "…")) else f"{headline}."
    return f"{ended} {body}" if body and len(body) <= SHORT else ended

"""What proposing looks at, and what it proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.drafting.standing import Standing
from sourcier.types import (
    AlertInterval,
    Capture,
    Claim,
    Entry,
    EntryKind,
    EntryText,
    Event,
    Place,
)

Said = TypeVar("Said")
Move = Literal["add", "revise", "correct", "retract"]

TOLL = "toll:"
"""How the topic of an entry on an event's tolls begins; the event follows."""


@dataclass(frozen=True)
class Material:
    """All that proposing looks at: the touched events and what they and standing entries rest on.

    `merged` tells into which event another was merged.
    """

    languages: tuple[str, ...]
    events: Mapping[str, Event]
    claims: dict[str, Claim]
    captures: Mapping[str, Capture]
    alerts: tuple[AlertInterval, ...] = ()
    standing: tuple[Standing, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_topic(self) -> dict[str, Standing]:
        """The standing entries that have a topic."""
        return {found.topic: found for found in self.standing if found.topic}

    @cached_property
    def by_id(self) -> dict[str, Standing]:
        """The standing entries."""
        return {found.entry.id: found for found in self.standing}

    @cached_property
    def phrases(self) -> tuple[Phrases, ...]:
        """A speaker for each page language."""
        claims = tuple(self.claims.values())
        return tuple(Phrases(code, self.captures, claims) for code in self.languages)

    def about(self, event: str | None) -> tuple[Standing, ...]:
        """Return the standing entries on an event and on those that it absorbed, its own first."""
        mine = self._by_event.get(event, ())
        return tuple(sorted(mine, key=lambda found: found.entry.event != event))

    def toll_of(self, event: str) -> Standing | None:
        """Return the entry on an event's tolls: its own, else that of one that it absorbed.

        By topic, for an entry that told a merge belongs to its first event again once that one is split off.
        """
        mine = self._tolls.get(event, ())
        return min(mine, key=lambda s: s.topic != f"{TOLL}{event}", default=None)

    @cached_property
    def _by_event(self) -> dict[str | None, list[Standing]]:
        return _grouped(self.standing, lambda found: self._home(found.entry.event))

    @cached_property
    def _tolls(self) -> dict[str | None, list[Standing]]:
        tolls = (found for found in self.standing if found.topic.startswith(TOLL))
        return _grouped(tolls, lambda found: self._home(found.topic.removeprefix(TOLL)))

    def _home(self, event: str | None) -> str | None:
        seen: set[str] = set()
        while event and event in self.merged and event not in seen:
            seen.add(event)
            event = self.merged[event]
        return event

    def said(self, say: Callable[[Phrases], Said]) -> dict[str, Said]:
        """Return what `say` makes in each page language."""
        return {phrases.language: say(phrases) for phrases in self.phrases}


def _grouped(
    standing: Iterable[Standing], home: Callable[[Standing], str | None]
) -> dict[str | None, list[Standing]]:
    groups: dict[str | None, list[Standing]] = {}
    for found in standing:
        groups.setdefault(home(found), []).append(found)
    return groups


@dataclass(frozen=True, slots=True)
class Proposal:
    """One move on one topic; `standing` is the entry that it revises, corrects or retracts.

    `note` says per language what was wrong or why the entry goes. One that is not `sure` needs an
    editor.
    """

    move: Move
    kind: EntryKind
    topic: str
    claims: tuple[str, ...]
    texts: dict[str, EntryText]
    event: str | None = None
    place: Place | None = None
    zone: str | None = None
    standing: Entry | None = None
    note: dict[str, str] = field(default_factory=dict)
    sure: bool = True

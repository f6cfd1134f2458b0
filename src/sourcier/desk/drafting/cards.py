"""Background cards: what a desk keeps to say of somebody or something whenever they first appear. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sourcier.types import CardRef, Entry, EntryText, Reference

TOPIC = "card:"
"""Begins the topic of an entry that was made of a card, so that a story has each card once."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a card, as `by` wrote it at `at`.

    `names`, in any language, are by what it is known, the first one its title at the desk. `texts` are by
    language. One that is `retired` is proposed no more. `story` and `entry` are of what it was
    kept ("": it was written as a card).
    """

    id: str
    version: int
    names: tuple[str, ...]
    texts: dict[str, EntryText]
    at: datetime
    sources: tuple[Reference, ...] = ()
    by: str = ""
    retired: bool = False
    story: str = ""
    entry: str = ""

    @property
    def topic(self) -> str:
        """What an entry made of it is about."""
        return TOPIC + self.id

    @property
    def ref(self) -> CardRef:
        """What an entry keeps of it."""
        return CardRef(id=self.id, version=self.version, sources=self.sources)

    def says(self, other: Card) -> bool:
        """Tell whether another version says the same."""
        return _said(self) == _said(other)

    def words(self, languages: Iterable[str]) -> dict[str, EntryText]:
        """Return its texts in those of some languages that it has, in their order."""
        return {code: self.texts[code] for code in languages if code in self.texts}


def _said(card: Card) -> tuple[object, ...]:
    return card.names, card.texts, card.sources, card.retired


def background(card: Card, key: str, story: str, languages: Iterable[str], now: datetime) -> Entry:
    """Return the draft of the id `key` that a card makes in a story with pages in `languages`."""
    return Entry(
        id=key, story=story, version=0, sequence=0, kind="background", state="draft",
        published=now, updated=now, texts=card.words(languages), card=card.ref,
    )  # fmt: skip

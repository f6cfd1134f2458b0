"""Background cards kept, changed and retired; put into a story, whose entry follows them when asked to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.actions.kept import (
    Entries,
    NoSuchEntryError,
    audit,
    changes_story,
    must_lead,
    new_id,
)
from sourcier.desk.drafting.cards import Card, background


class NoSuchCardError(LookupError):
    """There is no such card, or it is retired; its argument is the id."""


class CardsChangedError(RuntimeError):
    """Somebody changed the card meanwhile; its argument is the version that stands."""


class CardLanguagesError(ValueError):
    """A card has no text in a language of the story; its argument is the slug."""


class CardInStoryError(ValueError):
    """The story has an entry of the card; `key` is its id."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@transaction.atomic
def add_card(wanted: Card, *, who: str, now: datetime) -> Card:
    """Keep a new card and return it with its id."""
    kept = replace(wanted, id=new_id(), version=1, by=who, at=now, retired=False)
    return _kept(kept, "add_card")


@transaction.atomic
def set_card(wanted: Card, *, seen: int, who: str, now: datetime) -> Card:
    """Let a card say what `wanted` says, and return it as it stands.

    `seen` is the version that it was made from. Raises CardsChangedError where that stands no more,
    NoSuchCardError.
    """
    before = _as_seen(wanted.id, seen)
    again = replace(before, names=wanted.names, texts=wanted.texts, sources=wanted.sources)
    if again.says(before):
        return before
    return _kept(replace(again, version=seen + 1, by=who, at=now), "set_card")


@transaction.atomic
def retire_card(key: str, *, retired: bool, seen: int, who: str, now: datetime) -> Card:
    """Let a card be proposed no more, or again. Raises as `set_card`."""
    before = _as_seen(key, seen)
    if before.retired == retired:
        return before
    again = replace(before, retired=retired, version=seen + 1, by=who, at=now)
    return _kept(again, "retire_card" if retired else "unretire_card")


def _as_seen(key: str, seen: int) -> Card:
    before = store.queue_at_card(key)
    if before is None:
        raise NoSuchCardError(key)
    if before.version != seen:
        raise CardsChangedError(before.version)
    return before


def _kept(card: Card, action: str) -> Card:
    store.add_card(card)
    detail = {"card": card.id, "name": card.names[0], "version": card.version}
    store.audit("", card.at, action, who=card.by, detail=detail)
    return card


@changes_story
def insert_card(story: str, key: str, *, who: str, now: datetime) -> Entries:
    """Keep what a card says as a draft of a story, once for each story.

    Raises NoSuchCardError, CardInStoryError, CardLanguagesError.
    """
    card = store.card(key)
    if card is None or card.retired:
        raise NoSuchCardError(key)
    if found := store.made_of_cards(story, [card]).get(key):
        raise CardInStoryError(found)
    made = background(card, new_id(), story, store.outline(story, now=now).languages, now)
    if not made.texts:
        raise CardLanguagesError(story)
    kept = store.add_draft(made, topic=card.topic, by=who)
    audit(kept, "insert_card", who, now, card=card.id, from_version=card.version)
    return (kept,)


@changes_story
def take_card(story: str, key: str, *, who: str, now: datetime) -> Entries:
    """Keep what the card of an entry now says as its draft; texts that the card lacks stay.

    Raises NoSuchEntryError where there is no newer version to take, NotNowError where no draft may be kept.
    """
    before = must_lead("draft", story, key)[1]
    entry = before.entry if before else None
    card = store.card(entry.card.id) if entry and entry.card else None
    if entry is None or entry.card is None or card is None or card.version <= entry.card.version:
        raise NoSuchEntryError(key)
    words = card.words(store.outline(story, now=now).languages)
    again = replace(entry, texts=entry.texts | words, card=card.ref, updated=now, note={})
    kept = store.add_draft(again, by=who)
    audit(kept, "take_card", who, now, card=card.id, from_version=card.version)
    return (kept,)

"""What the desk says of background cards: which are named here, and the one an entry was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sourcier.desk import store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.drafting.mentions import Mentions
from sourcier.desk.screens.event_pane import EventPane
from sourcier.types import Entry, Story


@dataclass(frozen=True, slots=True)
class Named:
    """A card that what is before the editor names; `entry` is what the story has of it, "" for nothing."""

    card: Card
    entry: str


def mentioned(
    story: Story, entry: Entry, pane: EventPane | None, texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return the cards that the dispatches shown and the words being written name, and the entry's own.

    Costs a query, and another where a card is named. A card without a text in a language of the story is
    left out; in a frozen one, all are.
    """
    known = () if story.closed else store.cards()
    named = Mentions(known).among((*_dispatches(pane), *texts.values()))
    named = tuple(card for card in named if card.words(story.languages))
    had = store.made_of_cards(story.slug, named) if named else {}
    own = next((card for card in known if _made_of(entry, card)), None)
    return {
        "named": tuple(Named(card, had.get(card.id, "")) for card in named if card is not own),
        "card": own,
        "card_newer": bool(
            own and entry.card and not own.retired and own.version > entry.card.version
        ),
    }


def _dispatches(pane: EventPane | None) -> Iterator[str]:
    for source in pane.sources if pane else ():
        yield source.capture.text
        yield from (relay.capture.text for relay in source.relays)


def _made_of(entry: Entry, card: Card) -> bool:
    """Tell whether an entry was made of a card, or the card of the entry."""
    if entry.card:
        return entry.card.id == card.id
    return (card.story, card.entry) == (entry.story, entry.id)

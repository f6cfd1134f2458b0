"""What the desk says of background cards: which are named here, and the one an entry was made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sourcier.desk import store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.drafting.mentions import Mentions
from sourcier.desk.screens.entry.event_pane import EventPane
from sourcier.types import Entry, Story


@dataclass(frozen=True, slots=True)
class Named:
    """A card that what is before the editor names; `entry` is what the story has of it, "" for nothing."""

    card: Card
    entry: str


def mentioned(
    story: Story, entry: Entry, pane: EventPane | None, texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return the cards that the dispatches shown name, those that only the words written do, the entry's own.

    Costs a query, and another where a card is named. A card without a text in a language of the story is
    left out; in a frozen one, all are.
    """
    known = () if story.closed else store.cards()
    finder = Mentions(known)
    own = next((card for card in known if _made_of(entry, card)), None)
    told = _fit(story, entry, finder.among(_dispatches(pane)))
    typed = _fit(story, entry, finder.among(texts.values()), told)
    had = store.made_of_cards(story.slug, told + typed) if told or typed else {}
    return {
        "named": tuple(Named(card, had.get(card.id, "")) for card in told),
        "typed": tuple(Named(card, had.get(card.id, "")) for card in typed),
        "card": own,
        "card_newer": bool(
            own and entry.card and not own.retired and own.version > entry.card.version
        ),
    }


def typed(
    story: Story, entry: Entry, texts: Iterable[str], shown: Collection[str]
) -> tuple[Named, ...]:
    """Return the cards that words being written name, but those (by id) that are `shown` elsewhere.

    Costs what `mentioned` does.
    """
    found = () if story.closed else Mentions(store.cards()).among(texts)
    fit = tuple(card for card in _fit(story, entry, found) if card.id not in shown)
    had = store.made_of_cards(story.slug, fit) if fit else {}
    return tuple(Named(card, had.get(card.id, "")) for card in fit)


def _fit(
    story: Story, entry: Entry, found: Iterable[Card], but: Collection[Card] = ()
) -> tuple[Card, ...]:
    """Return the cards that a story can take, without `but` and the one of the entry itself."""
    return tuple(
        card
        for card in found
        if card.words(story.languages) and card not in but and not _made_of(entry, card)
    )


def _dispatches(pane: EventPane | None) -> Iterator[str]:
    for source in pane.sources if pane else ():
        yield source.capture.text
        yield from (relay.capture.text for relay in source.relays)


def _made_of(entry: Entry, card: Card) -> bool:
    """Tell whether an entry was made of a card, or the card of the entry."""
    if entry.card:
        return entry.card.id == card.id
    return (card.story, card.entry) == (entry.story, entry.id)

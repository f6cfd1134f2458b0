"""Background cards, their versions, and the entries that were made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.cards import TOPIC, Card
from sourcier.desk.store.entries import standing

KEPT_VERSIONS = 50
"""How many of the last versions of a card the desk tells."""


def cards() -> tuple[Card, ...]:
    """Return every card as it stands, the retired ones too, the one made first before the others."""
    newest = models.CardVersion.objects.order_by().values("card").annotate(n=Max("pk")).values("n")
    rows = models.CardVersion.objects.filter(pk__in=newest).order_by("card__made", "card")
    return tuple(rows.values_list("record", flat=True))


def card(key: str) -> Card | None:
    """Return a card as it stands; null where there is none of this id."""
    return next(iter(card_versions(key, 1)), None)


def card_versions(key: str, most: int = KEPT_VERSIONS + 1) -> tuple[Card, ...]:
    """Return the last versions of a card, the newest first; one more than are told, to compare with."""
    rows = models.CardVersion.objects.filter(card=key).order_by("-version")
    return tuple(rows.values_list("record", flat=True)[:most])


def queue_at_card(key: str) -> Card | None:
    """Wait until nobody else changes a card, keep others waiting, and return how it stands."""
    list(models.Card.objects.select_for_update(no_key=True).filter(id=key))
    return card(key)


def add_card(kept: Card) -> None:
    """Keep the next version of a card, or the first one."""
    if kept.version == 1:
        models.Card.objects.create(id=kept.id, made=kept.at)
    models.CardVersion.objects.create(
        card_id=kept.id, version=kept.version, at=kept.at, record=kept
    )


def made_of_cards(story: str, known: Iterable[Card]) -> dict[str, str]:
    """Return the entry that a story has of each card (by its id), given up or not.

    Of a card that was kept of an entry of this story, that one.
    """
    made = models.Entry.objects.filter(story_id=story, topic__startswith=TOPIC)
    here = {topic.removeprefix(TOPIC): key for topic, key in made.values_list("topic", "id")}
    return {card.id: card.entry for card in known if card.story == story} | here


@dataclass(frozen=True, slots=True)
class Outdated:
    """An entry as it stands that was made of a card, and the card, which says something else by now."""

    entry: types.Entry
    card: Card


def outdated(slug: str) -> tuple[Outdated, ...]:
    """Return the entries of a story that were made of a version of a card which stands no more.

    Those given up or retracted are left out, so are those of retired cards. One query where there are none.
    """
    made = models.Entry.objects.filter(story_id=slug, topic__startswith=TOPIC)
    topics = dict(made.values_list("id", "topic"))
    if not topics:
        return ()
    found = (one.entry for one in standing(slug, keys=topics) if one.stage != "discarded")
    mine = [entry for entry in found if entry.card and entry.state != "retracted"]
    now = {
        card.id: card for card in _newest({topic.removeprefix(TOPIC) for topic in topics.values()})
    }
    pairs = ((entry, now.get(entry.card.id)) for entry in mine if entry.card)
    return tuple(
        Outdated(entry, card)
        for entry, card in pairs
        if card and entry.card and not card.retired and card.version > entry.card.version
    )


def _newest(keys: Collection[str]) -> tuple[Card, ...]:
    versions = models.CardVersion.objects.filter(card__in=keys)
    newest = versions.order_by().values("card").annotate(n=Max("pk")).values("n")
    rows = models.CardVersion.objects.filter(pk__in=newest)
    return tuple(rows.values_list("record", flat=True))


def card_uses(
    known: Collection[Card], stories: Collection[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the entries of some stories that were made of each card, as (story, entry)."""
    of = {card.topic: card.id for card in known}
    made = models.Entry.objects.filter(story_id__in=stories, topic__in=of).order_by("story", "pk")
    found: dict[str, tuple[tuple[str, str], ...]] = {card.id: () for card in known}
    for topic, story, key in made.values_list("topic", "story_id", "id"):
        found[of[topic]] += ((story, key),)
    return found

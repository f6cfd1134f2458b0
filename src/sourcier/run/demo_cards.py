"""The demo's background cards at its desk: kept from the beginning, some put onto a story's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sourcier.demo.cards import demo_cards
from sourcier.desk import actions
from sourcier.desk.drafting.cards import Card

EDITOR = "demo"
"""Who writes them, and puts them onto the page."""


def keep_cards(now: datetime) -> Mapping[str, Iterable[str]]:
    """Keep the demo's cards; return the ids of those that go onto a page, by story."""
    pages: dict[str, list[str]] = defaultdict(list)
    for one in demo_cards():
        card = Card(id="", version=0, names=one.names, texts=one.texts, sources=one.sources, at=now)
        kept = actions.add_card(card, who=EDITOR, now=now)
        if one.story:
            pages[one.story].append(kept.id)
    return pages


def publish_cards(story: str, keys: Iterable[str], now: datetime) -> None:
    """Put cards onto a story's page."""
    for key in keys:
        for draft in actions.insert_card(story, key, who=EDITOR, now=now):
            actions.publish(draft, who=EDITOR, now=now)

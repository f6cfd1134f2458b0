"""The demo's background cards: in all languages of its stories, one on each page, others waiting."""

from __future__ import annotations

from sourcier.demo import demo_lines, demo_sources
from sourcier.demo.cards import demo_cards
from sourcier.demo.replay import beats
from sourcier.desk import actions, store
from sourcier.run.demo_cards import keep_cards, publish_cards
from sourcier.run.engine import Engine
from sourcier.types import Capture


def test_each_is_in_every_language_of_the_stories() -> None:
    _, stories = demo_sources()
    languages = {code for story in stories for code in story.languages}
    for card in demo_cards():
        assert set(card.texts) == languages
        assert all(text.headline and text.body for text in card.texts.values())
    assert {card.story for card in demo_cards()} == {"", *(story.slug for story in stories)}


def test_a_story_begins_with_one_on_its_page_and_one_waiting(db: None) -> None:
    sources, stories = demo_sources()
    story = next(one for one in stories if one.slug == "hokkaido")
    start, found = beats(demo_lines("hokkaido.jsonl"), sources)[0]
    captures = [one for one in found if isinstance(one, Capture)]
    store.open_story(
        story.slug, story.titles, zone=story.zone, languages=story.languages, now=start
    )
    actions.start_rules(story.slug, autopublish=True, now=start)
    pages = keep_cards(start)
    assert len(store.cards()) == len(demo_cards())
    Engine().take(story.slug, captures, start)
    publish_cards(story.slug, pages[story.slug], start)
    made = {one.stage: one.entry for one in store.standing(story.slug) if one.entry.card}
    assert made["out"].texts["fr"].headline == "Ce que mesure une magnitude"
    assert made["draft"].texts["en"].headline.startswith("The Harbour Safety Office")
    assert made["draft"].card and made["draft"].card.sources

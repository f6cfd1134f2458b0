"""What a tab without a stream asks for, again and again."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec

from sourcier.publish.pointer import BUSY, CALM, interval, mark, pointer
from tests.publish.sumy import sumy


def test_the_mark_is_that_of_the_story_and_not_of_the_minute() -> None:
    story = sumy()
    later = msgspec.structs.replace(story, now=story.now + timedelta(minutes=7))
    assert mark(later) == mark(story)
    assert mark(msgspec.structs.replace(story, entries=story.entries[1:])) != mark(story)
    assert mark(msgspec.structs.replace(story, closed=True)) != mark(story)
    assert len(pointer(story)) < 100


def test_tabs_look_often_while_there_is_news_and_never_once_it_is_over() -> None:
    story = sumy()
    assert interval(story) == BUSY
    assert interval(msgspec.structs.replace(story, now=story.now + timedelta(hours=9))) == CALM
    assert interval(msgspec.structs.replace(story, closed=True)) == 0
    assert json.loads(pointer(msgspec.structs.replace(story, live=False)))["poll"] == 0

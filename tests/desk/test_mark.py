"""A mark tells that a story changed, and only then."""

from __future__ import annotations

from sourcier.desk import actions, models, store
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, minute


def test_a_mark_differs_after_each_publication(story: str) -> None:
    marks = [store.mark(SLUG), store.mark(SLUG)]
    assert marks[0] == marks[1]
    actions.publish(entry("x1", "Deux blessés"), who="ines", now=minute(1))
    marks.append(store.mark(SLUG))
    models.Story.objects.filter(slug=SLUG).update(closed=True)
    marks.append(store.mark(SLUG))
    assert len(set(marks)) == 3


def test_a_mark_is_of_one_story(story: str) -> None:
    store.open_story("autre", {"fr": "Autre"}, zone="Europe/Paris", languages=("fr",), now=START)
    before = store.mark("autre")
    actions.publish(entry("x1", "Deux blessés"), who="ines", now=minute(1))
    assert store.mark("autre") == before
    assert store.mark("nulle-part") != before

"""The wall: pages, filters, what is unread, and that none of it grows with the story."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import actions, models, store
from sourcier.desk.finding.sieve import Sieve, sieve
from sourcier.desk.store.wall import PAGE
from tests.desk.conftest import SLUG, entry
from tests.desk.make import (
    batch,
    by,
    capture,
    change,
    event,
    minute,
    occurrence,
    place,
    reading,
    toll,
)
from tests.desk.samples import CAPTURES, READINGS, first, second

DESK = f"/desk/{SLUG}/"


@pytest.fixture
def filled(story: str) -> str:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
    return story


def many(number: int) -> None:
    """Add events, each from one dispatch of its own."""
    for n in range(number):
        told = capture(f"d{n}", f"Un drone est tombé, numéro {n}.", publisher="Le Bief", at=n)
        fell = occurrence(told, f"f{n}", "Un drone est tombé", "drone", place=place())
        store.save_captures(SLUG, [told])
        store.save_readings(SLUG, [reading(told, fell)])
        woven = event(fell, key=f"k{n}", type="drone", at=n)
        moved = change("event_opened", fell, at=n, event=f"k{n}")
        store.save_woven(SLUG, batch(moved, events=[woven]), minute(n))


def keys(**sent: str) -> list[str]:
    asked = QueryDict(mutable=True)
    asked.update(sent)
    return [item.event.id for item in store.wall(SLUG, sieve(asked), user="ines").events]


@pytest.mark.slow
def test_pages_follow_each_other_without_gap_or_repetition(editor: Client, filled: str) -> None:
    many(PAGE + 5)
    wall = store.wall(SLUG)
    rest = store.wall(SLUG, Sieve().older(wall.older)) if wall.older else None
    assert rest and rest.older is None
    both = [item.event.id for item in (*wall.events, *rest.events)]
    assert len(wall.events) == PAGE
    assert len(both) == len(set(both)) == PAGE + 6
    page = editor.get(DESK).text
    assert "before=" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"type": "drone"}, ["k0"]),
        ({"kind": "toll_disputed"}, ["e1"]),
        ({"language": "uk"}, ["e1"]),
        ({"source": "Le Bief"}, ["k0"]),
        ({"source": "Le Bief", "language": "uk"}, []),
        ({"place": "Trypont"}, ["e1", "k0"]),
        ({"disputed": "1"}, ["e1"]),
        ({"untold": "1"}, ["e1", "k0"]),
        ({"told": "1"}, []),
        ({"type": "'; DROP TABLE x; --"}, []),
        ({"before": "yesterday~x"}, ["e1", "k0"]),
    ],
)
def test_filters(editor: Client, filled: str, sent: dict[str, str], found: list[str]) -> None:
    many(1)
    assert keys(**sent) == found
    assert editor.get(DESK, sent).status_code == 200


def test_a_filter_is_a_chip_that_takes_it_away(editor: Client, filled: str) -> None:
    page = editor.get(DESK, {"language": "uk", "untold": "1"}).text
    assert 'class="chip"' in page
    assert "&amp;untold=1#wall" in page
    assert "&amp;language=uk#wall" in page


def test_what_is_told_follows_publication_and_retraction(editor: Client, filled: str) -> None:
    actions.publish(entry("x1", event="e1"), who="ines", now=minute(20))
    assert keys(told="1") == ["e1"]
    actions.retract(SLUG, "x1", note={"fr": "Faux"}, who="ines", now=minute(21))
    assert keys(told="1") == []


def test_an_event_is_unread_until_opened_and_again_when_it_moves(
    editor: Client, filled: str
) -> None:
    many(2)
    assert store.wall(SLUG, user="ines").unread == 3
    editor.get(DESK, {"event": "k0"})
    assert keys(unread="1") == ["e1", "k1"]
    assert editor.post(f"{DESK}wall/seen", {"event": "k0"}).status_code == 302
    assert keys(unread="1") == []
    assert store.wall(SLUG, user="oleh").unread == 3
    known = models.Claim.objects.get(key="f0").record
    moved = change("claim_confirmed", known, at=30, event="k0")
    store.save_woven(SLUG, batch(moved, events=[event(known, key="k0")]), minute(30))
    assert keys(unread="1") == ["k0"]


def test_a_story_kept_before_is_filled(editor: Client, filled: str) -> None:
    actions.publish(entry("x1", event="e1"), who="ines", now=minute(20))
    tables: tuple[Any, ...] = (models.Head, models.Facet, models.Option, models.Passage)
    kept = [sorted(t.objects.values_list(*_columns(t))) for t in tables]
    for table in tables:
        table.objects.all().delete()
    assert store.wall(SLUG).events == ()
    store.fill()
    assert [sorted(t.objects.values_list(*_columns(t))) for t in tables] == kept


def _columns(table: Any) -> list[str]:
    return [field.attname for field in table._meta.fields if field.name != "id"]


@pytest.mark.slow
def test_queries_do_not_grow(
    editor: Client, filled: str, django_assert_max_num_queries: Any
) -> None:
    for number in (1, 60):
        many(number)
        with django_assert_max_num_queries(19):
            assert editor.get(f"{DESK}wall").status_code == 200


def test_a_revised_toll_shows_both_figures_and_who_says_it(editor: Client, story: str) -> None:
    said = ("Deux morts, dit la mairie.", "Au moins trois morts, dit la mairie.")
    then, now = (capture(f"t{n}", text, at=n) for n, text in enumerate(said))
    two = toll(then, "two", "Deux morts", 2, attribution=by(then, "la mairie"))
    three = toll(now, "three", "Au moins trois morts", 3, attribution=by(now, "la mairie"))
    at_least = replace(three, high=None)
    store.save_captures(SLUG, [then, now])
    store.save_readings(SLUG, [reading(then, two), reading(now, at_least)])
    revised = change("toll_revised", at_least, two, at=1)
    store.save_woven(SLUG, batch(revised, events=[event(two, at_least)]), minute(1))
    page = editor.get(f"{DESK}wall").text
    assert "<del>2</del> → <strong>≥ 3</strong>" in page
    assert "de 2 à ≥ 3" in page
    assert "<span>la mairie</span>" in page


@pytest.mark.slow
def test_the_same_events_stand_on_a_map_with_the_list_below(editor: Client, filled: str) -> None:
    many(2)
    told = capture("loose", "Un drone est tombé.", at=9)
    fell = occurrence(told, "loose", "Un drone est tombé", "drone")
    store.save_captures(SLUG, [told])
    store.save_readings(SLUG, [reading(told, fell)])
    opened = change("event_opened", fell, at=9, event="k9")
    store.save_woven(SLUG, batch(opened, events=[event(fell, key="k9", place=None)]), minute(9))
    page = editor.get(DESK, {"view": "map", "untold": "1"}).text
    assert 'class="cols wide"' in page
    assert "événements ici" in page
    assert 'nowhere=1&amp;untold=1#wall">1\xa0sans lieu exact</a>' in page
    assert "view=map" in page
    assert 'id="w-k9"' in page
    assert "Aucun lieu" in editor.get(DESK, {"view": "map", "language": "xx"}).text


def test_a_first_confirmation_says_by_which_origin(editor: Client, story: str) -> None:
    sources = [
        capture(f"o{n}", "Un drone est tombé.", publisher=name, at=n)
        for n, name in enumerate(("Le Fanal", "Le Bief", "Courant 24"))
    ]
    fell = [
        occurrence(one, f"o{n}", "Un drone est tombé", "drone") for n, one in enumerate(sources)
    ]
    store.save_captures(SLUG, sources)
    store.save_readings(SLUG, [reading(*pair) for pair in zip(sources, fell, strict=True)])
    opened = change("event_opened", fell[0])
    again = [change("claim_corroborated", fell[0], fell[n], at=n) for n in (1, 2)]
    store.save_woven(SLUG, batch(opened, *again, events=[event(*fell)]), minute(2))
    page = " ".join(editor.get(f"{DESK}wall").text.split())
    assert "première confirmation : Le Bief, 06:01" in page
    assert "Courant 24, 06" not in page


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("occurrence_added", ["Événement ouvert"]),
        ("toll_stated", ["Bilan"]),
        ("claim_confirmed", ["Confirmation", "Événement ouvert"]),
    ],
)
def test_what_opened_an_event_is_told_once(
    editor: Client, story: str, kind: Any, shown: list[str]
) -> None:
    source = capture("once", "Un drone est tombé, dit la mairie.")
    fell = occurrence(source, "fell", "Un drone est tombé", "drone_attack")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, fell)])
    woven = batch(change("event_opened", fell), change(kind, fell), events=[event(fell)])
    store.save_woven(SLUG, woven, minute(0))
    page = editor.get(f"{DESK}wall").text
    assert re.findall(r'class="mv[^>]*><svg.*?</svg>([^<]+)<', page) == shown

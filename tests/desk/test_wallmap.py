"""The map of the wall: all events that pass, in signs that can be told apart, each a way into the list."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import models, store
from sourcier.desk.finding.sieve import Sieve, sieve
from sourcier.desk.screens.wall.wallmap import CLOSE, LETTER, LINE, NAMED, Sign, wall_map
from sourcier.desk.store import Spot
from sourcier.desk.store.wall import PAGE
from tests.desk.conftest import SLUG
from tests.desk.make import batch, capture, change, event, minute, occurrence, place, reading
from tests.desk.test_wall import DESK, many


def spot(n: int, at: tuple[float, float], name: str = "Trypont", **more: Any) -> Spot:
    known: dict[str, Any] = {"type": "drone", "country": "UA", "origins": 1, "number": 1}
    return Spot(event=f"k{n}", place=name, at=at, **known | more)


def somewhere(key: str, at: int, **where: Any) -> None:
    """Add an event at a place."""
    told = capture(f"d{key}", "Un drone est tombé.", at=at)
    fell = occurrence(
        told, f"f{key}", "Un drone est tombé", "drone", place=replace(place(), **where)
    )
    store.save_captures(SLUG, [told])
    store.save_readings(SLUG, [reading(told, fell)])
    moved = change("event_opened", fell, at=at, event=key)
    woven = event(fell, key=key, type="drone", at=at, place=fell.place)
    store.save_woven(SLUG, batch(moved, events=[woven]), minute(at))


@pytest.mark.slow
def test_an_event_of_a_later_page_stands_on_the_map_and_opens(editor: Client, story: str) -> None:
    somewhere("far", 0, name="Odesa", latitude=46.5, longitude=30.7)
    for n in range(PAGE + 1):
        somewhere(f"near{n}", n + 1)
    page = editor.get(DESK, {"view": "map"}).text
    assert 'id="w-far"' not in page
    link = re.search(r'href="([^"]+)" aria-label="Odessa"', page)
    assert link and "event=far" in link[1]
    assert editor.get(link[1].replace("&amp;", "&")).status_code == 200
    assert ">Trypont 41</text>" in page


def test_a_sign_of_several_leads_to_the_wall_of_its_corner(editor: Client, story: str) -> None:
    many(3)
    somewhere("far", 9, name="Odesa", latitude=46.5, longitude=30.7)
    page = editor.get(DESK, {"view": "map"}).text
    link = re.search(r'href="\?*[^"]*?\?([^"]*box=[^"]+)#wall" aria-label="Trypont', page)
    assert link
    asked = sieve(QueryDict(link[1].replace("&amp;", "&")))
    assert {one.event.id for one in store.wall(SLUG, asked).events} == {"k0", "k1", "k2"}
    there = editor.get(f"{DESK}?{asked.address()}").text
    assert "Coin de carte" in there
    assert 'aria-label="Odes' not in there


@pytest.mark.parametrize(
    ("name", "french", "ukrainian"),
    [
        ("Sumy Oblast", "Soumy (région)", "Сумська область"),
        ("Okhtyrka Raion", "Okhtyrka (district)", "Охтирський район"),
        ("Sumy", "Soumy", "Суми"),
    ],
)
def test_places_bear_their_names_in_the_desk_s_language(
    editor: Client, story: str, name: str, french: str, ukrainian: str
) -> None:
    somewhere("one", 0, name=name, latitude=50.9, longitude=34.8)
    for tongue, said in (("fr", french), ("uk", ukrainian)):
        assert f'aria-label="{said}"' in editor.get(DESK, {"view": "map", "ui": tongue}).text


@pytest.mark.parametrize(
    "box", ["", "1,2,3", "x,y,z,w", "nan,0,1,1", "5,0,1,1", "0,0,1,91", "inf,0,inf,1", "1,2,3,4,5"]
)
def test_a_box_that_is_none_is_passed_over(box: str) -> None:
    assert sieve(QueryDict(f"box={box}")) == Sieve()


def test_events_without_an_exact_place_are_a_filter(editor: Client, story: str) -> None:
    many(1)
    somewhere("land", 5, name="Ukraine", precision="country")
    asked = Sieve(states=("nowhere",))
    assert [one.event.id for one in store.wall(SLUG, asked).events] == ["land"]
    assert store.spread(SLUG, Sieve()).nowhere == 1
    assert "Sans lieu exact" in editor.get(DESK, {"nowhere": "1"}).text


def area(sign: Sign) -> tuple[float, float, float, float]:
    wide = len(sign.label) * LETTER
    left = sign.label_at[0] - wide * {"start": 0, "middle": 0.5, "end": 1}[sign.anchor]
    return left, sign.y - LINE / 2, left + wide, sign.y + LINE / 2


def test_signs_stand_apart_and_names_cover_nothing() -> None:
    spots = [
        spot(n, (24 + n % 23 * 0.6, 45 + n % 17 * 0.4), f"Lieu {n % 29}", origins=1 + n % 7)
        for n in range(2000)
    ]
    drawn = wall_map(spots, 3)
    assert drawn
    assert sum(sign.number for sign in drawn.signs) + drawn.beyond == 2000
    for one, other in combinations(drawn.signs, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (CLOSE - 0.01) ** 2
    labels = [area(sign) for sign in drawn.signs if sign.label]
    for a, b in combinations(labels, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert all(left >= 0 and right <= 360 for left, _, right, _ in labels)
    assert 0 < sum("Lieu" in sign.label for sign in drawn.signs) <= NAMED


def test_a_kept_head_and_a_new_one_know_the_same_place(editor: Client, story: str) -> None:
    somewhere("far", 0, name="Odesa", latitude=46.5, longitude=30.7)
    (found,) = store.spread(SLUG, Sieve()).spots
    assert (found.place, found.at, found.country, found.type) == (
        "Odesa",
        (30.7, 46.5),
        "UA",
        "drone",
    )
    assert models.Head.objects.get(key="far").latitude == 46.5


@pytest.mark.slow
def test_queries_do_not_grow(
    editor: Client, story: str, django_assert_max_num_queries: Any
) -> None:
    for number in (1, 60):
        many(number)
        with django_assert_max_num_queries(22):
            assert editor.get(f"{DESK}wall?view=map&untold=1").status_code == 200

"""The wall along time: slots, what moved in them, alerts, and that it costs the same however much moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.finding.sieve import Sieve, sieve
from sourcier.desk.finding.slots import MOST, slots
from tests.desk.conftest import SLUG
from tests.desk.make import Known, alert, batch, capture, interval, minute, place, reading
from tests.desk.samples import CAPTURES, READINGS, first, second
from tests.desk.test_wall import DESK, keys, many

ZONE = "Europe/Paris"
WHOLE = (minute(-60), minute(240))


@pytest.fixture
def filled(story: str) -> str:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
    return story


MOMENTS = st.integers(0, 6_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
def test_slots_follow_each_other_and_end_where_the_span_does(
    since: datetime, span: timedelta
) -> None:
    edges = slots(since, since + span, ZONE)
    assert list(edges) == sorted(set(edges))
    assert 2 <= len(edges) <= MOST + 2
    assert edges[-1] == since + span
    assert edges[0] == since or edges[0] > since + span - timedelta(days=MOST)


@pytest.mark.parametrize(
    ("since", "until", "written"),
    [
        ("2024-11-22T07:04", "2024-11-22T07:25", ["08:04", "08:10", "08:20", "08:25"]),
        ("2024-11-22T00:00", "2024-11-22T12:10", ["01:00", "02:00", "03:00", "04:00"]),
        ("2024-11-20T00:00", "2024-11-26T12:00", ["01:00", "06:00", "12:00", "18:00"]),
        # The night in which clocks go back has 25 hours.
        ("2024-10-01T22:00", "2024-11-25T00:00", ["00:00", "00:00", "00:00", "00:00"]),
    ],
)
def test_slots_stand_at_full_hours_of_the_place(since: str, until: str, written: list[str]) -> None:
    ends = (datetime.fromisoformat(f"{one}+00:00") for one in (since, until))
    edges = slots(next(ends), next(ends), ZONE)
    assert [f"{edge.astimezone(ZoneInfo(ZONE)):%H:%M}" for edge in edges[:4]] == written


def test_the_night_of_25_hours_is_one_slot() -> None:
    edges = slots(datetime(2024, 10, 1, 22, tzinfo=UTC), datetime(2024, 11, 25, tzinfo=UTC), ZONE)
    lasts = {after - before for before, after in pairwise(edges)}
    assert timedelta(hours=25) in lasts


def test_movements_are_counted_by_slot_and_kind(filled: str) -> None:
    many(3)
    edges = (minute(-10), minute(1), minute(2), minute(30))
    counted = store.movements(SLUG, Sieve(), edges)
    assert counted[0, "event_opened"] == 2
    assert counted[1, "event_opened"] == 1
    assert counted[2, "event_opened"] == 1
    assert {slot for slot, kind in counted if kind == "toll_disputed"} == {2}
    assert not [kind for _, kind in counted if kind == "copy_found"]


def test_a_filter_narrows_what_is_counted(filled: str) -> None:
    many(2)
    drones = store.movements(SLUG, Sieve({"type": "drone"}), WHOLE)
    assert drones == {(0, "event_opened"): 2}
    disputed = store.movements(SLUG, Sieve({"kind": "toll_disputed"}), WHOLE)
    assert disputed == {(0, "toll_disputed"): 1}
    unread = Sieve(states=("unread",))
    assert store.movements(SLUG, unread, WHOLE, user="ines")
    assert store.movements(SLUG, Sieve({"type": "'; DROP TABLE x; --"}), WHOLE) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"from": "2024-11-22T05:01Z", "to": "2024-11-22T05:02Z"}, ["k1"]),
        ({"from": "2024-11-22T06:01", "to": "2024-11-22T06:02"}, ["k1"]),  # on the story's clocks
        ({"to": "2024-11-22T05:01Z"}, ["e1", "k0"]),
        ({"from": "2024-11-22T05:01Z", "to": "2024-11-22T05:00Z"}, ["e1", "k1", "k0"]),
        ({"from": "yesterday"}, ["e1", "k1", "k0"]),
        ({"from": "0001-01-01T00:00+14:00", "to": "9999-12-31T23:59"}, ["e1", "k1", "k0"]),
        ({"from": "2024-11-22T05:09Z", "kind": "toll_disputed"}, ["e1"]),
        ({"from": "2024-11-22T05:20Z", "kind": "toll_disputed"}, []),
    ],
)
def test_the_wall_of_a_span_of_time(
    editor: Client, filled: str, sent: dict[str, str], found: list[str]
) -> None:
    many(2)
    asked = QueryDict(mutable=True)
    asked.update(sent)
    passed = sieve(asked, ZONE)
    assert [
        one.event.id for one in store.wall(SLUG, passed).events if one.event.id in keys()
    ] == found
    assert sieve(QueryDict(passed.address())) == passed
    for view in ("", "time", "map"):
        assert editor.get(DESK, sent | {"view": view}).status_code == 200


def test_a_bar_leads_to_the_wall_of_its_time(editor: Client, filled: str) -> None:
    page = editor.get(DESK, {"view": "time", "language": "uk"}).text
    assert 'class="wp contradiction"' in page
    assert "language=uk&amp;from=2024-11-22T05%3A" in page
    assert "mouvements, <span>06:00 – 07:01</span>" in page
    span = {"view": "time", "from": "2024-11-22T05:00Z", "to": "2024-11-22T05:30Z"}
    page = editor.get(DESK, span).text
    assert "Quand <b>06:00 – 06:30</b>" in page
    assert 'name="from" value="2024-11-22T06:00"' in page
    assert 'name="from" value="2024-11-22T05:00:00Z"' in page  # marks as read what it shows


def test_alerts_stand_beneath_with_what_is_not_known(editor: Client, filled: str) -> None:
    told = capture("al", "Alerte aérienne à Trois-Ponts.", at=20)
    said = alert(told, "a", "Alerte aérienne", place=place())
    store.save_captures(SLUG, [told])
    store.save_readings(SLUG, [reading(told, said)])
    in_force = interval(said, observed=(minute(20),))
    over = {"id": "a2", "start": minute(2), "end": minute(9), "inferred_end": True}
    done = replace(in_force, **over, event="e1")
    woven = batch()
    woven.known = Known(woven.known.events, (in_force, done))
    store.save_woven(SLUG, woven, minute(20))
    page = editor.get(DESK, {"view": "time"}).text
    assert "avant 06:20 – en vigueur" in page
    assert "06:02 – 06:09 (fin déduite)" in page
    assert page.count('<path class="wa') == 2
    assert editor.get(DESK, {"view": "time", "language": "uk"}).text.count('<path class="wa') == 1


def test_a_story_in_which_nothing_moved_has_no_timeline(editor: Client) -> None:
    page = editor.get(DESK, {"view": "time"})
    assert page.status_code == 200
    assert '<svg class="wt"' not in page.text


@pytest.mark.slow
def test_queries_do_not_grow(
    editor: Client, filled: str, django_assert_max_num_queries: Any
) -> None:
    for number in (1, 60):
        many(number)
        with django_assert_max_num_queries(24):
            assert editor.get(f"{DESK}wall?view=time&untold=1").status_code == 200

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from sourcier.desk import actions, models, store
from sourcier.types import EntryText
from tests.desk import make
from tests.desk.conftest import SLUG, entry
from tests.desk.make import batch, change, event, minute, place
from tests.desk.samples import CAPTURES, CLAIMS, READINGS, first, second

pytestmark = pytest.mark.usefixtures("story")


def fill() -> None:
    actions.start_rules(SLUG, autopublish=True, now=minute(0))
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
        actions.intake(SLUG, woven, now=minute(at))


def test_captures_and_claims_come_back_as_they_were() -> None:
    fill()
    captures, claims = store.captures_and_claims(SLUG)
    assert set(captures) == set(CAPTURES)
    assert {claim.id: claim for claim in claims} == CLAIMS


def test_saving_twice_keeps_one() -> None:
    fill()
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, second(), minute(11))
    assert models.Capture.objects.count() == len(CAPTURES)
    assert models.Claim.objects.count() == len(CLAIMS)
    assert models.EventSnapshot.objects.count() == 2
    assert models.CopyLink.objects.count() == 1


def test_the_story_holds_what_its_entries_lead_to() -> None:
    fill()
    shown = store.story(SLUG, now=minute(20))
    assert shown.live
    assert {e.kind for e in shown.entries} == {"toll", "statement"}
    assert set(shown.captures) == {"wire", "channel", "copy"}
    assert shown.captures["channel"].language == "uk"
    assert {"killed", "injured", "twelve", "blasts"} <= set(shown.claims)
    assert shown.copies["copy"].lost == ("au moins",)
    assert shown.total.dispatches == 3
    assert shown.sequence == max(e.sequence for e in shown.entries) == 4
    (toll,) = [e for e in shown.entries if e.kind == "toll"]
    assert [v.version for v in shown.history[toll.id]] == [1, 2]


def test_the_story_as_it_was_at_a_past_minute() -> None:
    fill()
    then = store.story(SLUG, at=minute(5), now=minute(20))
    assert not then.live
    assert then.now == minute(5)
    assert {e.version for e in then.entries} == {1}
    assert then.sequence == 2
    assert then.history == {}
    assert not then.copies
    assert then.total.dispatches == 1
    assert then.events["e1"].ledgers[1].disputed_since is None
    assert store.story(SLUG, at=minute(0), now=minute(20)).entries == ()


def test_a_moment_to_come_is_now() -> None:
    fill()
    assert store.story(SLUG, at=minute(99), now=minute(20)).now == minute(20)


def test_a_retracted_entry_takes_its_event_off_the_page() -> None:
    fill()
    for shown in store.story(SLUG, now=minute(20)).entries:
        actions.retract(SLUG, shown.id, note={"fr": "x"}, who="ines", now=minute(21))
    notices = store.story(SLUG, now=minute(22))
    assert notices.events == {}
    told = [e for e in notices.entries if e.regards]
    assert told and all((e.event, e.claims) == (None, ()) for e in told)


def test_an_unknown_story_is_said_to_be_none() -> None:
    with pytest.raises(models.Story.DoesNotExist):
        store.story("nulle-part", now=minute(0))
    with pytest.raises(models.Story.DoesNotExist):
        store.zone("nulle-part")


def test_stories_stand_in_the_order_they_were_opened_and_keep_their_titles() -> None:
    store.open_story("autre", {"fr": "Autre"}, zone="UTC", languages=("fr",), now=minute(9))
    store.open_story(SLUG, {"fr": "Nouveau titre"}, zone="UTC", languages=("fr",), now=minute(10))
    (slug, kept), other = store.stories()
    assert (slug, kept["en"], other) == (SLUG, "Strikes on Trypont", ("autre", {"fr": "Autre"}))


def many(n: int) -> None:
    for i in range(n):
        source = make.capture(f"s{i}", "Une explosion ici, dit-on.")
        claim = make.occurrence(
            source, f"o{i}", "Une explosion", "explosion", place=place(geonames=i)
        )
        store.save_captures(SLUG, [source])
        store.save_readings(SLUG, [make.reading(source, claim)])
        told = event(claim, key=f"e{i}", place=place(geonames=i))
        woven = batch(change("occurrence_added", claim, event=f"e{i}", at=i), events=[told])
        store.save_woven(SLUG, woven, minute(i))
        actions.intake(SLUG, woven, now=minute(i))


@pytest.mark.slow
def test_queries_do_not_grow_with_the_story(django_assert_num_queries: Any) -> None:
    fill()
    asked: dict[str, tuple[Callable[[], Any], int]] = {
        "story": (lambda: store.story(SLUG, now=minute(50)), 9),
        "wall": (lambda: store.wall(SLUG, user="ines"), 7),
        "event": (lambda: store.event_page(SLUG, "e1"), 4),
    }
    for size in (3, 30):
        many(size)
        for ask, number in asked.values():
            with django_assert_num_queries(number):
                ask()
    assert len(store.story(SLUG, now=minute(50)).entries) > 30


def test_the_wall_lists_events_by_their_last_movement() -> None:
    fill()
    many(3)
    wall = store.wall(SLUG)
    assert wall.events[0].event.id == "e1"
    assert wall.events[0].changes[0].kind in ("toll_disputed", "statement_added")
    assert all(item.told for item in wall.events)
    assert not any(c.kind == "copy_found" for item in wall.events for c in item.changes)


def test_an_entry_stands_by_its_draft_and_by_what_readers_have() -> None:
    actions.publish(entry(headline="Public"), who="ines", now=minute(1))
    actions.draft(
        replace(entry(), texts={"fr": EntryText(headline="Brouillon")}), who="ines", now=minute(2)
    )
    (found,) = store.standing(SLUG)
    assert found.entry.texts["fr"].headline == "Brouillon"
    assert found.published
    assert found.published.texts["fr"].headline == "Public"
    assert found.by == "ines"


def test_everything_holds_what_no_entry_rests_on() -> None:
    source = make.capture("c", "Une explosion.", at=5)
    claim = make.occurrence(source, "o", "Une explosion", "explosion")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [make.reading(source, claim)])
    assert not store.story(SLUG, now=minute(9)).claims
    assert set(store.everything(SLUG, now=minute(9)).claims) == {"o"}
    before = store.everything(SLUG, at=minute(4), now=minute(9))
    assert (before.captures, before.claims) == ({}, {})

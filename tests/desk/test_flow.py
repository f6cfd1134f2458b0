from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

from sourcier.desk import actions, models, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import (
    MOVES,
    STAGES,
    EmbargoError,
    Move,
    NotNowError,
    PastHourError,
    Scheduled,
    Situation,
    Stage,
    due,
    led,
    offered,
    right_for,
)
from sourcier.desk.people.rights import RIGHTS, Role
from sourcier.run.outgoing import tick
from sourcier.types import Entry, EntryText
from tests.desk.conftest import SLUG, entry, versions
from tests.desk.make import minute

PUBLIC = entry(state="published", version=1)


def stands(key: str = "x1") -> Standing:
    return next(iter(store.standing(SLUG, keys=[key])))


def said(text: str, key: str = "x1", **more: Any) -> Entry:
    return entry(key, text, **more)


def audited() -> list[tuple[str, str]]:
    return list(models.Audit.objects.order_by("pk").values_list("who", "action"))


@pytest.mark.parametrize(("move", "stage"), list(product(MOVES, STAGES)))
def test_no_role_makes_a_move_that_its_rights_do_not_carry(move: Move, stage: Stage) -> None:
    for public in (None, PUBLIC, replace(PUBLIC, pinned=True)):
        at = Situation(stage, public)
        needed = right_for(move, at)
        for role in RIGHTS:
            may = needed in RIGHTS[role]
            assert (move in offered(RIGHTS[role], at)) == may
        if needed is None:
            with pytest.raises(NotNowError):
                led(move, at)
        else:
            assert led(move, at) in STAGES


@pytest.mark.parametrize("move", MOVES)
def test_what_is_retracted_stays_as_it_is(move: Move) -> None:
    gone = replace(PUBLIC, state="retracted", pinned=True)
    assert not any(right_for(move, Situation(stage, gone)) for stage in STAGES)


@pytest.mark.parametrize(
    ("role", "stage", "public", "first"),
    [
        ("reader", "new", None, None),
        ("reporter", "new", None, "submit"),
        ("reporter", "sent_back", None, "submit"),
        ("reporter", "submitted", None, "draft"),
        ("reporter", "approved", None, None),
        ("reporter", "scheduled", None, None),
        ("reporter", "out", PUBLIC, "submit"),
        ("verifier", "submitted", None, "approve"),
        ("editor", "submitted", None, "publish"),
        ("editor", "out", PUBLIC, "publish"),
        ("editor", "discarded", None, "draft"),
    ],
)
def test_the_main_move_of_each_role(
    role: Role, stage: Stage, public: Entry | None, first: Move | None
) -> None:
    assert next(iter(offered(RIGHTS[role], Situation(stage, public))), None) == first


def waits(key: str, at: int, **more: Any) -> Scheduled:
    return Scheduled(entry(key, **more), minute(at), "ines")


def keys(found: Iterable[Scheduled]) -> list[str]:
    return [each.entry.id for each in found]


def test_what_is_due_goes_in_the_order_of_its_hours_and_never_before_its_embargo() -> None:
    waiting = (waits("b", 5), waits("a", 3), waits("c", 9), waits("d", 1, not_before=minute(8)))
    assert keys(due(waiting, minute(5))) == ["a", "b"]
    assert keys(due(waiting, minute(8))) == ["d", "a", "b"]
    assert keys(due(waiting, minute(0))) == []


@pytest.mark.slow
def test_an_entry_from_draft_to_readers_through_review(story: str) -> None:
    actions.submit(said("Un"), who="noor", now=minute(1))
    assert (stands().stage, stands().by, stands().published) == ("submitted", "noor", None)
    actions.send_back(SLUG, "x1", reason="Qui le dit ?", who="vera", now=minute(2))
    assert (stands().stage, stands().reason) == ("sent_back", "Qui le dit ?")
    actions.submit(said("Deux"), who="noor", now=minute(3))
    actions.approve(said("Deux"), who="vera", now=minute(4))
    assert (stands().stage, stands().reason) == ("approved", "")
    actions.publish(said("Deux"), who="ines", now=minute(5))
    assert (stands().stage, stands().entry.version) == ("out", 1)
    assert audited() == [
        ("noor", "draft"), ("noor", "submit"), ("vera", "send_back"), ("noor", "draft"),
        ("noor", "submit"), ("vera", "approve"), ("ines", "publish"),
    ]  # fmt: skip


def test_moves_that_do_not_lead_from_there_are_refused(story: str) -> None:
    actions.draft(said("Un"), who="noor", now=minute(1))
    with pytest.raises(NotNowError):
        actions.approve(said("Un"), who="vera", now=minute(2))
    with pytest.raises(NotNowError):
        actions.unschedule(SLUG, "x1", who="ines", now=minute(2))
    with pytest.raises(NotNowError):
        actions.discard(SLUG, "nobody", who="ines", now=minute(2))
    actions.publish(said("Un"), who="ines", now=minute(3))
    actions.retract(SLUG, "x1", note={"fr": "Faux."}, who="ines", now=minute(4))
    for move in (actions.publish, actions.draft, actions.submit):
        with pytest.raises(NotNowError):
            move(said("Un"), who="ines", now=minute(5))


def test_a_scheduled_entry_goes_out_once_at_its_hour(story: str) -> None:
    actions.schedule(said("Un"), minute(30), who="ines", now=minute(1))
    assert tick(store.scheduled(), minute(29)) == ()
    waiting = store.scheduled()
    (out,) = tick(waiting, minute(30))
    assert (out.state, out.version, out.published) == ("published", 1, minute(30))
    assert tick(waiting, minute(31)) == tick(store.scheduled(), minute(31)) == ()
    line = models.Audit.objects.latest("pk")
    assert (line.who, line.action) == ("ines", "publish_scheduled")
    assert "late" not in line.detail


def test_a_missed_hour_goes_out_late_and_says_so(story: str) -> None:
    actions.schedule(said("Un"), minute(30), who="ines", now=minute(1))
    assert len(tick(store.scheduled(), minute(44))) == 1
    assert models.Audit.objects.latest("pk").detail["late"] == 14 * 60


def test_what_was_unscheduled_changed_or_closed_does_not_go_out(story: str) -> None:
    for key in ("a", "b", "c"):
        actions.schedule(said("Un", key), minute(30), who="ines", now=minute(1))
    waiting = store.scheduled()
    actions.unschedule(SLUG, "a", who="ines", now=minute(2))
    actions.draft(said("Deux", "b"), who="ines", now=minute(2))
    actions.schedule(said("Un", "c"), minute(50), who="ines", now=minute(2))
    assert tick(waiting, minute(40)) == ()
    models.Story.objects.update(closed=True)
    assert store.scheduled() == ()


def test_an_hour_must_be_to_come(story: str) -> None:
    with pytest.raises(PastHourError):
        actions.schedule(said("Un"), minute(1), who="ines", now=minute(1))
    assert store.standing(SLUG) == ()


def test_nothing_goes_out_before_its_embargo_ends(story: str) -> None:
    held = said("Un", not_before=minute(40))
    with pytest.raises(EmbargoError) as refused:
        actions.publish(held, who="ines", now=minute(39))
    assert refused.value.until == minute(40)
    with pytest.raises(EmbargoError):
        actions.schedule(held, minute(30), who="ines", now=minute(1))
    actions.schedule(held, minute(40), who="ines", now=minute(1))
    assert len(tick(store.scheduled(), minute(40))) == 1
    with pytest.raises(EmbargoError):
        again = said("Deux", not_before=minute(50))
        actions.correct(again, note={"fr": "Faux."}, who="ines", now=minute(41))


def test_a_published_entry_is_revised_as_a_draft_while_it_stands(story: str) -> None:
    actions.publish(said("Un"), who="ines", now=minute(1))
    actions.draft(said("Deux"), who="noor", now=minute(2))
    assert stands().entry.texts["fr"].headline == "Deux"
    (shown,) = store.story(SLUG, now=minute(3)).entries
    assert shown.texts["fr"].headline == "Un"
    actions.pin(SLUG, "x1", pinned=True, who="ines", now=minute(3))
    assert (stands().stage, stands().entry.texts["fr"].headline) == ("draft", "Deux")
    actions.publish(stands().entry, who="ines", now=minute(4))
    public = store.published(SLUG, "x1")
    assert public
    assert (public.texts["fr"].headline, public.pinned, public.version) == ("Deux", True, 3)


def test_a_discarded_draft_is_kept_and_comes_back(story: str) -> None:
    actions.publish(said("Un"), who="ines", now=minute(1))
    actions.draft(said("Deux"), who="noor", now=minute(2))
    actions.discard(SLUG, "x1", who="noor", now=minute(3))
    assert (stands().stage, stands().entry.texts["fr"].headline) == ("out", "Un")
    kept, _ = store.history(SLUG, "x1")
    assert [one.record.texts["fr"].headline for one in kept] == ["Un", "Deux"]
    actions.restore(SLUG, "x1", kept[1].row, who="ines", now=minute(4))
    assert (stands().stage, stands().entry.texts["fr"].headline) == ("draft", "Deux")
    with pytest.raises(actions.NoSuchEntryError):
        actions.restore(SLUG, "x1", 10**9, who="ines", now=minute(5))


def test_the_desks_own_words_wait_beside_those_that_an_editor_has_in_hand(story: str) -> None:
    actions.submit(said("Un"), who="noor", now=minute(1))
    actions.draft(said("De la machine"), who="", now=minute(2))
    assert (stands().stage, stands().entry.texts["fr"].headline) == ("submitted", "Un")
    assert stands().newer
    actions.draft(said("De la machine", "y1"), who="", now=minute(2))
    actions.draft(said("Encore", "y1"), who="", now=minute(3))
    assert (stands("y1").entry.texts["fr"].headline, stands("y1").newer) == ("Encore", False)


def test_the_entry_pinned_last_stands_first(story: str) -> None:
    for key in ("a", "b", "c"):
        actions.publish(said(key, key), who="ines", now=minute(1))
        actions.pin(SLUG, key, pinned=True, who="ines", now=minute(2))
    actions.pin(SLUG, "a", pinned=True, who="ines", now=minute(3))
    pinned = sorted(store.story(SLUG, now=minute(4)).entries, key=lambda e: e.rank)
    assert [e.id for e in pinned] == ["a", "c", "b"]


def test_nothing_that_was_kept_is_ever_changed(story: str) -> None:
    first = {"fr": EntryText(headline="Un")}
    actions.submit(entry(texts=first), who="noor", now=minute(1))
    actions.approve(said("Deux"), who="vera", now=minute(2))
    actions.schedule(said("Trois"), minute(9), who="ines", now=minute(3))
    actions.publish(said("Quatre"), who="ines", now=minute(4))
    headlines = [version.texts["fr"].headline for version in versions("x1")]
    assert headlines == ["Un", "Deux", "Trois", "Quatre"]
    counts = store.waiting_counts(SLUG)
    assert set(counts.values()) == {0}


def test_ones_own_words_are_approved_by_who_may_publish_them_alone() -> None:
    at = Situation("submitted", None, "vera")
    assert right_for("approve", at, "vera") == "publish"
    assert right_for("approve", at, "ines") == right_for("approve", at) == "verify"
    assert "approve" not in offered(RIGHTS["verifier"], at, "vera")
    assert "approve" in offered(RIGHTS["editor"], at, "vera")
    assert right_for("approve", Situation("draft", None, "vera"), "vera") is None

"""Entries pinned and unpinned by program, by the rules of the composer's buttons."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from sourcier.desk import actions, models, store
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute
from tests.desk.test_programs import (  # noqa: F401 - fixtures
    ENTRIES,
    TITLE,
    Caller,
    caller,
    etag,
    filled,
    ines,
    member,
    problem,
    robot,
    stage,
    token,
)


def pinned() -> list[str]:
    """Return the ids of the pinned entries in the order in which readers see them."""
    public = (one.published for one in store.standing(SLUG))
    found = sorted((one.rank, one.id) for one in public if one and one.pinned)
    return [key for _, key in found]


def test_an_entry_is_pinned_before_all_others_and_unpinned(robot: Caller) -> None:  # noqa: F811
    actions.publish(entry("x2"), who="ines", now=minute(4))
    for key in ("x1", "x2"):
        done = robot("POST", f"{ENTRIES}/{key}/pin", {}, If_Match=etag(robot, key))
        assert done.json()["published"]["pinned"] is True
    assert pinned() == ["x2", "x1"]
    robot("POST", f"{ENTRIES}/x1/pin", {}, If_Match="*")
    assert pinned() == ["x1", "x2"]
    last = robot("POST", f"{ENTRIES}/x1/unpin", {}, If_Match=etag(robot))
    assert last.json()["published"]["pinned"] is False
    assert pinned() == ["x2"]
    again = robot("POST", f"{ENTRIES}/x1/unpin", {}, If_Match=last["ETag"])
    assert problem(again) == (409, "not_pinned")
    told = models.Audit.objects.filter(entry="x1").order_by("pk")
    assert [line.detail.get("call", line.action) for line in told] == [
        "publish", "pin", "pin", "pin", "pin", "unpin", "unpin",
    ]  # fmt: skip


def test_words_that_wait_go_on_waiting(robot: Caller) -> None:  # noqa: F811
    edited = robot("POST", f"{ENTRIES}/x1/submit", TITLE, If_Match="*")
    done = robot("POST", f"{ENTRIES}/x1/pin", {}, If_Match=edited["ETag"])
    assert done.json()["published"]["pinned"] is True
    assert done.json()["entry"]["texts"]["fr"]["headline"] == "Un titre"
    assert stage("x1") == "submitted"


@pytest.mark.parametrize("call", ["pin", "unpin"])
def test_what_readers_do_not_have_has_no_place_at_the_top(robot: Caller, call: str) -> None:  # noqa: F811
    key = robot("POST", ENTRIES, TITLE).json()["entry"]["id"]
    draft = robot("POST", f"{ENTRIES}/{key}/{call}", {}, If_Match="*")
    assert problem(draft) == (409, "not_published")
    assert problem(robot("POST", f"{ENTRIES}/none/{call}", {}, If_Match="*")) == (404, "no_entry")
    actions.retract(SLUG, "x1", note={"fr": "Faux"}, who="ines", now=minute(5))
    assert problem(robot("POST", f"{ENTRIES}/x1/{call}", {}, If_Match="*")) == (409, "retracted")


@pytest.mark.parametrize("call", ["pin", "unpin"])
def test_nobody_else_pins(ines: User, call: str) -> None:  # noqa: F811
    at = f"{ENTRIES}/x1/{call}"
    verifier, writes = member("vera", "verifier"), caller(token(ines, "read", "write"))
    assert problem(verifier("POST", at, {}, If_Match="*")) == (403, "missing_right")
    assert problem(writes("POST", at, {}, If_Match="*")) == (403, "missing_scope")
    robot = caller(token(ines))  # noqa: F811
    assert problem(robot("POST", at, {})) == (428, "say_what_you_saw")
    assert problem(robot("POST", at, {}, If_Match='"x"')) == (409, "changed")
    assert problem(robot("POST", at, {"rank": 1}, If_Match="*")) == (400, "bad_parameter")
    actions.freeze(SLUG, who="ines", now=minute(60))
    assert problem(robot("POST", at, {}, If_Match="*")) == (409, "frozen")


def test_a_repeated_pin_is_done_once(robot: Caller) -> None:  # noqa: F811
    calls = [
        robot("POST", f"{ENTRIES}/x1/pin", {}, If_Match="*", Idempotency_Key="k") for _ in "12"
    ]
    assert [call.status_code for call in calls] == [200, 200]
    assert calls[1]["Idempotency-Replayed"] == "true"
    assert models.Audit.objects.filter(entry="x1", action="pin").count() == 1

"""What nobody came back to for 30 days is forgotten, a part at a time; what was kept on purpose stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from sourcier.desk import actions, models, store
from sourcier.desk.store import pruning
from sourcier.run.tidying import Tidying
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute

NOW = minute(0) + timedelta(days=100)
THEN = NOW - pruning.KEPT


def left_behind(user: User, name: str, at: datetime) -> None:
    """Leave a copy, a tab, a lock and a session, last used `at`."""
    store.keep_copy(SLUG, user, name, {"text-fr": ["Titre"]}, now=at)
    seen = {"story_id": SLUG, "user": user, "seen": at}
    models.Presence.objects.create(tab=name, **seen)
    models.Lock.objects.create(entry=name, since=at, **seen)
    over = at + timedelta(days=400)
    Session.objects.create(session_key=name, session_data="", expire_date=over)
    UserSession.objects.create(user=user, ip="::1", last_seen_at=at, session_key=name)


def left() -> dict[str, list[str]]:
    return {
        "copies": sorted(models.WorkingCopy.objects.values_list("key", flat=True)),
        "tabs": sorted(models.Presence.objects.values_list("tab", flat=True)),
        "locks": sorted(models.Lock.objects.values_list("entry", flat=True)),
        "sessions": sorted(Session.objects.values_list("session_key", flat=True)),
        "devices": sorted(UserSession.objects.values_list("session_key", flat=True)),
    }


@pytest.fixture
def ines(story: str) -> User:
    store.save_user("ines", "un mot de passe", "editor")
    return User.objects.get(username="ines")


def test_what_is_older_than_30_days_goes_and_the_rest_stays(ines: User) -> None:
    actions.draft(entry("x1"), who="ines", now=minute(0))
    left_behind(ines, "old", THEN - timedelta(seconds=1))
    left_behind(ines, "new", THEN)
    Session.objects.create(session_key="over", session_data="", expire_date=NOW - timedelta(days=1))
    assert store.prune(NOW) == 5
    assert set(map(tuple, left().values())) == {("new",)}
    assert store.prune(NOW) == 0
    assert store.standing(SLUG, keys=["x1"])
    assert models.Audit.objects.filter(entry="x1").exists()


def test_a_session_in_use_goes_on(editor: Client, story: str) -> None:
    assert editor.get(f"/desk/{SLUG}/").status_code == 200
    store.prune(minute(0))
    assert editor.get(f"/desk/{SLUG}/").status_code == 200


def test_many_go_in_parts_with_as_many_queries(
    ines: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 4)
    for n in range(9):
        left_behind(ines, f"old{n}", THEN - timedelta(days=n + 1))
    gone = []
    for _ in range(4):
        with django_assert_max_num_queries(14):
            gone.append(store.prune(NOW))
    assert gone == [16, 16, 4, 0]


def test_the_thread_prunes_until_nothing_is_left_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = iter((3, 2, 0))
    asked: list[datetime] = []

    def prune(now: datetime) -> int:
        asked.append(now)
        number = next(rounds)
        if not number:
            thread.stop()
        return number

    thread = Tidying(lambda: NOW)
    monkeypatch.setattr("sourcier.run.tidying.PAUSE", 0.01)
    monkeypatch.setattr("sourcier.run.tidying.close_old_connections", lambda: None)
    monkeypatch.setattr(store, "prune", prune)
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert asked == [NOW, NOW, NOW]

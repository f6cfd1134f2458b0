"""Working together: who is there, locks, working copies, two versions put together."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sourcier.desk import actions, clock, models, store
from sourcier.types import EntryText
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute

DESK = f"/desk/{SLUG}/"
NOW = minute(60)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real", lambda: NOW)


@pytest.fixture
def written(story: str, real: None) -> str:
    actions.publish(entry("x1", "Deux morts", "Bilan provisoire."), who="oleh", now=minute(2))
    return "x1"


@pytest.fixture
def oleh(story: str) -> Client:
    store.save_user("oleh", "un mot de passe", "editor")
    User.objects.filter(username="oleh").update(first_name="Oleh", last_name="Koval")
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(User.objects.get(username="oleh"))
    return client


def named(name: str) -> User:
    return User.objects.get(username=name)


def here(client: Client, tab: str = "aaaaaaaa", **more: str) -> Any:
    return client.post(f"{DESK}here", {"tab": tab, "entry": "x1", "event": "", **more})


def keep(client: Client, text: str, **more: str) -> Any:
    sent = {"entry": "x1", "event": "", "seen": seen(), "text-fr": text, "text-en": "A headline"}
    return client.post(f"{DESK}keep", {**sent, "kind": "text", **more})


def seen() -> str:
    found = store.newest(SLUG, "x1")
    assert found
    return f"{found[0].version}/{found[0].updated.isoformat()}"


def publish(client: Client, text: str, **more: str) -> Any:
    sent = {"entry": "x1", "event": "", "seen": seen(), "text-fr": text, "text-en": "A headline"}
    return client.post(f"{DESK}act", {**sent, "kind": "text", "do": "publish", **more})


def test_who_is_on_an_entry_is_told_by_name(editor: Client, oleh: Client, written: str) -> None:
    here(editor)
    told = here(oleh, "bbbbbbbb").json()
    assert "ines" in told["said"]
    again = here(editor).json()
    assert "Oleh Koval" in again["entry"]
    assert ">OK<" in again["entry"]


def test_a_tab_that_is_left_or_silent_is_gone(editor: Client, oleh: Client, written: str) -> None:
    here(editor)
    here(editor, leave="1")
    assert here(oleh, "bbbbbbbb").json()["said"] == ""
    later = NOW + store.together.GONE + timedelta(seconds=1)
    assert store.people_here(SLUG, now=later) == ()


@pytest.mark.parametrize("tab", ["", "x", "<b>onmouseover", "a" * 40])
def test_a_tab_without_a_name_is_refused(editor: Client, written: str, tab: str) -> None:
    assert here(editor, tab).status_code == 400


def test_typing_takes_the_lock_and_others_read(editor: Client, oleh: Client, written: str) -> None:
    assert keep(editor, "Trois morts").json()["lock"] == "mine"
    assert here(oleh).json()["lock"] == "theirs"
    page = oleh.get(f"{DESK}?entry=x1").text
    assert 'rows="5" readonly' in page
    assert "ines écrit sur cette entrée" in page.replace("\u00a0", " ")
    refused = publish(oleh, "Quatre morts")
    assert refused.status_code == 422
    assert "Quatre morts" in refused.text


def test_a_lock_lapses_or_ends_when_its_owner_leaves(
    editor: Client, oleh: Client, written: str
) -> None:
    keep(editor, "Trois morts")
    assert store.lock_of(SLUG, "x1", now=NOW + timedelta(seconds=119))
    assert store.lock_of(SLUG, "x1", now=NOW + timedelta(seconds=121)) is None
    here(editor, hold="1")
    here(editor, leave="1")
    assert here(oleh).json()["lock"] == "free"


def test_who_takes_over_is_in_the_audit_and_nothing_typed_is_lost(
    editor: Client, oleh: Client, written: str
) -> None:
    keep(editor, "Trois morts")
    answer = oleh.post(f"{DESK}lock", {"entry": "x1", "event": ""})
    assert answer.status_code == 302
    line = models.Audit.objects.get(action="take_over")
    assert (line.who, line.entry, line.detail) == ("oleh", "x1", {"from": "ines"})
    assert keep(editor, "Trois morts, ou quatre").json()["lock"] == "theirs"
    assert publish(oleh, "Cinq morts").status_code == 302
    assert "Trois morts, ou quatre" in editor.get(f"{DESK}?entry=x1").text


def test_what_was_typed_comes_back_until_it_is_sent_or_discarded(
    editor: Client, written: str
) -> None:
    assert keep(editor, "Trois morts").json()["kept"]
    assert "Trois morts</textarea>" in editor.get(f"{DESK}?entry=x1").text
    editor.post(f"{DESK}discard", {"entry": "x1", "event": ""})
    assert "Trois morts" not in editor.get(f"{DESK}?entry=x1").text
    keep(editor, "Trois morts")
    publish(editor, "Trois morts")
    assert not models.WorkingCopy.objects.exists()
    assert store.lock_of(SLUG, "x1", now=NOW) is None


def test_a_working_copy_is_ones_own(editor: Client, oleh: Client, written: str) -> None:
    keep(editor, "Trois morts")
    assert "Trois morts" not in oleh.get(f"{DESK}?entry=x1").text


def test_a_working_copy_has_a_limit(editor: Client, written: str) -> None:
    assert keep(editor, "é" * 500_000).status_code == 413


@pytest.mark.parametrize("path", ["keep", "lock", "here", "discard"])
@pytest.mark.parametrize("key", ["none", "x" * 40])
def test_nothing_is_kept_for_an_entry_that_is_not_there(
    editor: Client, written: str, path: str, key: str
) -> None:
    sent = {"entry": key, "tab": "aaaaaaaa", "text-fr": "x"}
    assert editor.post(f"{DESK}{path}", sent).status_code == 404


def test_changes_that_do_not_touch_are_put_together(
    editor: Client, oleh: Client, written: str
) -> None:
    began = seen()
    publish(oleh, "Trois morts\n\nBilan provisoire.")
    late = publish(editor, "Deux morts\n\nBilan encore provisoire.", seen=began)
    assert late.status_code == 409
    assert "Trois morts\n\nBilan encore provisoire.</textarea>" in late.text
    assert "Oleh Koval" in late.text
    assert publish(editor, "Trois morts\n\nBilan encore provisoire.").status_code == 302


def test_what_both_changed_is_chosen_without_script(
    editor: Client, oleh: Client, written: str
) -> None:
    began = seen()
    publish(oleh, "Trois morts\n\nBilan provisoire.")
    late = publish(editor, "Quatre morts\n\nBilan provisoire.", seen=began)
    assert re.search(r'name="pick-fr-0" value="mine" checked', late.text)
    hidden = dict(
        re.findall(r'type="hidden" name="((?:base|mine|was|seen)[^"]*)" value="([^"]*)"', late.text)
    )
    sent = {
        **hidden,
        "entry": "x1",
        "event": "",
        "text-fr": "Quatre morts, hélas\n\nBilan provisoire.",
    }
    chosen = editor.post(f"{DESK}merge", {**sent, "pick-fr-0": "theirs"})
    assert chosen.status_code == 200
    assert "morts, hélas" in chosen.text
    script = editor.post(
        f"{DESK}merge", {**sent, "text-fr": sent["mine-fr"], "pick-fr-0": "theirs"},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert script.json()["texts"]["fr"] == "Trois morts\n\nBilan provisoire."
    assert store.published(SLUG, "x1").texts["fr"] == EntryText(  # type: ignore[union-attr]
        headline="Trois morts", body="Bilan provisoire."
    )


def test_who_takes_a_lock_over_keeps_it_when_the_page_goes(
    editor: Client, oleh: Client, written: str
) -> None:
    """A browser reports the tab that it leaves after the server has taken the lock over for it."""
    here(editor)
    here(editor, hold="1")
    here(editor, leave="unlocked")
    assert here(oleh).json()["lock"] == "theirs"


@pytest.mark.slow
@pytest.mark.parametrize(
    "began", ["", "nonsense", "1/2", "9/2020-01-01T00:00:00+00:00", "1/" + "9" * 99]
)
def test_a_stamp_of_nonsense_leaves_all_to_be_chosen(
    editor: Client, written: str, began: str
) -> None:
    late = publish(editor, "Quatre morts", seen=began)
    assert late.status_code == 409
    assert "Quatre morts" in late.text


def test_a_program_beside_django_knows_whose_session_it_is(editor: Client) -> None:
    found = store.user_of(editor.cookies["sessionid"].value)
    assert found
    assert found.username == "ines"
    assert store.user_of("none") is None

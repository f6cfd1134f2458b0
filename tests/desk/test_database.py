"""What databases differ in: PostgreSQL keeps no U+0000 and no order of keys, and lets all write at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import actions, clock, models, setup, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.people.tokens import SCOPES
from sourcier.problems import InputError
from sourcier.types import EntryText
from tests.desk.conftest import SLUG, entry, versions
from tests.desk.make import START, batch, capture, event, minute

WITHOUT_DRIVER = """
import sys
sys.modules |= {"psycopg": None, "psycopg2": None}
from sourcier.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("body", "kept"),
    [("a\0b\0\0", "a\N{REPLACEMENT CHARACTER}b" + 2 * "\N{REPLACEMENT CHARACTER}"),
     ("a\\u0000b\\", "a\\u0000b\\"), ("\\\0", "\\\N{REPLACEMENT CHARACTER}")],
)  # fmt: skip
def test_a_text_is_kept_at_its_length(story: str, body: str, kept: str) -> None:
    actions.publish(entry(body=body), who="ines", now=minute(1))
    assert versions("x1")[0].texts["fr"] == EntryText(headline="Un titre", body=kept)


@pytest.mark.parametrize("address", [f"/{SLUG}/e/a%00", f"/{SLUG}/?q=%00", "/%00/", "/api/%00"])
def test_an_address_with_nul_is_refused(story: str, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_form_with_nul_is_refused(editor: Client) -> None:
    assert editor.post(f"/desk/{SLUG}/act", {"do": "publish", "text-fr": "a\0"}).status_code == 400


def test_what_did_not_change_adds_no_row(story: str) -> None:
    told = event(stances={"zebra": ("a",), "b": ("c",), "antelope": ()})
    store.save_captures(story, [capture("wire", "Texte")])
    for n in (1, 2):
        store.save_woven(story, batch(events=[told]), minute(n))
    assert models.EventSnapshot.objects.count() == 1


def _several(work: object) -> None:
    def alone(n: int) -> None:
        try:
            work(n)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(alone, range(16)))


@pytest.fixture
def _at_once(transactional_db: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory: one connection alone reaches it")
    store.open_story(SLUG, {"fr": "Ponts"}, zone="Europe/Paris", languages=("fr",), now=START)


@pytest.mark.usefixtures("_at_once")
def test_writers_at_once_take_turns() -> None:
    _several(lambda n: actions.publish(entry(f"x{n}"), who="ines", now=minute(n)))
    rows = models.EntryVersion.objects.order_by("pk").values_list("sequence", flat=True)
    assert list(rows) == list(range(1, 17))


@pytest.mark.usefixtures("_at_once")
def test_nobody_overwrites_what_another_just_wrote() -> None:
    actions.publish(entry(), who="ines", now=minute(1))

    def work(n: int) -> None:
        if n % 2:
            actions.pin(SLUG, "x1", pinned=True, who="oleh", now=minute(n))
        else:
            actions.publish(entry(headline=f"Titre {n}"), who="ines", now=minute(n))

    _several(work)
    rows = models.EntryVersion.objects.filter(entry="x1").order_by("pk")
    kept = list(rows.values_list("record", "by"))
    assert [version.version for version, _ in kept] == list(range(1, 18))
    for (before, _), (after, by) in pairwise(kept):
        assert after.texts == before.texts or by == "ines"  # who pins writes no words
        assert after.pinned or not before.pinned  # who writes unpins nothing


@pytest.mark.usefixtures("_at_once")
def test_of_programs_that_change_a_card_at_once_one_does() -> None:
    store.save_user("ines", "un mot de passe", "editor")
    card = Card(id="", version=0, names=("Sapsan",), texts=entry().texts, at=START)
    key = actions.add_card(card, who="ines", now=START).id
    user, lasts = User.objects.get(username="ines"), timedelta(days=1)
    text = actions.make_token(user, "robot", SCOPES, "", lasts=lasts, now=clock.now())
    shown = {"Authorization": f"Bearer {text}", "If-Match": '"1"'}
    answers = []

    def work(n: int) -> None:
        sent = {"names": [f"Sapsan-{n}"]}
        at = f"/api/desk/cards/{key}"
        answers.append(Client().put(at, sent, content_type="application/json", headers=shown))

    _several(work)
    assert sorted(answer.status_code for answer in answers) == [200] + 15 * [409]
    assert {answer["ETag"] for answer in answers} == {'"2"'}
    assert len(store.card_versions(key)) == 2


@pytest.mark.usefixtures("_at_once")
def test_of_forms_sent_at_once_one_is_published() -> None:
    actions.publish(entry(), who="ines", now=minute(1))
    store.save_user("ines", "un mot de passe", "editor")
    user = User.objects.get(username="ines")
    sent = {"do": "publish", "entry": "x1", "kind": "text", "seen": f"1/{minute(1).isoformat()}"}
    clients = [Client() for _ in range(16)]
    for client in clients:
        client.force_login(user)
    answers: list[int] = []

    def work(n: int) -> None:
        form = sent | {"text-fr": f"Titre {n}"}
        answers.append(clients[n].post(f"/desk/{SLUG}/act", form).status_code)

    _several(work)
    assert sorted(answers) == [302, *[409] * 15]
    assert [version.version for version in versions("x1")] == [1, 2]


def _export(url: str, folder: Path, *start: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(start or ("-m", "sourcier")), "export", "out", "--data", "."]
    environment = {**os.environ, "SOURCIER_DATABASE": url}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env=environment, check=False,
        timeout=60,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "start", "said"),
    [
        ("postgres://nobody@127.0.0.1:1/none", (), "connection"),
        ("cuneiform://clay/tablets", (), "no database's address"),
        ("postgres://nobody@127.0.0.1:1/none", ("-c", WITHOUT_DRIVER), "sourcier[postgres]"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(
    tmp_path: Path, url: str, start: tuple[str, ...], said: str
) -> None:
    done = _export(url, tmp_path, *start)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("sourcier: SOURCIER_DATABASE: ")
    assert said in done.stderr


def test_the_demonstration_empties_no_real_desk(story: str) -> None:
    with pytest.raises(InputError, match="no demonstration"):
        setup.empty()
    models.Story.objects.update(demo=True)
    setup.empty()
    assert store.stories() == ()


def test_a_version_written_back_is_the_same(story: str) -> None:
    (kept,) = actions.publish(entry(note={"fr": "é", "en": "i"}), who="ines", now=minute(1))
    assert replace(versions("x1")[0], note=kept.note) == kept

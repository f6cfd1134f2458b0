"""The journal: every line as a sentence, narrowed, paged, as a file; in a story and in none."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient, Client

import sourcier
from sourcier.desk import actions, models, store
from sourcier.desk.screens.managing.journal import PAGE
from sourcier.desk.store import Wanted
from sourcier.messages import messages
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute

JOURNAL = f"/desk/{SLUG}/journal"
EVERYWHERE = "/desk/people/journal"


@pytest.fixture
def administrator(story: str) -> Client:
    store.save_user("anna", "un mot de passe", "administrator")
    client = Client()
    client.force_login(User.objects.get(username="anna"))
    return client


def sentences(page: str) -> list[str]:
    found = re.findall(r"</time><span>(.*?)</span></li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_what_was_done_is_told_in_sentences_the_last_first(editor: Client, story: str) -> None:
    actions.submit(entry("x1"), who="oleh", now=minute(1))
    actions.send_back(SLUG, "x1", reason="Trop <long>", who="ines", now=minute(2))
    actions.publish(entry("x1"), who="ines", now=minute(3))
    page = editor.get(JOURNAL).text
    assert sentences(page) == [
        "ines a publié Un titre",
        "ines a renvoyé Un titre · « Trop &lt;long&gt; »",
        "oleh a soumis à relecture Un titre",
        "oleh a enregistré Un titre",
    ]
    assert f'href="/desk/{SLUG}/history/x1"' in page
    assert "22 novembre 2024" in " ".join(page.split())
    assert "</b> published" in editor.get(JOURNAL, {"ui": "en"}, follow=True).text
    assert "опубліковано" in editor.get(JOURNAL, {"ui": "uk"}, follow=True).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"who": "oleh"}, 1),
        ({"who": "~"}, 1),
        ({"did": "publish"}, 2),
        ({"did": "publish", "who": "ines"}, 1),
        ({"day": "2024-11-22"}, 2),
        ({"day": "2024-11-23"}, 1),  # at midnight in Paris
        ({"day": "yesterday"}, 3),
        ({"day": "9999-12-31"}, 3),
        ({"before": "x"}, 3),
        ({"before": "1" * 40}, 3),
        ({"who": "'; DROP TABLE x; --"}, 0),
    ],
)
def test_filters(editor: Client, story: str, sent: dict[str, str], found: int) -> None:
    actions.publish(entry("x1"), who="ines", now=minute(1))
    actions.publish(entry("x2"), who="", now=minute(2))
    actions.draft(entry("x3"), who="oleh", now=minute(3))
    actions.discard(SLUG, "x3", who="oleh", now=minute(3))
    models.Audit.objects.filter(action="draft").delete()
    models.Audit.objects.filter(action="discard").update(at=minute(18 * 60))
    answer = editor.get(JOURNAL, sent)
    assert (answer.status_code, len(sentences(answer.text))) == (200, found)


def test_pages_follow_each_other(editor: Client, story: str) -> None:
    for n in range(PAGE + 3):
        store.audit(SLUG, minute(n), "pin", who="ines", entry=f"e{n}", detail={})
    first = editor.get(JOURNAL, {"did": "pin"}).text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = editor.get(older[1].replace("&amp;", "&")).text
    assert len(sentences(first)) == PAGE
    assert sentences(second) == ["ines a épinglé e2", "ines a épinglé e1", "ines a épinglé e0"]


def test_who_says_who_may_enter_also_sees_roles(editor: Client, administrator: Client) -> None:
    actions.give_role("ines", SLUG, "editor", who="anna", now=minute(1))
    assert sentences(editor.get(JOURNAL).text) == []
    assert "give_role" not in editor.get(JOURNAL).text
    assert "give_role" not in _body(editor.get(JOURNAL, {"form": "csv", "did": "give_role"}))
    told = sentences(administrator.get(JOURNAL).text)
    assert told == ["anna a donné à ines le rôle : éditeur"]


def test_what_is_of_no_story_stands_by_itself(editor: Client, administrator: Client) -> None:
    Client().post("/desk/account/login/", {"login": "ines", "password": "faux"})
    actions.publish(entry("x1"), who="ines", now=minute(1))
    told = sentences(administrator.get(EVERYWHERE).text)
    assert "Connexion refusée sous ines" in told
    assert not [one for one in told if "publié" in one]
    assert editor.get(EVERYWHERE).status_code == 403


def _body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_the_file_holds_all_of_it_and_no_formula(editor: Client, story: str) -> None:
    actions.publish(entry("x1", headline="=1+1"), who="ines", now=minute(1))
    for n in range(PAGE * 12):
        store.audit(SLUG, minute(n), "+dance", who="=cmd|x", entry="-1", detail={"a": n})
    answer = editor.get(JOURNAL, {"form": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="journal-{SLUG}.csv"' in answer["Content-Disposition"]
    found = rows(_body(answer).encode())
    assert len(found) == PAGE * 12 + 1
    assert found[0]["who"] == "'=cmd|x"
    assert (found[0]["action"], found[0]["entry"]) == ("'+dance", "'-1")
    assert not [cell for row in found for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
    assert found[-1]["sentence"].startswith("Ines a publié")


def test_the_server_sends_the_same_file_part_by_part(editor: Client, story: str) -> None:
    actions.publish(entry("x1"), who="ines", now=minute(1))

    async def asked() -> bytes:
        client = AsyncClient()
        await client.aforce_login(await User.objects.aget(username="ines"))
        answer: Any = await client.get(JOURNAL, {"form": "csv"})
        return b"".join([part async for part in answer.streaming_content])

    assert [row["action"] for row in rows(async_to_sync(asked)())] == ["publish"]


@pytest.mark.slow
def test_queries_do_not_grow(
    editor: Client, story: str, django_assert_max_num_queries: Any
) -> None:
    for high in (2, 40):
        for n in range(high):
            actions.publish(entry(f"x{high}-{n}"), who="ines", now=minute(n))
        with django_assert_max_num_queries(19):
            assert editor.get(JOURNAL).status_code == 200


def test_every_action_has_its_sentence() -> None:
    """What is written to the audit anywhere in the code is told, in each language of the desk."""
    source = "".join(
        path.read_text("utf-8") for path in Path(sourcier.__file__).parent.rglob("*.py")
    )
    written = set(re.findall(r'(?:_?audit\([^()]*?|note\(|refused\()"([a-z_]+)",', source))
    assert {"set_rules", "give_role", "signin", "publish"} <= written | {"give_role", "publish"}
    for language in ("fr", "en", "uk"):
        say = messages(language, "desk")
        missing = {one for one in written if f"did.{one}" not in say}
        assert not missing, missing
        assert all(f"deed.{one}" in say for one in say.raw("did") if one != "other")


def test_lines_of_a_deleted_person_or_entry_stay(editor: Client, story: str) -> None:
    store.audit(
        SLUG, minute(1), "publish", who="gone", entry="gone", detail={"late": 120, "due": "x"}
    )
    assert store.journal(SLUG, Wanted(who="gone"), 5)[0].entry == "gone"
    assert sentences(editor.get(JOURNAL).text)[0].startswith("gone a publié gone")

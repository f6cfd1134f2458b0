"""Stories: opened, set, frozen, archived, reopened."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from django.test import Client

from sourcier.desk import actions, models, store
from sourcier.desk.actions import FrozenStoryError, StoryExistsError
from sourcier.desk.store import Settings
from sourcier.run.engine import Engine
from sourcier.types import Takes
from tests.desk.conftest import SLUG, _signed_in, entry, versions
from tests.desk.make import capture, minute

FLOOD = Settings("crue", {"fr": "Crue"}, "Europe/Paris", ("fr",), Takes(words=("Soumy",)))
SENT = {"do": "open", "slug": "crue", "title-fr": "Crue", "first": "fr", "zone": "Europe/Paris"}


@pytest.fixture
def boss(story: str) -> Client:
    return _signed_in(Client(), "anna", "administrator")


def audited() -> list[tuple[str, str]]:
    return list(models.Audit.objects.order_by("pk").values_list("action", "who"))


def test_a_story_is_opened_and_set(story: str) -> None:
    actions.open_story(FLOOD, who="anna", now=minute(1))
    assert store.story_settings("crue") == FLOOD
    with pytest.raises(StoryExistsError):
        actions.open_story(FLOOD, who="anna", now=minute(2))
    wanted = replace(FLOOD, titles={"en": "Flood", "fr": "Crue"}, languages=("en", "fr"))
    actions.set_story("crue", wanted, who="anna", now=minute(3))
    actions.set_story("crue", wanted, who="anna", now=minute(4))
    assert store.story_settings("crue") == wanted
    assert audited() == [("open_story", "anna"), ("set_story", "anna")]


def test_a_frozen_story_takes_no_entry_and_no_dispatch_until_it_is_reopened(story: str) -> None:
    (first,) = actions.publish(entry(), who="ines", now=minute(1))
    actions.freeze(SLUG, who="anna", now=minute(2))
    attempts = (
        lambda: actions.publish(entry("x2"), who="ines", now=minute(3)),
        lambda: actions.draft(entry(), who="ines", now=minute(3)),
        lambda: actions.retract(SLUG, "x1", note={"fr": "Faux"}, who="ines", now=minute(3)),
        lambda: actions.freeze(SLUG, who="anna", now=minute(3)),
    )
    for attempt in attempts:
        with pytest.raises(FrozenStoryError):
            attempt()
    taken = Engine().take(SLUG, [capture("wire", "Deux morts à Soumy.")], minute(3))
    assert (taken.captures, models.Capture.objects.count()) == (0, 0)
    assert versions("x1") == [first]
    actions.reopen(SLUG, who="anna", now=minute(4))
    actions.reopen(SLUG, who="anna", now=minute(5))
    (second,) = actions.publish(entry("x2"), who="ines", now=minute(6))
    assert (first.sequence, second.sequence) == (1, 2)
    assert [action for action, _ in audited()] == ["publish", "freeze", "reopen", "publish"]


def test_the_page_says_since_when_it_is_frozen_and_asks_no_more(story: str) -> None:
    actions.publish(entry(), who="ines", now=minute(1))
    actions.freeze(SLUG, who="anna", now=minute(2))
    html = Client().get(f"/{SLUG}/").content.decode()
    assert "Direct terminé <time" in html
    assert "/live?l=" not in html
    assert Client().get(f"/{SLUG}/live.json").json()["poll"] == 0


@pytest.mark.slow
def test_the_archive_holds_every_entry_and_proves_each_file(boss: Client) -> None:
    for n in range(50):
        actions.publish(entry(f"x{n}", f"Titre {n}"), who="ines", now=minute(1))
    actions.freeze(SLUG, who="anna", now=minute(2))
    response = boss.get(f"/desk/{SLUG}/archive.zip")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SLUG}.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        files = {name.removeprefix(f"{SLUG}/"): archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["sha256"] == {name: sha256(data).hexdigest() for name, data in files.items()}
    assert manifest["frozen"] == "2024-11-22T05:02:00+00:00"
    index = files["index.html"].decode()
    assert all(f">Titre {n}</a></h3>" in index for n in range(50))
    assert {"evidence.json", "claims.jsonl", "data/claims.csv", "data/datapackage.json"} <= set(
        files
    )


def test_the_forms_open_set_freeze_and_reopen(boss: Client) -> None:
    assert boss.post("/desk/stories", SENT | {"words": "Soumy\n\n Soumy \n"}).status_code == 302
    assert store.story_settings("crue") == FLOOD
    address = "/desk/crue/story"
    sent = SENT | {"do": "set", "title-en": "Flood", "words": "inond*"}
    assert boss.post(address, sent).status_code == 302
    assert store.story_settings("crue").languages == ("fr", "en")
    refused = boss.post(address, {"do": "freeze"})
    assert refused.status_code == 422
    assert not store.is_frozen("crue")
    assert boss.post(address, {"do": "freeze", "sure": "1"}).status_code == 302
    assert store.is_frozen("crue")
    assert "Rouvrir" in boss.get(f"{address}?done=freeze&ui=fr").content.decode()
    assert boss.post(address, sent).status_code == 409
    assert boss.post(address, {"do": "reopen"}).status_code == 302
    assert not store.is_frozen("crue")


@pytest.mark.parametrize(
    "sent",
    [
        {"slug": SLUG},
        {"slug": "stories"},
        *({"slug": word} for word in ("api", "desk", "oembed", "account", "assets", "people")),
        {"slug": "a b"},
        {"slug": "x" * 51},
        {"title-fr": " "},
        {"title-fr": "x" * 201},
        {"first": "de"},
        {"zone": "Mars/Olympus"},
        {"words": "x\n" + "\n".join(map(str, range(300)))},
    ],
)
def test_a_form_that_makes_no_story_says_why_and_keeps_what_was_typed(
    boss: Client, sent: dict[str, str]
) -> None:
    response = boss.post("/desk/stories?ui=en", SENT | {"title-en": "Kept words"} | sent)
    html = response.content.decode()
    assert (response.status_code, "Kept words" in html) == (422, True)
    assert 'role="alert"' in html
    assert len(store.stories()) == 1


def test_the_list_counts_what_waits(boss: Client) -> None:
    actions.draft(entry("x1"), who="", now=minute(1))
    actions.publish(entry("x2"), who="ines", now=minute(1))
    actions.draft(entry("x2"), who="", now=minute(2))
    assert store.waiting((SLUG, "none")) == {SLUG: 2, "none": 0}
    assert "2\u00a0brouillons attendent" in boss.get("/desk/stories?ui=fr").content.decode()


def test_an_editor_of_a_frozen_story_is_told_so(editor: Client) -> None:
    actions.freeze(SLUG, who="anna", now=minute(2))
    sent = {"do": "publish", "entry": "new", "text-fr": "Titre"}
    response = editor.post(f"/desk/{SLUG}/act", sent)
    assert (response.status_code, "gelé" in response.content.decode()) == (409, True)

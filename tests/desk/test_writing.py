"""A text proposed from the bound claims, and repairs of what its proof says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from sourcier.desk import models
from tests.desk.test_editing import DESK, filled  # noqa: F401 - a fixture

EVENT = f"{DESK}?event=e1&entry=new"
pytestmark = pytest.mark.usefixtures("filled")


def send(client: Client, *, script: bool = True, written: str = "", **sent: Any) -> Any:
    accept = "application/json" if script else "text/html"
    whole = {"event": "e1", "entry": "new", "kind": "text", "text-fr": written, **sent}
    return client.post(f"{DESK}rewrite", whole, headers={"Accept": accept, "Accept-Language": "fr"})


def test_a_text_is_proposed_from_the_bound_claims_in_each_language(editor: Client) -> None:
    answer = send(editor, claim=["killed"]).json()
    assert answer["texts"] == {
        "fr": "Au moins deux morts à Trois-Ponts, selon les autorités locales",
        "en": "At least two killed in Trypont, according to local authorities",
    }
    assert (answer["claims"], answer["kind"], answer["error"]) == (["killed"], "toll", "")
    assert not models.EntryVersion.objects.filter(by="ines")


def test_with_nothing_bound_the_standing_figures_are_told_and_bound(editor: Client) -> None:
    answer = send(editor).json()
    assert set(answer["claims"]) == {"killed", "injured", "twelve"}
    assert "Ces bilans se contredisent" in answer["texts"]["fr"]


def test_what_is_written_stays_before_what_is_proposed(editor: Client) -> None:
    answer = send(editor, claim=["killed"], written="Mon titre\r\n\r\nMon texte.").json()
    assert answer["texts"]["fr"].startswith("Mon titre\r\n\r\nMon texte.\n\nAu moins deux morts")
    assert answer["kind"] == "text"


def test_without_script_the_screen_comes_back_with_the_text(editor: Client) -> None:
    page = send(editor, script=False, claim=["killed"])
    assert page.status_code == 200
    assert "Au moins deux morts à Trois-Ponts, selon les autorités locales</textarea>" in page.text
    assert re.search(r'name="claim" value="killed"[^>]* checked', page.text)


def test_without_an_event_there_is_nothing_to_propose(editor: Client) -> None:
    answer = send(editor, event="")
    assert answer.json()["error"] == "Ouvrez d’abord un événement."


def test_the_proof_offers_repairs_that_work(editor: Client) -> None:
    text = "Deux morts à Trois-Ponts, selon les autorités locales"
    sent = {"event": "e1", "entry": "new", "text-fr": text, "claim": ["killed"]}
    proof = editor.post(f"{DESK}proof", sent, headers={"Accept-Language": "fr"}).text
    assert "a perdu la réserve de la source" in proof
    assert "Écrire «\u202fAu moins deux\u202f»" in proof
    repair = {"language": "fr", "at": 0, "words": "Deux", "write": "Au moins deux"}
    answer = send(editor, claim=["killed"], repair=json.dumps(repair), written=text).json()
    assert answer["texts"]["fr"].startswith("Au moins deux morts")
    sent["text-fr"] = answer["texts"]["fr"]
    mended = editor.post(f"{DESK}proof", sent, headers={"Accept-Language": "fr"}).text
    assert "Chaque chiffre" in mended


def test_a_claim_can_be_bound_by_its_number(editor: Client) -> None:
    page = editor.get(EVENT, headers={"Accept-Language": "fr"}).text
    number = int(page.split('value="injured" id="c')[1].split('"')[0])
    answer = send(editor, claim=["killed"], repair=json.dumps({"bind": number})).json()
    assert answer["claims"] == ["killed", "injured"]


def test_one_side_of_a_contradiction_is_told_or_both(editor: Client) -> None:
    page = editor.get(EVENT, headers={"Accept-Language": "fr"}).text
    both, newer, former = re.findall(r'name="tell" value="([0-9 ]+)" data-rewrite', page)
    assert both.split() == [former, newer]
    assert send(editor, tell=newer).json()["claims"] == ["twelve"]
    assert send(editor, tell=former).json()["claims"] == ["injured"]
    answer = send(editor, tell=both).json()
    assert set(answer["claims"]) == {"injured", "twelve"}
    assert "Ces bilans se contredisent" in answer["texts"]["fr"]
    assert send(editor, tell="99 x").json()["error"]


def test_words_that_are_gone_are_said_to_be(editor: Client) -> None:
    repair = {"language": "fr", "at": 0, "words": "Neuf", "write": "Deux"}
    answer = send(editor, repair=json.dumps(repair), written="Trois morts").json()
    assert answer["texts"]["fr"] == "Trois morts"
    assert "ces mots n'y sont plus" in answer["error"].replace("’", "'")


@pytest.mark.slow
@pytest.mark.parametrize(
    "repair",
    ["", "{", "[]", "7", '{"bind": 99}', '{"bind": "x"}', '{"language": "xx"}', '{"language": "fr"}',
     "[" * 100_000, '{"language": "fr", "at": null, "words": "a", "write": "b"}',
     '{"bind": null}', '{"bind": 1e999}'],
)  # fmt: skip
def test_a_repair_that_is_none_changes_nothing(editor: Client, repair: str) -> None:
    answer = send(editor, repair=repair, written="Trois morts")
    assert answer.status_code == 200
    assert answer.json()["error"]
    assert answer.json()["texts"]["fr"] == "Trois morts"


def test_who_may_not_write_gets_no_proposal(reader: Client) -> None:
    assert send(reader, claim=["killed"]).status_code == 403

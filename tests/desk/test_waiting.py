from __future__ import annotations

import pytest
from django.test import Client

from sourcier.desk import actions, store
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute

DESK = f"/desk/{SLUG}/"
FR = {"Accept-Language": "fr"}


def test_what_waits_is_listed_by_stage_and_whose_it_is(editor: Client) -> None:
    actions.submit(entry("a", "À voir"), who="noor", now=minute(1))
    actions.draft(entry("b", "À finir"), who="ines", now=minute(2))
    actions.draft(entry("c", "Perdue"), who="ines", now=minute(2))
    actions.discard(SLUG, "c", who="ines", now=minute(3))
    everything = editor.get(f"{DESK}waiting", headers=FR).text
    assert "À voir" in everything
    assert "À finir" in everything
    assert "Perdue" not in everything
    assert "à relire\u00a0: 1<" in everything
    assert "brouillons\u00a0: 1<" in everything
    assert "prêtes ou programmées" not in everything
    assert "À voir" not in editor.get(f"{DESK}waiting?mine=1").text
    assert "Perdue" in editor.get(f"{DESK}waiting?stage=discarded").text
    assert editor.get(f"{DESK}waiting?stage=%3Cb%3E").status_code == 200


def test_the_history_shows_what_changed_and_restores_it(editor: Client) -> None:
    actions.publish(entry("x1", "Deux <b>morts"), who="ines", now=minute(1))
    actions.publish(entry("x1", "Trois <b>morts"), who="noor", now=minute(2))
    page = editor.get(f"{DESK}history/x1", headers=FR).text
    assert "Deux </del>" in page
    assert "Trois </ins>" in page
    assert "<b>morts" not in page
    row = store.history(SLUG, "x1")[0][0].row
    answer = editor.post(f"{DESK}restore/x1", {"row": str(row)})
    assert answer.status_code == 302
    (standing,) = store.standing(SLUG, keys=["x1"])
    assert (standing.stage, standing.entry.texts["fr"].headline) == ("draft", "Deux <b>morts")
    for wrong in ("", "x", "9" * 30):
        assert editor.post(f"{DESK}restore/x1", {"row": wrong}).status_code == 404


@pytest.mark.slow
def test_an_hour_before_the_embargo_ends_is_refused_with_that_hour(editor: Client) -> None:
    sent = {"entry": "new", "event": "", "text-fr": "Un titre", "not_before": "2024-11-22T23:30"}
    refused = editor.post(f"{DESK}act", {**sent, "do": "publish"}, headers=FR)
    assert refused.status_code == 422
    assert "23:30" in refused.text
    for due, status in (("2024-11-22T23:31", 302), ("2024-11-22T01:00", 422), ("demain", 422)):
        answer = editor.post(f"{DESK}act", {**sent, "do": "schedule", "due": due})
        assert answer.status_code == status
    assert len(store.scheduled()) == 1

"""The filters that an editor keeps: on the wall, under a name, for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from sourcier.desk import actions, store
from tests.desk.conftest import SLUG
from tests.desk.test_wall import DESK

FILTERS = f"{DESK}wall/filters"
DRONES = {
    "do": "keep",
    "name": "Drones",
    "filter": "type=drone&untold=1&before=2024-11-22T05:00Z~3",
}


def kept(user: str = "ines") -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in store.saved_filters(SLUG, user)]


def test_a_filter_kept_stands_on_the_wall_and_leads_to_it(editor: Client, reader: Client) -> None:
    assert "Garder ce filtre" in editor.get(DESK, {"type": "drone"}).text
    sent = editor.post(FILTERS, DRONES)
    assert sent["Location"] == f"{DESK}?type=drone&untold=1#wall"
    page = editor.get(DESK, {"type": "drone", "untold": "1"}).text
    assert 'type=drone&amp;untold=1#wall" aria-current="true">Drones' in page
    assert "Garder ce filtre" not in page
    assert "Drones" not in reader.get(DESK).text
    assert "Événement <b>" in editor.get(FILTERS).text


def test_the_same_name_takes_the_place_of_the_former(editor: Client, story: str) -> None:
    editor.post(FILTERS, DRONES)
    editor.post(FILTERS, DRONES | {"name": "  Drones ", "filter": "view=map&language=uk"})
    assert kept() == [("Drones", "language=uk&view=map")]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": ""}, "Donnez au filtre un nom"),
        ({"name": "x" * 41}, "caractères au plus"),
        ({"filter": ""}, "Rien n’est filtré"),
        ({"filter": "view=map&before=x"}, "Rien n’est filtré"),
        ({"filter": "x" * 9000}, "Rien n’est filtré"),
        ({"do": "rename", "key": "1" * 30}, "n’existe plus"),
        ({"do": "drop", "key": "-1"}, "n’existe plus"),
        ({"do": "dance"}, "n’existe plus"),
    ],
)
def test_what_can_not_be_kept_is_told_why(
    editor: Client, story: str, sent: dict[str, str], told: str
) -> None:
    answer = editor.post(FILTERS, DRONES | sent)
    assert (answer.status_code, kept()) == (422, [])
    assert told in answer.text


def test_at_most_twenty(editor: Client, story: str) -> None:
    for n in range(actions.FILTERS):
        actions.keep_filter(SLUG, f"f{n}", "type=drone", who="ines")
    answer = editor.post(FILTERS, DRONES)
    assert answer.status_code == 422
    assert "retirez-en un" in answer.text
    assert 'value="Drones"' in answer.text  # to be sent again
    assert editor.post(FILTERS, DRONES | {"name": "f3"}).status_code == 302


def test_a_filter_is_renamed_and_removed_by_who_keeps_it(editor: Client, reader: Client) -> None:
    for name in ("Drones", "Sumy"):
        editor.post(FILTERS, DRONES | {"name": name})
    key = str(store.saved_filters(SLUG, "ines")[0].id)
    for do in ("rename", "drop"):
        assert reader.post(FILTERS, {"do": do, "key": key, "name": "Mine"}).status_code == 422
    taken = editor.post(FILTERS, {"do": "rename", "key": key, "name": "Sumy"})
    assert taken.status_code == 422
    assert editor.post(FILTERS, {"do": "rename", "key": key, "name": "Ciel"}).status_code == 302
    assert [name for name, _ in kept()] == ["Ciel", "Sumy"]
    assert editor.post(FILTERS, {"do": "drop", "key": key}).status_code == 302
    assert [name for name, _ in kept()] == ["Sumy"]

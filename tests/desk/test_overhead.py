"""Above the panes: alerts in force, sources, who is there; one-press filters; what wants an editor."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from msgspec.structs import replace

from sourcier import types
from sourcier.desk import clock, store
from sourcier.desk.screens.wall.overhead import TICKS, sources
from tests.desk.conftest import SLUG
from tests.desk.make import (
    alert,
    batch,
    capture,
    change,
    event,
    interval,
    minute,
    place,
    reading,
)
from tests.desk.samples import CAPTURES, READINGS, first, second
from tests.desk.test_wall import DESK, keys, many


def health(name: str, state: Any) -> types.SourceHealth:
    return types.SourceHealth(source=name, publisher=name.title(), state=state)


@pytest.fixture
def filled(story: str) -> str:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
    return story


def shown(client: Client, **asked: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"{DESK}overhead", asked).content.decode())


def test_nothing_known_is_said_in_words(editor: Client, story: str) -> None:
    text = shown(editor)
    assert "Aucune alerte en vigueur" in text
    assert "Dernier mouvement" not in text
    assert "à l’heure" not in text


def test_an_alert_in_force_leads_to_its_event(editor: Client, filled: str) -> None:
    source = capture("al", "Alerte aérienne à Soumy.", at=20)
    claim = alert(source, "al", "Alerte aérienne", place=place())
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, claim)])
    opened = interval(claim, opened=minute(20), seen=minute(20), observed=(minute(20),))
    woven = batch(change("alert_opened", claim, at=20), events=[event(claim, at=20)])
    woven.known.intervals = (replace(opened, event="e1"),)
    store.save_woven(SLUG, woven, minute(21))
    clock.use(lambda: minute(140))
    text = shown(editor)
    assert "1 alerte en vigueur" in text
    assert "event=e1" in text
    assert "aucune nouvelle observation depuis" in text
    assert "Dernier mouvement" in text


def test_sources_are_counted_by_how_they_are(editor: Client, story: str) -> None:
    states = ["ok", "new", "failing", "slow", "silent", "dead", "blocked"]
    for number, state in enumerate(states):
        store.save_health(health(f"s{number}", state), minute(number))
    text = shown(editor)
    for words in ("3 sources à l’heure", "1 lente", "1 muette", "2 hors service"):
        assert words in text


def test_the_figure_of_many_sources_stays_small_and_shows_the_one_that_is_out() -> None:
    figure = sources([*(health(f"s{n}", "ok") for n in range(400)), health("x", "dead")])
    assert figure
    assert (figure.fine, figure.out) == (400, 1)
    assert len(figure.ticks["out"]) == 1
    assert sum(map(len, figure.ticks.values())) <= TICKS + 3
    assert sources([]) is None


def test_who_else_is_there_is_named(editor: Client, story: str) -> None:
    store.save_user("oleh", "un mot de passe 12", "editor")
    oleh = User.objects.get(username="oleh")
    store.be_here(SLUG, oleh, "aaaaaaaa", event="", entry="", now=clock.real())
    assert "oleh est au desk" in shown(editor)
    me = Client()
    me.force_login(oleh)
    assert "est au desk" not in shown(me)


def test_one_press_filters_by_a_whole_family_of_changes(editor: Client, filled: str) -> None:
    many(2)
    assert keys(kind="toll") == ["e1"]
    assert set(keys()) == {"e1", "k0", "k1"}
    text = editor.get(f"{DESK}wall", {"kind": "toll"}).content.decode()
    current = re.search(r'<p class="fl">.*aria-current="true">([^<]+)<', text)
    assert current and current[1] == "Bilans"
    assert 'class="chip"' not in text
    assert re.search(r'<option value="toll" selected>Bilans<', text)


def test_who_opened_no_event_is_shown_what_wants_an_editor(editor: Client, filled: str) -> None:
    text = editor.get(DESK).content.decode()
    assert "Rien de publié" in text
    assert 'class="matters"' in text
    assert 'class="matters"' not in editor.get(DESK, {"event": "e1"}).content.decode()

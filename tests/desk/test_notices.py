"""Who is told of what: occasions, the transaction that keeps them, the screen."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from msgspec.structs import replace
from pytest_django.fixtures import Settings

from sourcier.desk import actions, models, store
from sourcier.desk.drafting import tellings
from sourcier.desk.drafting.notices import OCCASIONS, Notice, Watch
from sourcier.desk.drafting.tellings import Telling
from sourcier.types import SourceHealth
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, batch, change, event, ledger, line, minute
from tests.desk.samples import (
    CAPTURES,
    COPIED,
    INJURED,
    KILLED,
    READINGS,
    first,
    second,
)

ADDRESS = f"/desk/{SLUG}/notices"
HOOK = {"channel": "web_hook", "address": "https://hooks.example/a", "language": "fr"}


def watching(*occasions: Any, **more: Any) -> int:
    known: dict[str, Any] = {
        "channel": "web_hook", "address": "https://hooks.example/a", "language": "fr",
    }  # fmt: skip
    watch = Watch(occasions=occasions or OCCASIONS, **known | more)
    return actions.add_watch(SLUG, watch, who="ines", now=START)[0]


def told(key: int | None = None) -> list[Notice]:
    rows = models.Outgoing.objects.order_by("pk")
    return [row.record for row in rows if key is None or row.watch_id == key]


@pytest.fixture(autouse=True)
def material(story: str) -> None:
    store.save_captures(story, CAPTURES)
    store.save_readings(story, READINGS)


def taken(number: int, woven: Any) -> None:
    with transaction.atomic():
        store.save_woven(SLUG, woven, minute(number))
        actions.intake(SLUG, woven, now=minute(number))


def test_a_contradiction_is_told_with_both_sides_and_their_words() -> None:
    watching("contradiction")
    taken(1, first())
    assert told() == []
    taken(10, second())
    (notice,) = told()
    assert notice.text.startswith("Contradiction")
    assert [claim.claim for claim in notice.claims] == ["injured", "twelve"]
    assert notice.claims[1].quote == "Поранено дванадцять людей"
    assert notice.event == "e1"


def test_a_second_origin_is_told_and_a_copy_is_not() -> None:
    watching("confirmed")
    taken(
        1,
        batch(change("copy_found", COPIED), change("event_grown", COPIED), events=[event(KILLED)]),
    )
    assert told() == []
    taken(2, batch(change("claim_corroborated", KILLED, COPIED, at=2), events=[event(KILLED)]))
    (notice,) = told()
    assert notice.text.startswith("Première confirmation")


def woven(low: int, at: int) -> Any:
    ten = replace(INJURED, low=low, high=low)
    counted = event(
        ten, ledgers=(ledger(replace(line(ten), low=low), outcome="injured", best=low),)
    )
    return batch(change("toll_revised", INJURED, at=at), events=[counted])


def test_a_toll_is_told_once_when_it_crosses_and_again_after_it_fell() -> None:
    watching("toll", above=10, outcome="injured")
    for at, (figure, expected) in enumerate([(9, 0), (10, 1), (12, 1), (8, 1), (11, 2)]):
        taken(at, woven(figure, at))
        assert len(told()) == expected, figure
    killed = watching("toll", above=1, outcome="killed")
    taken(9, woven(50, 9))
    assert told(killed) == []


def test_words_that_wait_corrections_and_retractions_are_told_in_the_watchers_language() -> None:
    watching("submitted", language="uk")
    watching("corrected", language="en")
    kept = actions.submit(entry(headline="Un pont"), who="marc", now=minute(1))[0]
    actions.publish(kept, who="ines", now=minute(2))
    actions.correct(kept, note={"fr": "Deux ponts."}, who="ines", now=minute(3))
    actions.retract(SLUG, kept.id, note={"fr": "Aucun pont."}, who="ines", now=minute(4))
    texts = [notice.text for notice in told()]
    assert texts == [
        "На перевірку подано (marc): Un pont",
        "Corrected by ines: A headline Deux ponts.",
        "Retracted by ines: A headline Aucun pont.",
    ]
    assert {notice.entry for notice in told()} == {kept.id}


def test_a_source_that_dies_and_comes_back_is_told_once_each() -> None:
    watching("source")
    for number, state in enumerate(["ok", "failing", "dead", "dead", "ok"]):
        health = SourceHealth(source="fanal", publisher="Le Fanal", state=state)  # type: ignore[arg-type]
        actions.save_health(health, now=minute(number))
    first_told, back = told()
    assert "Le Fanal" in first_told.text
    assert "répond de nouveau" in back.text


def test_what_is_rolled_back_tells_nobody() -> None:
    watching("submitted")
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.submit(entry(), who="marc", now=minute(1))
        assert len(told()) == 1
        raise RuntimeError
    assert told() == []


def test_who_is_off_or_asked_for_something_else_is_told_nothing(
    django_assert_num_queries: Any,
) -> None:
    off, other = watching("submitted"), watching("alert")
    actions.switch_watch(SLUG, off, on=False, who="ines", now=minute(0))
    actions.submit(entry(), who="marc", now=minute(1))
    assert told(off) == told(other) == []
    with django_assert_num_queries(1):
        assert len(store.watches(SLUG, on=True)) == 1


def test_switching_off_drops_what_waits_and_removing_forgets() -> None:
    key = watching("submitted")
    actions.submit(entry(), who="marc", now=minute(1))
    actions.switch_watch(SLUG, key, on=False, who="ines", now=minute(2))
    assert told() == []
    actions.remove_watch(SLUG, key, who="ines", now=minute(3))
    assert store.watches(SLUG) == ()
    done = models.Audit.objects.filter(action__contains="watch").order_by("pk")
    assert [line.action for line in done] == ["add_watch", "watch_off", "remove_watch"]
    with pytest.raises(actions.NoSuchWatchError):
        actions.try_watch(SLUG, key, who="ines", now=minute(4))


def telling(*notices: Notice, language: str = "fr") -> Telling:
    return Telling(
        "msg_1", SLUG, "Ponts", "https://d.example/", language, [(n, START) for n in notices]
    )


def notice(text: str, **more: Any) -> Notice:
    return Notice(occasion="alert", text=text, language="fr", **more)


def test_a_letter_names_its_notices_or_counts_them() -> None:
    assert tellings.subject(telling(notice("Alerte"))) == "Ponts : Alerte"
    assert tellings.subject(telling(notice("A\nb"), notice("B"))) == "Ponts : 2 avis"
    assert len(tellings.subject(telling(notice("x" * 900)))) == tellings.SUBJECT
    long = tellings.letter(telling(*(notice(f"{n} " + "x" * 400) for n in range(30))))
    assert len(long) < tellings.LETTER + 100
    assert long.endswith("autres")
    address = tellings.letter(telling(notice("Alerte", event="e 1")))
    assert "https://d.example/?event=e+1" in address


def test_the_signature_is_that_of_standard_webhooks() -> None:
    watching("alert")
    secret = store.watches(SLUG)[0].watch.secret
    headers = tellings.signed("msg_1", b'{"a":1}', secret, START)
    mac = hmac.digest(
        b64decode(secret[6:]), f'msg_1.{int(START.timestamp())}.{{"a":1}}'.encode(), sha256
    )
    assert headers["webhook-signature"] == f"v1,{b64encode(mac).decode()}"
    assert headers["webhook-id"] == "msg_1"


def form(**more: Any) -> dict[str, Any]:
    return HOOK | {"do": "save", "occasion": ["alert", "toll"], "above": "10"} | more


def test_an_editor_adds_tries_changes_and_removes_a_watch(editor: Client) -> None:
    assert editor.post(ADDRESS, form()).status_code == 302
    page = editor.get(ADDRESS).text
    assert "Le web hook https://hooks.example/a" in page
    assert "bilans à partir de 10 morts" in page.replace("\N{NO-BREAK SPACE}", " ")
    (kept,) = store.watches(SLUG)
    assert kept.watch.secret in page
    assert kept.watch.secret not in editor.get(ADDRESS).text
    editor.post(ADDRESS, {"do": "try", "watch": kept.id})
    assert "Ceci est un essai" in editor.get(ADDRESS).text
    assert "https://hooks.example/a" in editor.get(ADDRESS, {"edit": kept.id}).text
    editor.post(ADDRESS, form(watch=kept.id, address="https://hooks.example/b"))
    (changed,) = store.watches(SLUG)
    assert changed.watch.address == "https://hooks.example/b"
    assert changed.watch.secret == kept.watch.secret
    editor.post(ADDRESS, {"do": "off", "watch": kept.id})
    assert not store.watches(SLUG)[0].on
    editor.post(ADDRESS, {"do": "remove", "watch": kept.id})
    assert store.watches(SLUG) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        {"channel": "pigeon"},
        {"channel": "mail", "address": "ines@example.org"},  # this desk has no mail server
        {"occasion": []},
        {"above": "0"},
        {"above": "٣"},
        {"above": "99999999"},
        {"address": ""},
        {"address": "javascript:alert(1)"},
        {"address": "https://ines:secret@hooks.example/"},
        {"address": "https://[/"},
        {"address": "https://hooks.example:99999/"},
        {"address": "https://hooks.example/\x07"},
        {"address": "https://hooks.example/" + "a" * 600},
        {"language": "xx"},
        {"outcome": "kings"},
    ],
)
def test_a_watch_that_can_reach_nobody_is_refused_with_its_reason(
    editor: Client, sent: dict[str, Any]
) -> None:
    answer = editor.post(ADDRESS, form(**sent))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert store.watches(SLUG) == ()


def test_mail_and_telegram_are_offered_where_there_is_a_way(
    editor: Client, settings: Settings
) -> None:
    settings.MAIL, settings.TELEGRAM = True, "1:token"
    assert editor.post(ADDRESS, form(channel="mail", address="ines@example.org")).status_code == 302
    assert editor.post(ADDRESS, form(channel="mail", address="ines")).status_code == 422
    assert editor.post(ADDRESS, form(channel="telegram", address="@galet_desk")).status_code == 302
    assert editor.post(ADDRESS, form(channel="telegram", address="t.me/galet")).status_code == 422
    assert "secret" not in [kept.watch.secret for kept in store.watches(SLUG)]


def test_a_story_tells_no_more_than_it_may(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sourcier.desk.actions.notices.MOST", 1)
    editor.post(ADDRESS, form())
    assert editor.post(ADDRESS, form()).status_code == 422
    assert len(store.watches(SLUG)) == 1

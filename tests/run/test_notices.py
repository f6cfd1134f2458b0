"""Notices on their way: signed, together, again after a failure, not too often, and never astray."""

from __future__ import annotations

import hmac
import json
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.core import mail

from sourcier.desk import actions, clock, models, store
from sourcier.desk.drafting.notices import OCCASIONS, Watch
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run import notices as sending
from sourcier.run.notices import HOURLY, WAITS, Notices, Ways
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, minute
from tests.loopback import served

TOKEN = "42:token"


class Stand:
    """What a stand-in was sent, and what it answers: a status, headers."""

    def __init__(self) -> None:
        self.status, self.headers = 204, {}  # type: tuple[int, dict[str, str]]
        self.taken: list[tuple[str, dict[str, str], bytes]] = []


@contextmanager
def standing() -> Iterator[tuple[Stand, str]]:
    stand = Stand()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = {name.lower(): value for name, value in self.headers.items()}
            stand.taken.append((self.path, told, body))
            self.send_response(stand.status)
            for name, value in stand.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address:
        yield stand, address


class House:
    """A desk whose clock a test sets, and what sends its notices."""

    def __init__(self, web: Web, **ways: Any) -> None:
        self.now: datetime = minute(60)
        self.problems: list[Problem] = []
        known: dict[str, Any] = {"base": "https://d.example/", "private": True}
        self.notices = Notices(
            Ways(web, real=clock.real, **known | ways),
            now=lambda: self.now,
            outline=lambda slug: store.outline(slug, now=self.now),
            report=self.problems.append,
        )

    def look(self, later: int = 0) -> None:
        self.now += timedelta(seconds=later)
        self.notices.look()

    def happens(self, key: str) -> None:
        actions.submit(entry(key, f"Titre {key}"), who="marc", now=self.now)


@pytest.fixture
def story(db: None) -> str:
    titles = {"fr": "Frappes sur Trois-Ponts"}
    store.open_story(SLUG, titles, zone="Europe/Paris", languages=("fr", "en"), now=START)
    return SLUG


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(pause=0) as client:
        yield client


@pytest.fixture
def house(story: str, web: Web) -> House:
    assert story
    return House(web)


def watching(address: str, channel: Any = "web_hook", story: str = SLUG) -> Watch:
    watch = Watch(channel=channel, address=address, occasions=OCCASIONS, language="fr", above=5)
    return actions.add_watch(story, watch, who="ines", now=START)[1]


def rows() -> list[models.Outgoing]:
    return list(models.Outgoing.objects.order_by("pk"))


def test_what_happens_together_goes_in_one_signed_message(house: House) -> None:
    with standing() as (stand, address):
        secret = watching(f"{address}/hook").secret
        house.happens("x1")
        house.look()
        assert stand.taken == []  # what else happens now may come along
        house.happens("x2")
        house.look(later=10)
        house.look(later=10)
    ((path, headers, body),) = stand.taken
    assert path == "/hook"
    told = json.loads(body)
    assert told["type"] == "sourcier.notices"
    assert [one["entry"] for one in told["data"]["notices"]] == ["x1", "x2"]
    assert told["data"]["notices"][0]["url"] == f"https://d.example/desk/{SLUG}/?entry=x1"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, sha256)
    assert headers["webhook-signature"] == f"v1,{b64encode(mac).decode()}"
    assert abs(int(headers["webhook-timestamp"]) - clock.real().timestamp()) < 60
    assert all(row.sent for row in rows())


def test_a_failure_is_tried_again_until_it_is_given_up(house: House) -> None:
    with standing() as (stand, address):
        stand.status = 503
        watching(address)
        house.happens("x1")
        house.look(later=10)
        house.look(later=WAITS[0] - 1)
        assert len(stand.taken) == 1
        for number, wait in enumerate(WAITS, 2):
            house.look(later=wait)
            assert len(stand.taken) == number
        house.look(later=WAITS[-1] * 2)
    (row,) = rows()
    assert (row.given_up, row.sent, row.tries) == (True, None, len(WAITS) + 1)
    assert "503" in row.error
    assert [problem.code for problem in house.problems] == ["not_told"]


def test_after_a_failure_it_goes_once_and_says_nothing_of_it(house: House) -> None:
    with standing() as (stand, address):
        stand.status = 500
        watching(address)
        house.happens("x1")
        house.look(later=10)
        stand.status = 200
        house.look(later=WAITS[0])
        house.look(later=WAITS[0])
    assert len(stand.taken) == 2
    assert rows()[0].error == ""


def test_one_that_asks_for_time_is_given_it_and_one_that_is_gone_is_left_alone(
    house: House,
) -> None:
    with standing() as (stand, address):
        stand.status, stand.headers = 429, {"Retry-After": "900"}
        watching(address)
        house.happens("x1")
        house.look(later=10)
        house.look(later=899)
        assert len(stand.taken) == 1
        stand.status = 410
        house.look(later=2)
    assert len(stand.taken) == 2
    assert not store.watches(SLUG)[0].on
    assert rows()[0].given_up


@pytest.mark.slow
def test_no_more_than_so_many_messages_an_hour_and_nothing_is_lost(house: House) -> None:
    with standing() as (stand, address):
        watching(address)
        for number in range(HOURLY + 5):
            house.happens(f"x{number}")
            house.look(later=11)
        assert len(stand.taken) == HOURLY
        house.look(later=3600)
    told = [
        one["entry"] for _, _, body in stand.taken for one in json.loads(body)["data"]["notices"]
    ]
    assert told == [f"x{number}" for number in range(HOURLY + 5)]
    assert len(stand.taken) == HOURLY + 1


def test_a_web_hook_leads_to_no_private_address_unless_the_desk_lets_it(
    story: str, web: Web
) -> None:
    assert story
    house = House(web, private=False)
    with standing() as (stand, address):
        watching(address)
        house.happens("x1")
        house.look(later=10)
    assert stand.taken == []
    assert rows()[0].tries == 1
    assert rows()[0].error


def test_two_processes_do_not_tell_twice(house: House) -> None:
    with standing() as (stand, address):
        watching(address)
        house.happens("x1")
        (key,) = store.due_watches(minute(70))
        assert store.hold_watch(key, minute(70), minute(72))
        assert not store.hold_watch(key, minute(71), minute(73))
        assert store.due_watches(minute(71)) == ()
        house.look(later=60 * 11)
        assert stand.taken == []
        house.look(later=60 * 2)  # the other process ended while it held the watch
    assert len(stand.taken) == 1


def test_one_is_told_by_mail(house: House) -> None:
    watching("ines@example.org", "mail")
    house.happens("x1")
    house.look(later=10)
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]
    assert "À relire" in letter.subject
    assert f"https://d.example/desk/{SLUG}/?entry=x1" in letter.body


def test_a_mail_server_that_refuses_is_asked_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise smtplib.SMTPServerDisconnected("gone away")

    watching("ines@example.org", "mail")
    house.happens("x1")
    monkeypatch.setattr("sourcier.run.notices.EmailMessage.send", refuse)
    house.look(later=10)
    assert (rows()[0].error, rows()[0].tries) == ("gone away", 1)


def test_one_is_told_in_a_chat_and_no_error_shows_the_token(story: str, web: Web) -> None:
    assert story
    with standing() as (stand, address):
        house = House(web, telegram=TOKEN, api=address)
        watching("-100200", "telegram")
        house.happens("x1")
        house.look(later=10)
        ((path, _, body),) = stand.taken
        assert path == f"/bot{TOKEN}/sendMessage"
        assert json.loads(body)["chat_id"] == "-100200"
        assert "Titre x1" in json.loads(body)["text"]
        stand.status = 403
        house.happens("x2")
        house.look(later=10)
    house.look(later=WAITS[0])  # nobody answers there any more
    assert all(TOKEN not in row.error for row in rows())
    assert rows()[1].tries == 2


def test_the_thread_sends_by_itself_and_stops(
    story: str, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert story
    house = House(web)
    monkeypatch.setattr(sending, "TICK", 0.01)
    monkeypatch.setattr(sending, "close_old_connections", lambda: None)
    looked: list[int] = []
    monkeypatch.setattr(house.notices, "look", lambda: looked.append(1))
    house.notices.start()
    while len(looked) < 3:
        pass
    house.notices.stop()
    house.notices.join(timeout=5)
    assert not house.notices.is_alive()

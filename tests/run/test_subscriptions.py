"""Subscriptions to feeds' hubs: asked, verified, signed, renewed, on loopback."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from sourcier.gather import State
from sourcier.gather.state import Hub
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.publish.live import Message, Scope
from sourcier.run.callback import with_callback
from sourcier.run.subscriptions import PATH, Subscriptions
from sourcier.types import Source
from tests.loopback import served

TOPIC = "https://fanal.example/rss"
Form = dict[str, list[str]]


class Desk:
    """A desk with one feed, whose hub is at `hub`; `forms` is what the hub was asked."""

    def __init__(self, hub: str, source: str, web: Web, forms: list[Form]) -> None:
        self.now = datetime(2024, 11, 22, 9, tzinfo=UTC)
        self.forms = forms
        self.woken: list[str] = []
        self.problems: list[Problem] = []
        self.source = Source(id="fanal", kind="feed", url=source, publisher="Le Fanal")
        state = State()
        state.door(self.source).hub = Hub(hub, TOPIC)
        self.subscriptions = Subscriptions(
            [self.source],
            "https://direct.example/",
            state=state,
            web=web,
            now=lambda: self.now,
            wake=self.woken.append,
            report=self.problems.append,
        )

    @property
    def token(self) -> str:
        return self.forms[-1]["hub.callback"][0].rpartition("/")[2]

    def verify(self, **changed: str) -> str | None:
        query = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc"}
        given = {f"hub.{name}": value for name, value in changed.items()}
        return self.subscriptions.verified(self.token, query | given)


@pytest.fixture
def desk() -> Iterator[Desk]:
    forms: list[Form] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address, Web(pause=0) as web:
        yield Desk(f"{address}/hub", f"{address}/rss", web, forms)


def signed(desk: Desk, body: bytes, method: str = "sha256") -> str:
    secret = desk.forms[-1]["hub.secret"][0].encode()
    return f"{method}={hmac.new(secret, body, method).hexdigest()}"


def test_a_hub_is_asked_once_and_its_question_answered(desk: Desk) -> None:
    desk.subscriptions.look()
    desk.subscriptions.look()
    (form,) = desk.forms
    assert form["hub.mode"] == ["subscribe"]
    assert form["hub.topic"] == [TOPIC]
    assert form["hub.callback"][0].startswith(f"https://direct.example{PATH}")
    assert desk.verify(topic="https://other.example/") is None
    assert desk.verify(mode="unsubscribe") is None
    assert desk.subscriptions.verified("other", {"hub.mode": "subscribe"}) is None
    assert desk.verify() == "abc"


def test_only_what_is_signed_wakes_the_door(desk: Desk) -> None:
    desk.subscriptions.look()
    told = desk.subscriptions.told
    assert not told(desk.token, b"x", signed(desk, b"x"))  # not verified yet
    desk.verify()
    for signature in (None, "", "sha256", "sha256=é", "md5=0", signed(desk, b"y")):
        assert not told(desk.token, b"x", signature)
    assert not told("other", b"x", signed(desk, b"x"))
    assert desk.woken == []
    assert told(desk.token, b"x", signed(desk, b"x", "sha1"))
    assert told(desk.token, b"x", signed(desk, b"x", "sha512"))
    assert desk.woken == ["fanal", "fanal"]


def test_a_lease_is_renewed_in_its_last_quarter_under_the_same_address(desk: Desk) -> None:
    desk.subscriptions.look()
    desk.verify(lease_seconds="7200")
    desk.now += timedelta(minutes=80)
    desk.subscriptions.look()
    assert len(desk.forms) == 1
    desk.now += timedelta(minutes=20)
    desk.subscriptions.look()
    assert len(desk.forms) == 2
    assert desk.forms[0]["hub.callback"] == desk.forms[1]["hub.callback"]
    assert desk.subscriptions.told(desk.token, b"x", signed(desk, b"x"))


def test_a_hub_that_never_asks_is_asked_again_after_a_while(desk: Desk) -> None:
    desk.subscriptions.look()
    desk.now += timedelta(minutes=11)
    desk.subscriptions.look()
    assert len(desk.forms) == 2


def test_a_feed_leads_to_no_hub_in_a_private_network() -> None:
    with Web(pause=0) as web:
        desk = Desk("http://127.0.0.1:9/hub", TOPIC, web, [])
        desk.subscriptions.look()
    (problem,) = desk.problems
    assert (problem.where, problem.code) == ("fanal", "hub_failed")


def ask(desk: Desk, method: str, path: str, query: str = "", **more: object) -> list[Message]:
    sent: list[Message] = []
    body = more.get("body", b"")

    async def elsewhere(scope: Scope, receive: object, send: object) -> None:
        sent.append({"type": "elsewhere"})

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    scope["headers"] = [(b"x-hub-signature", str(more.get("signature", "")).encode())]
    asyncio.run(_called(with_callback(elsewhere, desk.subscriptions)(scope, receive, send)))
    return sent


async def _called(answer: Awaitable[None]) -> None:
    await answer


def test_hubs_reach_us_beside_the_pages(desk: Desk) -> None:
    desk.subscriptions.look()
    path = PATH + desk.token
    query = f"hub.mode=subscribe&hub.topic={TOPIC}&hub.challenge=a%20b"
    start, end = ask(desk, "GET", path, query)
    assert (start["status"], end["body"]) == (200, b"a b")
    assert (b"content-type", b"text/plain; charset=utf-8") in start["headers"]
    assert (ask(desk, "GET", PATH + "other", query))[0]["status"] == 404
    assert (ask(desk, "POST", PATH + "other"))[0]["status"] == 404
    assert (ask(desk, "POST", path, body=b"x"))[0]["status"] == 202
    assert desk.woken == []
    signature = signed(desk, b"x")
    assert (ask(desk, "POST", path, body=b"x", signature=signature))[0]["status"] == 202
    assert desk.woken == ["fanal"]
    assert (ask(desk, "POST", path, body=b"x" * 9_000_000))[0]["status"] == 413
    assert ask(desk, "GET", "/ukraine/") == [{"type": "elsewhere"}]

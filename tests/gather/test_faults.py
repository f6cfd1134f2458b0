"""Sources that behave badly, polled as a desk does: each is said, and the one beside it does not suffer."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from sourcier.gather import State
from sourcier.gather import web as web_module
from sourcier.gather.health import health
from sourcier.gather.state import Door
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run.polling import Polling
from sourcier.types import Capture, Source
from tests.gather.conftest import Site

NOW = datetime(2031, 3, 2, 12, 0, tzinfo=UTC)
GIVE_UP = 4.0
"""Seconds after which an answer is given up here, and a test too."""


def feed(*entries: tuple[str, str], when: str = "Sun, 02 Mar 2031 11:00:00 GMT") -> bytes:
    """Return an RSS feed of (guid, text)."""
    told = "".join(
        f'<item><guid isPermaLink="false">{name}</guid><title>{text[:30]}</title>'
        f"<pubDate>{when}</pubDate><description>{text}</description></item>"
        for name, text in entries
    )
    return f'<rss version="2.0"><channel><title>T</title>{told}</channel></rss>'.encode()


ONE = feed(("a", "Two people were hurt in a fire at the mill of Elmbridge."))


class Desk:
    """Polls a bad source beside a healthy one; the healthy one has a new entry each time."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.state = State(folder=folder / "doors")
        self.problems: list[Problem] = []
        self._round = 0

    def poll(self, url: str) -> list[Capture]:
        """Poll both once; return what came of the bad one, sure that the other was not hindered."""
        self._round += 1
        text = f"Bulletin {self._round}: the bridge of Elmbridge is open again."
        good = self.site.give("/good.xml", feed((f"good-{self._round}", text)))
        taken: list[Capture] = []
        sources = [_source("bad", url), _source("good", good.replace("127.0.0.1", "localhost"))]
        polls = {one.id: self.door(one.id).pulse.polls + 1 for one in sources}
        with Web(pause=0) as client:
            polling = Polling(
                sources, story="delta", state=self.state, web=client, evidence=None, now=self._now,
                take=lambda _, captures: taken.extend(captures), report=self.problems.append,
            )  # fmt: skip
            polling.start()
            end = time.monotonic() + GIVE_UP
            while any(self.door(name).pulse.polls < n for name, n in polls.items()):
                assert time.monotonic() < end, "a poll took too long"
                polling.join(0.01)
            polling.end()
        assert [one.text for one in taken if one.source == "good"] == [text]
        return [one for one in taken if one.source == "bad"]

    def door(self, name: str = "bad") -> Door:
        """Return what is remembered of a door."""
        return self.state.doors.get(name) or Door()

    def codes(self) -> list[str]:
        """Return the codes of what was reported."""
        return [problem.code for problem in self.problems]

    def _now(self) -> datetime:
        return NOW + timedelta(hours=self._round)


def _source(name: str, url: str) -> Source:
    return Source(
        id=name, kind="feed", url=url, publisher=name, languages=("en",), robots=False, pages=0
    )


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    return Desk(site, tmp_path)


def slow_head(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1.8)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"<rss>" * 20_000)
    except OSError:
        request.close_connection = True


def half_gzip(request: BaseHTTPRequestHandler) -> None:
    body = gzip.compress(ONE * 50)[:-30]
    request.send_response(200)
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def bomb(request: BaseHTTPRequestHandler) -> None:
    body = gzip.compress(b" " * (web_module.MAX_BYTES * 4))
    request.send_response(200)
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    try:
        request.wfile.write(body)
    except OSError:
        request.close_connection = True


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "code"),
    [(slow_head, "too_slow fetch_failed"), (endless, "too_large"), (bomb, "too_large"),
     (half_gzip, "fetch_failed half_feed bad_feed")],
)  # fmt: skip
def test_an_answer_that_does_not_end_well_is_one_problem(
    answer: Callable[[BaseHTTPRequestHandler], None], code: str, desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(web_module, "SECONDS", 1.5)
    desk.site.pages["/bad"] = answer
    assert len(desk.poll(desk.site.url + "/bad")) <= 1
    assert len(desk.codes()) == 1
    assert desk.codes()[0] in code.split()


def test_nothing_new_for_ever_is_no_failure_and_no_news(desk: Desk) -> None:
    url = desk.site.give("/bad", ONE, ETag='"1"')
    assert len(desk.poll(url)) == 1
    desk.site.give("/bad", b"", 304)
    assert [desk.poll(url) for _ in range(3)] == [[], [], []]
    assert desk.codes() == []
    assert desk.door().pulse.polls == 4


@pytest.mark.parametrize(("headers", "least"), [({}, 60), ({"Retry_After": "900"}, 900)])
def test_too_many_requests_are_heeded(headers: dict[str, str], least: int, desk: Desk) -> None:
    assert desk.poll(desk.site.give("/bad", b"", 429, **headers)) == []
    assert desk.codes() == ["http_429"]
    now = NOW + timedelta(hours=1)
    assert (desk.door().pulse.next_poll(now, 120.0, 0.0) - now).total_seconds() >= least


def test_a_circle_of_redirects_is_left(desk: Desk) -> None:
    desk.site.give("/b", b"", 301, Location="/bad")
    assert desk.poll(desk.site.give("/bad", b"", 301, Location="/b")) == []
    assert desk.codes() == ["redirects"]


@pytest.mark.parametrize("target", ["http://127.0.0.2:9/", "http://169.254.169.254/latest/"])
def test_no_redirect_leads_into_a_private_network(target: str, desk: Desk) -> None:
    assert desk.poll(desk.site.give("/bad", b"", 302, Location=target)) == []
    assert desk.codes() == ["private_address"]


def test_a_charset_that_is_wrong_costs_no_entry(desk: Desk) -> None:
    body = feed(("a", "Deux blessés à Châtelet, près de la rivière."))
    found = desk.poll(desk.site.give("/bad", body, Content_Type="text/xml; charset=latin-1"))
    assert [one.text for one in found] == ["Deux blessés à Châtelet, près de la rivière."]


def test_half_a_feed_gives_what_is_whole(desk: Desk) -> None:
    body = feed(*((str(n), f"Report {n}: a road is closed.") for n in range(9)))
    found = desk.poll(desk.site.give("/bad", body[: len(body) // 2]))
    assert 2 <= len(found) <= 4
    assert desk.codes() == ["half_feed"]


def test_entries_in_another_order_are_no_news(desk: Desk) -> None:
    entries = [(f"n{n}", f"Report {n}: a road is closed in district {n}.") for n in range(6)]
    assert len(desk.poll(desk.site.give("/bad", feed(*entries)))) == 6
    assert desk.poll(desk.site.give("/bad", feed(*reversed(entries)))) == []


def test_a_clock_that_is_ahead_dates_nothing_after_we_had_it(desk: Desk) -> None:
    body = feed(("a", "A road is closed."), when="Sun, 02 Mar 2036 11:00:00 GMT")
    (found,) = desk.poll(desk.site.give("/bad", body))
    assert found.retrieved
    assert found.published <= found.retrieved


def gone(site: Site) -> None:
    site.give("/bad", b"", 410)


def refusing(site: Site) -> None:
    site.give("/bad", b"", 403)


def moving(site: Site) -> None:
    site.give("/new", ONE)
    site.give("/bad", b"", 301, Location="/new")


def rebuilt(site: Site) -> None:
    site.give("/bad", b"<!DOCTYPE html><title>Elmbridge</title><p>Our new site.</p>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trouble", "state"),
    [(gone, "dead"), (refusing, "blocked"), (moving, "moved"), (rebuilt, "changed")],
)
def test_what_befalls_a_source_is_known_after_two_polls(
    trouble: Callable[[Site], None], state: str, desk: Desk
) -> None:
    url = desk.site.give("/bad", ONE)
    desk.poll(url)
    trouble(desk.site)
    for _ in range(2):
        desk.poll(url)
    found = health(_source("bad", url), desk.door().pulse, NOW)
    assert (found.state, found.needs_a_look) == (state, True)
    assert found.answered and found.newest


def test_the_same_bytes_are_not_read_twice(desk: Desk) -> None:
    url = desk.site.give("/bad", b"<rss version='2.0'><channel><item><title>Half a feed")
    assert desk.poll(url) == []
    assert len(desk.codes()) == 1
    whole = desk.site.give("/bad", ONE)  # without a validator: sent whole each time
    assert len(desk.poll(whole)) == 1
    read = desk.door().pulse.found[:]
    assert desk.poll(whole) == []
    assert desk.door().pulse.found == read

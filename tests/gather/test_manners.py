"""Manners: robots.txt, pauses, one request at a time, waiting when asked to."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from sourcier.gather.fetched import Fetched, HttpError
from sourcier.gather.pulse import LONGEST_BACK_OFF, LONGEST_TTL, Pulse
from sourcier.gather.web import Permits, Web
from sourcier.problems import InputError

from .conftest import Site

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)


def refused(url: str, web: Web) -> str:
    with pytest.raises(InputError) as caught:
        web.get(url)
    assert caught.value.problem.where == url
    return caught.value.problem.code


def test_robots_txt_is_kept_to_and_asked_once(site: Site, web: Web) -> None:
    site.give(
        "/robots.txt",
        b"User-agent: *\nDisallow: /archives/\n\nUser-agent: Sourcier\nDisallow: /depeches/",
    )
    url = site.give("/depeches/1", b"one")
    assert refused(url, web) == "robots_forbid"
    assert web.get(site.give("/archives/1", b"old")).body == b"old"
    assert web.get(url, Permits(robots=False)).body == b"one"
    assert len(site.asked) == 3  # robots.txt once, two pages


def test_a_redirect_does_not_lead_round_robots_txt(site: Site, web: Web) -> None:
    site.give("/robots.txt", b"User-agent: *\nDisallow: /inside")
    site.give("/inside", b"secret")
    assert refused(site.give("/", b"", 302, Location="/inside"), web) == "robots_forbid"


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, None), (403, None), (500, "robots_unreachable"), (429, "robots_unreachable")],
)
def test_a_missing_robots_txt_allows_all_and_a_failing_one_nothing(
    site: Site, web: Web, status: int, code: str | None
) -> None:
    site.give("/robots.txt", b"", status=status)
    url = site.give("/", b"one")
    if code:
        assert refused(url, web) == code
    else:
        assert web.get(url).body == b"one"


def test_a_host_is_asked_by_one_at_a_time_with_a_pause(site: Site) -> None:
    at_once, most = 0, 0
    moments: list[float] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        moments.append(time.monotonic())
        time.sleep(0.02)
        at_once -= 1
        request.send_response(200)
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.pages["/"] = answer
    with Web(pause=0.05) as web:
        threads = [
            threading.Thread(target=web.get, args=(site.url + "/", Permits(robots=False)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == 1
    assert all(later - sooner >= 0.05 for sooner, later in pairwise(moments))


def failed(pulse: Pulse, retry_after: str | None = None) -> timedelta:
    pulse.went_wrong(HttpError("https://fanal.example/", 429, retry_after), NOW)
    return pulse.next_poll(NOW, 60, 0.5) - NOW


def test_failures_are_tried_again_more_and_more_slowly() -> None:
    pulse = Pulse()
    waits = [failed(pulse).total_seconds() for _ in range(12)]
    assert waits[:4] == [60, 120, 240, 480]
    assert max(waits) == LONGEST_BACK_OFF
    assert (pulse.failures, pulse.code) == (12, "http_429")
    pulse.went_well(NOW, 1)
    assert pulse.next_poll(NOW, 60, 0.5) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("300", 300),
        ("Fri, 22 Nov 2024 09:10:00 GMT", 600),
        ("999999999999", 86400),
        ("Fri, 22 Nov 2024 08:00:00 GMT", 60),
        ("soon", 60),
        ("-5", 60),
        ("", 60),
    ],
)
def test_a_door_that_asks_to_wait_is_left_alone(retry_after: str, seconds: int) -> None:
    assert failed(Pulse(), retry_after) == timedelta(seconds=seconds)


def test_what_calls_itself_fresh_is_not_asked_again_within_bounds() -> None:
    pulse = Pulse()
    for control, wait in (
        ("public, max-age=300", 300),
        ("max-age=86400", LONGEST_TTL),
        ("no-store", 60),
    ):
        pulse.opened(Fetched("u", b"", NOW, headers=(("cache-control", control),)))
        pulse.went_well(NOW, 0)
        assert pulse.next_poll(NOW, 60, 0.5) == NOW + timedelta(seconds=wait)
    pulse.fresh_for(120)
    assert pulse.next_poll(NOW, 60, 0.5) == NOW + timedelta(seconds=120)


def test_jitter_spreads_doors_and_never_hurries_them_much() -> None:
    pulse = Pulse()
    waits = [
        (pulse.next_poll(NOW, 100, jitter) - NOW).total_seconds() for jitter in (0.0, 0.5, 0.99)
    ]
    assert waits == sorted(waits)
    assert 90 <= waits[0] < waits[2] <= 110

from __future__ import annotations

import gzip
import socket
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from sourcier.gather import http
from sourcier.gather.state import Door
from sourcier.problems import InputError

from .conftest import Site


def refusal(url: str, client: httpx.Client) -> str:
    with pytest.raises(InputError) as caught:
        http.fetch(url, Door(), client)
    problem = caught.value.problem
    assert problem.where == url
    assert "\n" not in str(problem)
    return problem.code


def test_the_second_request_is_conditional_and_gives_nothing(
    site: Site, client: httpx.Client
) -> None:
    url = site.give("/", b"one", ETag='"a"', Last_Modified="Fri, 22 Nov 2024 06:00:00 GMT")
    door = Door()
    assert http.fetch(url, door, client) == b"one"
    site.give("/", b"", status=304)
    assert http.fetch(url, door, client) is None
    assert site.asked[1]["If-None-Match"] == '"a"'
    assert site.asked[1]["If-Modified-Since"] == "Fri, 22 Nov 2024 06:00:00 GMT"
    assert site.asked[0]["User-Agent"].startswith("Sourcier/")
    assert site.asked[0]["Host"] == site.url.removeprefix("http://")


def test_the_same_bytes_are_nothing_new(site: Site, client: httpx.Client) -> None:
    url, door = site.give("/", b"one"), Door()
    assert [http.fetch(url, door, client) for _ in range(2)] == [b"one", None]
    site.give("/", b"two")
    assert http.fetch(url, door, client) == b"two"


def test_compressed_answers_are_opened(site: Site, client: httpx.Client) -> None:
    url = site.give("/", gzip.compress("вода".encode()), Content_Encoding="gzip")
    assert http.fetch(url, Door(), client) == "вода".encode()


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_an_error_is_a_problem(site: Site, client: httpx.Client, status: int) -> None:
    assert refusal(site.give("/", b"no", status=status), client) == "http_status"


def test_a_body_over_the_cap_is_refused_compressed_or_not(site: Site, client: httpx.Client) -> None:
    body = bytes(http.MAX_BYTES + 1)
    assert refusal(site.give("/big", body), client) == "too_large"
    bomb = site.give("/bomb", gzip.compress(body), Content_Encoding="gzip")
    assert refusal(bomb, client) == "too_large"


def test_a_broken_answer_is_a_problem(site: Site, client: httpx.Client) -> None:
    broken = site.give("/gzip", gzip.compress(b"water")[5:], Content_Encoding="gzip")
    assert refusal(broken, client) == "fetch_failed"

    def short(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100")
        request.end_headers()
        request.wfile.write(b"half")
        request.close_connection = True

    site.pages["/short"] = short
    assert refusal(site.url + "/short", client) == "fetch_failed"


def test_a_drip_ends_at_the_deadline(
    site: Site, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "DEADLINE", -1.0)
    assert refusal(site.give("/", b"drop"), client) == "too_slow"


def test_nobody_there_is_a_problem(client: httpx.Client) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert refusal(f"http://127.0.0.1:{port}/", client) == "fetch_failed"


def test_redirects_are_followed_and_bounded(site: Site, client: httpx.Client) -> None:
    site.give("/there", b"here")
    assert http.fetch(site.give("/go", b"", 301, Location="/there"), Door(), client) == b"here"
    assert refusal(site.give("/loop", b"", 302, Location="/loop"), client) == "redirects"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://10.1.2.3/",
        "http://0.0.0.0/",
        "http://localhost/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(
    site: Site, client: httpx.Client, target: str
) -> None:
    url = site.give("/", b"", 302, Location=target)
    assert refusal(url, client) == "private_address"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x"])
def test_only_the_web_is_fetched(site: Site, client: httpx.Client, target: str) -> None:
    assert refusal(target, client) == "bad_url"
    assert refusal(site.give("/", b"", 302, Location=target), client) == "bad_url"


def test_a_public_name_with_a_private_address_is_refused_before_any_request(
    site: Site, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.give("/", b"secret")
    port = int(site.url.rpartition(":")[2])

    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert refusal(f"http://news.example:{port}/", client) == "private_address"
    assert site.asked == []


@pytest.mark.parametrize("url", ["http://", "http://[::", "http://a b/", "http://\udcff/", ""])
def test_a_url_that_is_none_is_a_problem(client: httpx.Client, url: str) -> None:
    assert refusal(url, client) in {"bad_url", "fetch_failed"}

from __future__ import annotations

import gzip
import socket
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from sourcier.commands.contact import add_contact
from sourcier.gather import web as module
from sourcier.gather.net import is_public
from sourcier.gather.web import Permits, Web
from sourcier.problems import InputError

from .conftest import Site


def refusal(url: str, web: Web, *, robots: bool = True) -> str:
    with pytest.raises(InputError) as caught:
        web.get(url, Permits(robots=robots))
    problem = caught.value.problem
    assert problem.where == url
    assert "\n" not in str(problem)
    return problem.code


def test_compressed_answers_are_opened(site: Site, web: Web) -> None:
    url = site.give("/", gzip.compress("вода".encode()), Content_Encoding="gzip")
    assert web.get(url).body == "вода".encode()


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_an_error_is_a_problem(site: Site, web: Web, status: int) -> None:
    assert refusal(site.give("/", b"no", status=status), web) == f"http_{status}"


def test_a_body_over_the_cap_is_refused_compressed_or_not(site: Site, web: Web) -> None:
    body = bytes(module.MAX_BYTES + 1)
    assert refusal(site.give("/big", body), web) == "too_large"
    bomb = site.give("/bomb", gzip.compress(body), Content_Encoding="gzip")
    assert refusal(bomb, web) == "too_large"


def test_a_broken_answer_is_a_problem(site: Site, web: Web) -> None:
    broken = site.give("/gzip", gzip.compress(b"water")[5:], Content_Encoding="gzip")
    assert refusal(broken, web) == "fetch_failed"

    def short(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100")
        request.end_headers()
        request.wfile.write(b"half")
        request.close_connection = True

    site.pages["/short"] = short
    assert refusal(site.url + "/short", web) == "fetch_failed"


def test_a_drip_ends_at_the_deadline(site: Site, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", -1.0)
    assert refusal(site.give("/", b"drop"), web, robots=False) == "too_slow"


def test_nobody_there_is_a_problem(web: Web) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert refusal(f"http://127.0.0.1:{port}/", web) == "fetch_failed"


def test_redirects_are_followed_and_bounded(site: Site, web: Web) -> None:
    site.give("/there", b"here")
    fetched = web.get(site.give("/go", b"", 301, Location="/there"))
    assert (fetched.body, fetched.url, fetched.moved) == (
        b"here", site.url + "/there", site.url + "/there",
    )  # fmt: skip
    assert web.get(site.give("/see", b"", 302, Location="/there")).moved is None
    assert refusal(site.give("/loop", b"", 302, Location="/loop"), web) == "redirects"


@pytest.mark.slow
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
def test_a_redirect_into_a_private_network_is_refused(site: Site, web: Web, target: str) -> None:
    url = site.give("/", b"", 302, Location=target)
    assert refusal(url, web) == "private_address"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x"])
def test_only_the_web_is_fetched(site: Site, web: Web, target: str) -> None:
    assert refusal(target, web) == "bad_url"
    assert refusal(site.give("/", b"", 302, Location=target), web) == "bad_url"


def test_a_public_name_with_a_private_address_is_refused_before_any_request(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.give("/", b"secret")
    port = int(site.url.rpartition(":")[2])

    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert refusal(f"http://news.example:{port}/", web) == "private_address"
    assert site.asked == []


@pytest.mark.parametrize("url", ["http://", "http://[::", "http://a b/", "http://\udcff/", ""])
def test_a_url_that_is_none_is_a_problem(web: Web, url: str) -> None:
    assert refusal(url, web) in {"bad_url", "fetch_failed"}


def test_a_packing_of_packings_is_refused(site: Site, web: Web) -> None:
    twice = gzip.compress(gzip.compress(b"water"))
    assert refusal(site.give("/", twice, Content_Encoding="gzip, gzip"), web) == "bad_encoding"


def test_a_head_that_drips_ends_at_the_deadline(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    ended = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            if ended.wait(0.02):
                break
            with suppress(OSError):
                request.wfile.write(f"X-{number}: drop\r\n".encode())
        request.close_connection = True

    site.pages["/drip"] = drip
    begun = time.monotonic()
    assert refusal(site.url + "/drip", web, robots=False) in {"too_slow", "fetch_failed"}
    assert time.monotonic() - begun < 1.5
    ended.set()


def test_a_source_may_name_a_private_network_behind_a_name(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.give("/", b"intranet")
    url = named(site, "wire.intranet.example", monkeypatch)
    assert refusal(url, web) == "private_address"
    assert web.get(url, Permits(private=True)).body == b"intranet"


def test_a_permit_for_a_private_network_does_not_follow_a_redirect(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.give("/", b"", 302, Location="http://10.1.2.3/")
    with pytest.raises(InputError) as caught:
        web.get(named(site, "wire.intranet.example", monkeypatch), Permits(private=True))
    assert caught.value.problem.code == "private_address"


def named(site: Site, host: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of `site` under another host name, which is looked up here alone."""
    port = int(site.url.rpartition(":")[2])
    found = socket.getaddrinfo

    def resolve(asked: str, *rest: Any, **more: Any) -> Any:
        if asked in {host, host.encode()}:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return found(asked, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return f"http://{host}:{port}/"


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.url.rpartition(":")[2])
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1", "127.0.0.1"])
    asked: list[str] = []

    def resolve(*_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> Any:
        asked.append(address[0])
        raise OSError("no way out of this test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert refusal(f"http://news.example:{port}/", web, robots=False) == "fetch_failed"
    assert asked == ["93.184.216.34"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "169.254.169.254",
     "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "fec0::1", "fd00:ec2::254",
     "ff02::1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::127.0.0.1",
     "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8"],
)  # fmt: skip
def test_what_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_what_is_of_the_public_internet(address: str) -> None:
    assert is_public(address)


def test_we_say_who_we_are(site: Site, web: Web) -> None:
    web.get(site.give("/a", b"x"))
    assert site.asked[-1]["User-Agent"].startswith("Sourcier/")
    assert "Mozilla" not in site.asked[-1]["User-Agent"]


def test_we_say_whom_to_write_to(site: Site) -> None:
    with Web(pause=0, contact="desk@galet.example") as web:
        web.get(site.give("/a", b"x"), Permits(private=True))
    assert site.asked[-1]["User-Agent"].endswith("; desk@galet.example)")


@pytest.mark.parametrize(
    "address", ["desk@galet.example\r\nX: y", "galet", "é@galet.example", "a)b@c"]
)
def test_a_contact_that_no_header_can_carry_is_refused(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = ArgumentParser()
    add_contact(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--contact", address])
    assert "neither a mail nor a web address" in capsys.readouterr().err

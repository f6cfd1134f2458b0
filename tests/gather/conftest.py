"""A web server on loopback whose answers are Python functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from sourcier.gather import open_client
from tests.loopback import served

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`pages` maps a path to its answer; `asked` collects the headers of each request."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Answer] = {}
        self.asked: list[dict[str, str]] = []

    def give(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Answer `path` with `body`; return its URL."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.pages[path] = answer
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(dict(self.headers))
            here.pages[self.path](self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address:
        here = Site(address)
        yield here


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """Yield one client for all: what costs is reading the certificates, and it keeps nothing."""
    with open_client() as opened:
        yield opened

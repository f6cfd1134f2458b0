"""A web server on loopback whose answers are Python functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from sourcier.gather.web import Web
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


def missing(request: BaseHTTPRequestHandler) -> None:
    request.send_error(404)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/robots.txt" or self.path in here.pages:
                here.asked.append(dict(self.headers))
            here.pages.get(self.path, missing)(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with served(Handler) as address:
        here = Site(address)
        yield here


@pytest.fixture
def web() -> Iterator[Web]:
    """Yield a client that makes no pauses."""
    with Web(pause=0) as opened:
        yield opened

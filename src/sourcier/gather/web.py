"""The web as `gather` asks it: politely, within bounds, and never in somebody's private network."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from sourcier import __version__
from sourcier.gather.fetched import Fetched, HttpError
from sourcier.gather.manners import Robots, Turns
from sourcier.gather.net import DEADLINE, PRIVATE, Transport, names_private
from sourcier.problems import InputError

MAX_BYTES = 8_000_000
"""The most bytes, decompressed, that one answer may have."""

SECONDS = 30.0
"""The most seconds that one answer may take, from the first connection to the last byte."""

USER_AGENT = f"Sourcier/{__version__} (live news desk; polls feeds and public pages)"
"""What every request says of us; before its last bracket stands whom to write to, where that is given."""

_REDIRECTS = 5
_PERMANENT = {301, 308}
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_CODINGS = {"", "identity", "gzip", "deflate"}


def _agent(contact: str) -> str:
    return f"{USER_AGENT[:-1]}; {contact})" if contact else USER_AGENT


@dataclass(frozen=True, slots=True)
class Permits:
    """What a source allows itself: `private` addresses, and pages that robots.txt forbids.

    A `trusted` address, one that a user wrote, may itself name a private host; one that was found in
    somebody's feed or page may not.
    """

    private: bool = False
    robots: bool = True
    trusted: bool = True


class Web:
    """A client for many doors and threads; close it, or use it as a context.

    `pause` is the least number of seconds between two requests to one host. No proxy is taken from the
    environment, since behind one the check of addresses would say nothing. `contact` is a mail or web
    address, in ASCII, for those who want to know who asks.
    """

    def __init__(self, *, pause: float = 1.0, contact: str = "") -> None:
        self._client = httpx.Client(
            transport=Transport(),
            timeout=_TIMEOUT,
            headers={"User-Agent": _agent(contact), "Accept-Encoding": "gzip, deflate"},
            trust_env=False,
        )
        self._turns = Turns(pause)
        self._robots = Robots(self._rules)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the client holds."""
        self._client.close()

    def get(
        self, url: str, permits: Permits = Permits(), headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Return what `url` gives; a status of 304 comes with an empty body.

        Raises InputError naming `url`: an error of the server (`HttpError`), an answer that is too
        slow, too
        large or broken, one that leads to an address which is not public, a page that robots.txt forbids.
        """
        with _naming(url):
            origin = httpx.URL(url)
            return self._follow(origin, _said_so(permits, origin), headers or {})

    def post(self, url: str, form: dict[str, list[str]], permits: Permits = Permits()) -> None:
        """Send a form to `url`; redirects are not followed, robots.txt is not asked.

        Raises InputError naming `url`, as `get` does.
        """
        with _naming(url):
            address = _checked(httpx.URL(url))
            extensions = _extensions(
                address, address, _said_so(permits, address), time.monotonic() + SECONDS
            )
            answer = self._client.post(
                address, data=form, extensions=extensions, follow_redirects=False
            )
            if not answer.is_success:
                raise HttpError(url, answer.status_code, answer.headers.get("Retry-After"))

    def send(
        self, url: str, body: bytes, headers: Mapping[str, str], permits: Permits = Permits()
    ) -> None:
        """Send `body` to `url`; redirects are not followed, robots.txt is not asked, the answer not read.

        Raises InputError naming `url`, as `get` does.
        """
        with _naming(url):
            address = _checked(httpx.URL(url))
            extensions = _extensions(
                address, address, _said_so(permits, address), time.monotonic() + SECONDS
            )
            request = self._client.build_request(
                "POST", address, content=body, headers=dict(headers), extensions=extensions
            )
            answer = self._client.send(request, stream=True, follow_redirects=False)
            answer.close()
            if not answer.is_success:
                raise HttpError(url, answer.status_code, answer.headers.get("Retry-After"))

    def _rules(self, url: str, private: bool) -> Fetched:
        return self._follow(httpx.URL(url), Permits(private=private, robots=False), {})

    def _follow(self, origin: httpx.URL, permits: Permits, headers: Mapping[str, str]) -> Fetched:
        begun, url, moved = time.monotonic(), origin, True
        for _ in range(_REDIRECTS + 1):
            extensions = _extensions(_checked(url), origin, permits, begun + SECONDS)
            if permits.robots:
                self._robots.check(str(url), bool(extensions[PRIVATE]))
            with self._turns.of(url.netloc.decode("ascii"), self._robots.delay(str(url))):
                request = self._client.build_request(
                    "GET", url, headers=_for(url, origin, headers), extensions=extensions
                )
                answer = self._client.send(request, stream=True, follow_redirects=False)
                try:
                    if not answer.has_redirect_location:
                        return _fetched(answer, origin, begun, moved and url != origin)
                finally:
                    answer.close()
            moved = moved and answer.status_code in _PERMANENT
            url = url.join(answer.headers["Location"])
        raise InputError(str(origin), "redirects", f"more than {_REDIRECTS} redirects")


def _for(url: httpx.URL, origin: httpx.URL, headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the headers that `url` may see: a redirect elsewhere gets no authorization."""
    if (url.scheme, url.netloc) == (origin.scheme, origin.netloc):
        return headers
    return {name: value for name, value in headers.items() if name != "Authorization"}


def _fetched(answer: httpx.Response, origin: httpx.URL, begun: float, moved: bool) -> Fetched:
    status = answer.status_code
    if status not in {httpx.codes.OK, httpx.codes.NOT_MODIFIED}:
        raise HttpError(str(origin), status, answer.headers.get("Retry-After"))
    body = b"" if status == httpx.codes.NOT_MODIFIED else b"".join(_capped(answer))
    return Fetched(
        url=str(answer.url),
        body=body,
        at=datetime.now(UTC),
        status=status,
        headers=tuple(answer.headers.multi_items()),
        moved=str(answer.url) if moved else None,
        seconds=time.monotonic() - begun,
    )


def _capped(answer: httpx.Response) -> Iterator[bytes]:
    """Yield the body; one that is packed twice is refused, since nothing bounds what it unfolds to."""
    where = str(answer.url)
    if answer.headers.get("Content-Encoding", "").strip().lower() not in _CODINGS:
        raise InputError(where, "bad_encoding", "a Content-Encoding that was not asked for")
    size = 0
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > MAX_BYTES:
            raise InputError(where, "too_large", f"more than {MAX_BYTES:,} bytes")
        yield chunk


def _checked(url: httpx.URL) -> httpx.URL:
    if url.scheme not in {"http", "https"} or not url.host:
        raise InputError(str(url), "bad_url", f"not a web address: {url}")
    return url


def _extensions(
    url: httpx.URL, origin: httpx.URL, permits: Permits, deadline: float
) -> dict[str, object]:
    """Return what the transport is told: a permit for private addresses is for the host that was named."""
    private = permits.private and url.netloc == origin.netloc
    return {PRIVATE: private, DEADLINE: deadline}


def _said_so(permits: Permits, origin: httpx.URL) -> Permits:
    """Return the permits of a source: one whose URL names a private address has said so."""
    named = permits.trusted and names_private(origin.host)
    return replace(permits, private=permits.private or named)


@contextmanager
def _naming(url: str) -> Iterator[None]:
    """Turn all that can go wrong with a request into a problem that names `url`."""
    try:
        yield
    except HttpError as error:
        raise HttpError(url, error.status, error.retry_after) from None
    except InputError as error:
        raise InputError(url, error.problem.code, error.problem.message) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        message = f"{type(error).__name__}: {error}"
        raise InputError(url, "fetch_failed", message) from None

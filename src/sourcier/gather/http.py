"""Fetching: polite, bounded, and never into somebody's private network.

::

    URL ─resolve→ addresses ─refuse private→ connect to that very address ─stream, capped→ bytes
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from sourcier import __version__
from sourcier.gather.state import Door
from sourcier.problems import InputError

MAX_BYTES = 8_000_000
"""The most bytes, decompressed, that one answer may have."""

DEADLINE = 30.0
"""The most seconds that one answer may take, from first to last byte."""

_REDIRECTS = 5
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_USER_AGENT = f"Sourcier/{__version__} (live news desk; polls feeds and public pages)"


def open_client() -> httpx.Client:
    """Return a client for `fetch`; the caller closes it.

    No connection is kept: each is made to an address that was checked for its own host name. No
    proxy is taken from the environment, since behind one that check would say nothing.
    """
    return httpx.Client(
        timeout=_TIMEOUT,
        limits=httpx.Limits(max_keepalive_connections=0),
        headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip, deflate"},
        trust_env=False,
    )


def fetch(url: str, door: Door, client: httpx.Client) -> bytes | None:
    """Return the bytes at `url`, None where they are those of the last time.

    Raises InputError naming `url`: an answer that is an error, too slow, too large, or that leads
    to an address which is not public. A `url` that itself names a private one may be reached.
    """
    headers = _conditions(door)
    try:
        origin = httpx.URL(url)
        body, answer = _follow(origin, headers, client)
    except InputError as error:
        problem = error.problem
        raise InputError(url, problem.code, problem.message) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        message = f"{type(error).__name__}: {error}"
        raise InputError(url, "fetch_failed", message) from None
    return _fresh(body, answer, door)


def post(url: str, form: dict[str, list[str]], client: httpx.Client) -> None:
    """Send a form to `url`; redirects are not followed.

    Raises InputError naming `url`: an answer that is no success, or an address which is not public. A
    `url` that itself names a private one may be reached.
    """
    try:
        origin = httpx.URL(url)
        address = _addresses(origin, origin)[0]
        answer = client.post(
            origin.copy_with(host=address),
            data=form,
            headers={"Host": origin.netloc.decode("ascii")},
            extensions={"sni_hostname": origin.host},
            follow_redirects=False,
        )
    except InputError as error:
        problem = error.problem
        raise InputError(url, problem.code, problem.message) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise InputError(url, "post_failed", f"{type(error).__name__}: {error}") from None
    if not answer.is_success:
        raise InputError(url, "http_status", f"HTTP status {answer.status_code}")


def _conditions(door: Door) -> dict[str, str]:
    headers = {"If-None-Match": door.etag, "If-Modified-Since": door.modified}
    return {name: value for name, value in headers.items() if value}


def _fresh(body: bytes, answer: httpx.Headers, door: Door) -> bytes | None:
    """Remember the validators; return `body` where it is new."""
    if not body:
        return None
    door.etag = answer.get("ETag")
    door.modified = answer.get("Last-Modified")
    return body if door.is_news(body) else None


def _follow(
    origin: httpx.URL, headers: dict[str, str], client: httpx.Client
) -> tuple[bytes, httpx.Headers]:
    """Return body (empty for 304) and headers of what `origin` leads to."""
    deadline = time.monotonic() + DEADLINE
    url = origin
    for _ in range(_REDIRECTS + 1):
        answer = _get(url, _addresses(url, origin), headers, client, deadline)
        if answer.location is None:
            return answer.body, answer.headers
        url = url.join(answer.location)
    raise InputError(str(origin), "redirects", f"more than {_REDIRECTS} redirects")


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    headers: httpx.Headers
    location: str | None = None


def _get(
    url: httpx.URL,
    addresses: list[str],
    headers: dict[str, str],
    client: httpx.Client,
    deadline: float,
) -> _Answer:
    """Ask the first of `addresses` that can be reached, under the host name of `url`."""
    failure: httpx.TransportError | None = None
    for address in addresses:
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers=headers | {"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.host},
        )
        try:
            response = client.send(request, stream=True, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
            continue
        try:
            return _answer(response, deadline)
        finally:
            response.close()
    raise failure or InputError(str(url), "no_address", f"{url.host} has no address")


def _answer(response: httpx.Response, deadline: float) -> _Answer:
    if response.has_redirect_location:
        return _Answer(b"", response.headers, response.headers["Location"])
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return _Answer(b"", response.headers)
    if response.status_code != httpx.codes.OK:
        where = str(response.url)
        raise InputError(where, "http_status", f"HTTP status {response.status_code}")
    return _Answer(b"".join(_capped(response, deadline)), response.headers)


def _capped(response: httpx.Response, deadline: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > MAX_BYTES:
            raise InputError(str(response.url), "too_large", f"more than {MAX_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise InputError(str(response.url), "too_slow", f"more than {DEADLINE:g} seconds")
        yield chunk


def _addresses(url: httpx.URL, origin: httpx.URL) -> list[str]:
    """Return the addresses of `url`'s host; raises InputError where one of them is not public."""
    if url.scheme not in {"http", "https"} or not url.host:
        raise InputError(str(url), "bad_url", f"not a web address: {url}")
    port = url.port or (443 if url.scheme == "https" else 80)
    found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    said_so = url.netloc == origin.netloc and _names_private(origin.host)
    if not said_so and not all(_is_public(address) for address in addresses):
        raise InputError(str(url), "private_address", f"{url.host} is no public address")
    return addresses


def _names_private(host: str) -> bool:
    """Tell whether a configured host is, in so many words, one of the private network."""
    try:
        return not _is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast

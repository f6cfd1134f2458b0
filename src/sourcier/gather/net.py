"""Connections: only to addresses that were checked, and none for longer than its deadline.

::

    host ─resolve→ addresses ─refuse private→ connect to that very address ─every read, in time→ bytes

The check is where the connection is made, so that no name, redirect or second look-up leads past it.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from sourcier.problems import InputError

PRIVATE = "private_addresses"
"""The extension of a request that may go to addresses which are not public."""

DEADLINE = "deadline"
"""The extension of a request that must end at this moment of the monotonic clock."""


class Transport(httpx.BaseTransport):
    """What `httpx.Client` sends with: one guarded connection a request, closed with its answer.

    No connection is kept: each is made to an address that was checked for its own host name.
    """

    def __init__(self) -> None:
        self._ssl = httpx.create_ssl_context(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; raises InputError for an address that is not public, and `httpx.TransportError`."""
        backend = _Guarded(
            private=bool(request.extensions.get(PRIVATE)),
            deadline=request.extensions.get(DEADLINE, float("inf")),
        )
        pool = httpcore.ConnectionPool(self._ssl, max_connections=1, network_backend=backend)
        with _told_to_httpx(request):
            answer = pool.handle_request(_for_core(request))
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, pool, request),
            extensions=answer.extensions,
        )


@contextmanager
def connected(
    host: str, port: int, *, private: bool, deadline: float, wait: float, tls: bool, most: int
) -> Iterator[Wire]:
    """Connect to a server of another protocol than HTTP, and end the connection.

    It is over at the `deadline` of the monotonic clock; `wait` is how many seconds one step may take, `most`
    how many bytes are read. Raises InputError for an address that is not public, and
    `httpcore.NetworkError`, `httpcore.TimeoutException`.
    """
    stream = _Guarded(private=private, deadline=deadline).connect_tcp(host, port, wait)
    try:
        if tls:
            stream = stream.start_tls(httpx.create_ssl_context(trust_env=False), host, wait)
        yield Wire(stream, wait, most)
    finally:
        stream.close()


class Wire(io.RawIOBase):
    """A connection in the place of a socket, for the standard library's clients."""

    def __init__(self, stream: httpcore.NetworkStream, wait: float, most: int) -> None:
        super().__init__()
        self._stream = stream
        self._wait = wait
        self._left = most

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 (a socket's)
        """Return what is read from it."""
        return io.BufferedReader(self)

    def sendall(self, data: bytes) -> None:
        """Send `data`."""
        self._stream.write(data, self._wait)

    def shutdown(self, how: int) -> None:
        """Wait for `close`: who made the connection ends it."""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come; raises InputError for more than was agreed."""
        data = self._stream.read(len(buffer), self._wait)
        self._left -= len(data)
        if self._left < 0:
            raise InputError("", "too_large", "the answers are too long")
        buffer[: len(data)] = data
        return len(data)


def _for_core(request: httpx.Request) -> httpcore.Request:
    assert isinstance(request.stream, httpx.SyncByteStream)
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _told_to_httpx(request: httpx.Request) -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "no answer in time", request=request) from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        httpcore.ProxyError,
    ) as error:
        raise httpx.TransportError(str(error) or "the line broke", request=request) from error


class _Body(httpx.SyncByteStream):
    """The body of an answer; with it, its connection ends."""

    def __init__(
        self, answer: httpcore.Response, pool: httpcore.ConnectionPool, request: httpx.Request
    ) -> None:
        self._answer = answer
        self._pool = pool
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _told_to_httpx(self._request):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _Guarded(httpcore.SyncBackend):
    def __init__(self, *, private: bool, deadline: float) -> None:
        super().__init__()
        self._private = private
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that can be reached, if all of them may be."""
        failure: Exception | None = None
        for address in _addresses(host, port, private=self._private):
            left = _left(self._deadline, timeout)
            try:
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Timed(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write ends at the deadline: a drip is no way around it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float | None:
    """Return the seconds that one step may take; raises InputError where the time is up."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise InputError("", "too_slow", "the answer took too long")
    limit = min(left, float("inf") if timeout is None else timeout)
    return None if limit == float("inf") else limit


def _addresses(host: str, port: int, *, private: bool) -> list[str]:
    """Return the addresses of `host`; raises InputError where one of them may not be reached."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private and not all(is_public(address) for address in addresses):
        raise InputError("", "private_address", f"{host} is no public address")
    return addresses


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where a gateway makes an IPv4 address of the last four bytes (RFC 6052)."""

_LOCAL = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b:1::/48", "fec0::/10")))
"""IPv4 in IPv6 as it once was (RFC 4291, 2.5.5.1), a site's own gateways (RFC 8215), and sites (RFC 3879)."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet; raises ValueError for no address."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _LOCAL):
            return False
        ip = _inner(ip) or ip
    return ip.is_global and not ip.is_multicast


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour


def names_private(host: str) -> bool:
    """Tell whether a host's name is, in so many words, of the private network."""
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

"""Manners: one request at a time to a host, a pause between two, and robots.txt (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from sourcier.gather.fetched import Fetched, HttpError
from sourcier.problems import InputError

AGENT = "Sourcier"
"""The product token that a robots.txt addresses us by."""

_LONGEST_DELAY = (
    30.0  # seconds of Crawl-delay that are kept; beyond, the poll's own rhythm is slower
)
_KEPT = 24 * 3600.0  # RFC 9309, 2.4: no longer than a day
_KEPT_AFTER_FAILURE = 300.0
_NO_HOST = {"bad_url", "private_address"}
_LARGEST = 500 * 1024  # bytes that RFC 9309, 2.5, asks to parse at least


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0


class Turns:
    """Who may ask a host now: one at a time, `pause` seconds after the last one."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Wait for `host` and hold it; `delay` is the pause that it asks for itself, in seconds."""
        with self._lock:
            turn = self._hosts.setdefault(host, _Host())
        with turn.lock:
            time.sleep(max(0.0, turn.free - time.monotonic()))
            try:
                yield
            finally:
                turn.free = time.monotonic() + max(self._pause, delay)


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: Protego | None  # None: all is forbidden
    until: float


class Robots:
    """What the robots.txt of each host says, asked once a day through `get`.

    `get(url, private)` fetches it. As RFC 9309 has it: where there is none (a 4xx), all is allowed; where the
    server fails or can't be reached, nothing is, until it is asked again.
    """

    def __init__(self, get: Callable[[str, bool], Fetched]) -> None:
        self._get = get
        self._known: dict[str, _Rules] = {}

    def check(self, url: str, private: bool) -> None:
        """Raise InputError where the host of `url` forbids it to us."""
        rules = self._of(url, private)
        if rules is None:
            raise InputError(url, "robots_unreachable", "robots.txt can't be read: not asked")
        if not rules.can_fetch(url, AGENT):
            raise InputError(url, "robots_forbid", "robots.txt forbids it")

    def delay(self, url: str) -> float:
        """Return the seconds between two requests that the host of `url` asks for, where known."""
        known = self._known.get(_origin(url))
        wanted = known.rules.crawl_delay(AGENT) if known and known.rules else None
        return min(float(wanted or 0.0), _LONGEST_DELAY)

    def _of(self, url: str, private: bool) -> Protego | None:
        origin, now = _origin(url), time.monotonic()
        known = self._known.get(origin)
        if known is None or known.until <= now:
            known = self._known[origin] = self._asked(origin, private, now)
        return known.rules

    def _asked(self, origin: str, private: bool, now: float) -> _Rules:
        try:
            body = self._get(f"{origin}/robots.txt", private).body
        except InputError as error:
            if error.problem.code in _NO_HOST:
                raise
            status = error.status if isinstance(error, HttpError) else 0
            if 400 <= status < 500 and status != 429:
                return _Rules(Protego.parse(""), now + _KEPT)
            return _Rules(None, now + _KEPT_AFTER_FAILURE)
        return _Rules(Protego.parse(body[:_LARGEST].decode("utf-8", "replace")), now + _KEPT)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

"""WebSub, the reader's side: feeds that name a hub are subscribed to, and read when it tells of a change.

What a hub sends is not read: it makes the door due, which then asks the feed itself. So a hub can wake a
door and do nothing else. Source: https://www.w3.org/TR/websub/
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sourcier.gather import State
from sourcier.gather.state import Hub
from sourcier.gather.web import Permits, Web
from sourcier.problems import InputError, Problem
from sourcier.types import Source

PATH = "/websub.callback/"
"""Where hubs reach us: no story's address, since a slug has no dot."""

LEASE = 86_400
"""Seconds for which a subscription is asked; a hub may give another lease."""

_AGAIN = timedelta(minutes=10)  # until one that was asked for and never verified is asked for anew
_LONGEST = 10 * 86_400
_SHORTEST = 60
_TICK = 5.0  # seconds between two looks at what is to be asked for
_METHODS = frozenset(("sha1", "sha256", "sha384", "sha512"))


@dataclass
class _Subscription:
    """One that was asked for; `until` is the end of its lease, null until the hub verified it."""

    source: str
    hub: Hub
    asked: datetime
    until: datetime | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    secret: str = field(default_factory=lambda: secrets.token_hex(24))

    def stands(self, hub: Hub, now: datetime) -> bool:
        """Tell whether there is nothing to ask: it holds for a while, or was asked for just now."""
        if hub != self.hub:
            return False
        fresh = self.until is not None and self.until - now > (self.until - self.asked) / 4
        return fresh or now - self.asked < _AGAIN


class Subscriptions(threading.Thread):
    """A thread that subscribes to the hubs that the doors met, and renews in the last quarter of a lease.

    `base` is the public address of the server, with its last slash; `wake` makes a source's door due.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        base: str,
        *,
        state: State,
        web: Web,
        now: Callable[[], datetime],
        wake: Callable[[str], None],
        report: Callable[[Problem], None],
    ) -> None:
        super().__init__(name="subscriptions", daemon=True)
        self._sources = sources
        self._base = base.rstrip("/")
        self._state = state
        self._web = web
        self._now = now
        self._wake = wake
        self._report = report
        self._by_source: dict[str, _Subscription] = {}
        self._by_token: dict[str, _Subscription] = {}
        self._ended = threading.Event()

    def stop(self) -> None:
        """End before the next look."""
        self._ended.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self._ended.wait(_TICK):
            self.look()

    def look(self) -> None:
        """Ask for each subscription that is missing or about to end."""
        for source in self._sources:
            hub = self._state.door(source).hub
            before = self._by_source.get(source.id)
            if hub and not (before and before.stands(hub, self._now())):
                self._ask(source, hub, before)

    def _ask(self, source: Source, hub: Hub, before: _Subscription | None) -> None:
        """Ask a hub; one that a feed names is of no private network but the feed's own."""
        asked = _Subscription(source.id, hub, self._now())
        if before and before.hub == hub:  # renewed under the same address, as the standard has it
            asked.token, asked.secret, asked.until = before.token, before.secret, before.until
        elif before:
            self._by_token.pop(before.token, None)
        self._by_source[source.id] = self._by_token[asked.token] = asked
        own = urlsplit(hub.url).netloc == urlsplit(source.url).netloc
        form = {
            "hub.mode": ["subscribe"],
            "hub.topic": [hub.topic],
            "hub.callback": [f"{self._base}{PATH}{asked.token}"],
            "hub.secret": [asked.secret],
            "hub.lease_seconds": [str(LEASE)],
        }
        try:
            self._web.post(hub.url, form, Permits(private=source.private, trusted=own))
        except InputError as error:
            message = f"not subscribed to {hub.topic}: {error.problem.message}"
            self._report(Problem(where=source.id, code="hub_failed", message=message))

    def verified(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what a hub is answered that asks whether we meant it; null where we did not."""
        found = self._by_token.get(token)
        asked = query.get("hub.mode") == "subscribe" and query.get("hub.challenge")
        if not found or not asked or query.get("hub.topic") != found.hub.topic:
            return None
        lease = query.get("hub.lease_seconds", "")
        seconds = int(lease) if lease.isascii() and lease.isdecimal() and len(lease) < 10 else LEASE
        found.until = self._now() + timedelta(seconds=max(_SHORTEST, min(seconds, _LONGEST)))
        return query["hub.challenge"]

    def knows(self, token: str) -> bool:
        """Tell whether a hub was given this address."""
        return token in self._by_token

    def told(self, token: str, body: bytes, signature: str | None) -> bool:
        """Take a hub's notice; one that the secret did not sign wakes nobody, and false is returned."""
        found = self._by_token.get(token)
        if found is None or not found.until or not _signed(found.secret, body, signature):
            return False
        self._wake(found.source)
        return True


def _signed(secret: str, body: bytes, signature: str | None) -> bool:
    method, _, given = (signature or "").partition("=")
    if method not in _METHODS or not given.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, method).hexdigest(), given.lower())

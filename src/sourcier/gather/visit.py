"""Visit: one poll of one door, with what the adapters may ask for while it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec

from sourcier.gather.fetched import Fetched
from sourcier.gather.folder import local_path, read_file
from sourcier.gather.item import Item
from sourcier.gather.state import Door
from sourcier.gather.web import Permits, Web
from sourcier.problems import Problem
from sourcier.types import Source


@dataclass
class Visit:
    """A poll of `source` at `now`, whose memory is `door`; `opened` once something new was behind it."""

    source: Source
    door: Door
    now: datetime
    web: Web
    opened: bool = False
    _fetched: dict[str, Fetched] = field(default_factory=dict)

    def open(self, headers: Mapping[str, str] | None = None) -> Fetched | None:
        """Return what is behind the door, of the web or of this machine; None where it is as last time.

        `headers` are sent along and kept nowhere. Raises InputError, as all of an adapter's asking does.
        """
        path = local_path(self.source)
        if path is not None:
            found = Fetched(url=path.absolute().as_uri(), body=read_file(path), at=self.now)
        else:
            found = self.web.get(
                self.source.url, self._permits(), {**self.door.conditions(), **(headers or {})}
            )
            self.door.pulse.opened(found)
        if not self.door.is_news(found):
            return None
        self.opened = True
        return self._kept(found)

    def fetch(self, url: str) -> Fetched:
        """Return what another address gives, to which the door leads.

        It may name a private host only where the source allows that, or is itself of that host.
        """
        same_host = urlsplit(url).netloc == urlsplit(self.source.url).netloc
        return self._kept(self.web.get(url, replace(self._permits(), trusted=same_host)))

    def holds(self, body: bytes, url: str) -> Fetched:
        """Return bytes that a door of this machine holds, as if they had been fetched."""
        return self._kept(Fetched(url=url, body=body, at=datetime.now(UTC)))

    def read_in(
        self, fetched: Fetched, found: Iterable[Item | Problem]
    ) -> Iterator[Item | Problem]:
        """Yield what was found, each item bound to the bytes that it was read from."""
        for one in found:
            if isinstance(one, Problem):
                yield one
            else:
                yield msgspec.structs.replace(one, raw=fetched.digest)

    def release(self, fetched: Fetched) -> None:
        """Let go of bytes that no later item is read from: an archive does not fit into memory."""
        self._fetched.pop(fetched.digest, None)

    def bytes_of(self, digest: str) -> Fetched | None:
        """Return what was fetched on this visit under that SHA-256."""
        return self._fetched.get(digest)

    def _kept(self, fetched: Fetched) -> Fetched:
        return self._fetched.setdefault(fetched.digest, fetched)

    def _permits(self) -> Permits:
        return Permits(private=self.source.private, robots=self.source.robots)

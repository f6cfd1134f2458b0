"""Fetched: the bytes behind an address as they came, which all that is captured from them can show."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sourcier.problems import InputError

_LINK = re.compile(r"""<([^<>]{1,2000})>\s*;[^,<>]{0,200}?\brel="?([\w-]{1,40})""")


@dataclass(frozen=True)
class Fetched:
    """One answer: decompressed bytes, the address that gave them (after redirects), status, headers.

    `status` is 200 and `headers` are empty for a file of this machine; `at` is an aware datetime.
    `moved` is where a permanent redirect leads, null where there was none; `seconds` is how long the
    answer took.
    """

    url: str
    body: bytes
    at: datetime
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    moved: str | None = None
    seconds: float = 0.0

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, in whatever case; null where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def links(self) -> dict[str, str]:
        """Return the address of each relation that Link headers (RFC 8288) tell, as it stands there."""
        told = (value for name, value in self.headers if name.lower() == "link")
        return {rel: url for value in told for url, rel in _LINK.findall(value)}


class RefusedError(InputError):
    """An answer that is none, and how long it asks to wait: seconds, or a date of HTTP."""

    def __init__(self, where: str, code: str, message: str, retry_after: str | None) -> None:
        super().__init__(where, code, message)
        self.retry_after = retry_after


class HttpError(RefusedError):
    """An answer that is no success: its `status`, and how long it asks to wait."""

    def __init__(self, where: str, status: int, retry_after: str | None) -> None:
        super().__init__(where, f"http_{status}", f"HTTP status {status}", retry_after)
        self.status = status

"""A mailbox on a server (IMAP4rev1), opened to be read alone: nothing is marked, moved or deleted.

Where it was left is remembered as UIDVALIDITY and UID (RFC 3501, 2.3.1.1). The connection is one of
`net`: to addresses that were checked, and over at its deadline, however slowly the server drips.
"""

from __future__ import annotations

import imaplib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import httpcore
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxLoginError

from sourcier.gather.fetched import Fetched
from sourcier.gather.mail_folder import MAX_BYTES
from sourcier.gather.net import Wire, connected, names_private
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

SECONDS = 60.0
"""The most seconds that one look into a mailbox may take; what is left comes with the next."""

MOST = 200
"""The most mails that are read in one look; of a mailbox that is new to us, the newest ones."""

_MOST_BYTES = 4 * MAX_BYTES  # that a server may send in one look
_PORTS = {"imaps": 993, "imap": 143}
_WAIT = 10.0  # seconds for one step
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_UID = re.compile(r"[1-9]\d{0,9}")
_POSITION = "imap"  # in the door's memory


def mails(visit: Visit) -> Iterator[Fetched | Problem]:
    """Yield the mails that came since the last look, in the order of their arrival.

    Raises InputError where the mailbox does not open, or its server is too slow, breaks off, or
    refuses us.
    """
    begun = time.monotonic()
    with _naming(visit.source.url), _opened(visit, begun + SECONDS) as box:
        validity = _validity(box)
        visit.door.pulse.opened(
            Fetched(visit.source.url, b"", visit.now, seconds=time.monotonic() - begun)
        )
        known, _, last = visit.door.read.get(_POSITION, "").partition(" ")
        after = int(last) if last and known == validity else 0
        for uid in _new(box, after, visit):
            visit.opened = True
            if found := _fetched(
                box, uid, f"{visit.source.url};UIDVALIDITY={validity}/;UID={uid}", visit
            ):
                yield found
            visit.door.read[_POSITION] = f"{validity} {uid}"


class _Client(imaplib.IMAP4):
    """The standard library's client on a connection of ours; no literal is longer than a mail may be."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__()

    def _create_socket(self, timeout: float | None) -> Any:  # noqa: ARG002 (the library's)
        return self._wire

    def read(self, size: int) -> bytes:
        """Return so many bytes; a server may announce any number."""
        if size > MAX_BYTES:
            raise InputError("", "too_large", f"more than {MAX_BYTES:,} bytes announced")
        return super().read(size)


class _MailBox(BaseMailBox):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Client(self._wire)


@contextmanager
def _opened(visit: Visit, deadline: float) -> Iterator[_MailBox]:
    """Open the mailbox that the source names, to be read alone."""
    source = visit.source
    parts = urlsplit(source.url)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    named = names_private(host)
    if not host or parts.scheme not in _PORTS:
        raise InputError(source.url, "bad_url", "not an address as imaps://host/folder")
    if parts.scheme == "imap" and not named:
        raise InputError(source.url, "bad_url", "imap:// would send the password in the clear")
    password = os.environ.get(source.password, "").strip()
    if not password or not source.user:
        message = f"no user, or the environment variable {source.password} has no password"
        raise InputError(source.id, "no_password", message)
    with connected(
        host, port, private=source.private or named, deadline=deadline, wait=_WAIT,
        tls=parts.scheme == "imaps", most=_MOST_BYTES,
    ) as wire:  # fmt: skip
        box = _MailBox(wire)
        _log_in(box, source.user, password)
        box.folder.set(unquote(parts.path).strip("/") or "INBOX", readonly=True)
        yield box
        box.client.logout()


def _log_in(box: _MailBox, user: str, password: str) -> None:
    try:
        if user.isascii() and password.isascii():
            box.login(user, password, initial_folder=None)
        else:
            box.login_utf8(user, password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise InputError("", "login_refused", "user or password refused") from None


def _validity(box: _MailBox) -> str:
    """Return the mailbox's UIDVALIDITY: under another one, no UID means what it did."""
    told = box.client.response("UIDVALIDITY")[1]
    value = told[0] if told else None
    return value.decode("ascii", "replace")[:20] if isinstance(value, bytes) else "0"


def _new(box: _MailBox, after: int, visit: Visit) -> list[int]:
    """Return the UIDs after that one, as many as are read in one look."""
    told = box.uids(f"UID {after + 1}:*", charset=None)
    found = sorted({int(uid) for uid in told if _UID.fullmatch(uid)})
    new = [uid for uid in found if uid > after]  # "5:*" names the last one even where it is 4
    if after:
        return new[:MOST]
    visit.door.pulse.cut(max(0, len(new) - MOST))
    return new[-MOST:]


def _fetched(box: _MailBox, uid: int, url: str, visit: Visit) -> Fetched | Problem | None:
    """Return a mail, unmarked (PEEK); None for one that was deleted meanwhile."""
    _, told = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    size = next((found for one in told if (found := _SIZE.search(_flat(one)))), None)
    if size and int(size[1]) > MAX_BYTES:
        return Problem(where=url, code="too_large", message=f"more than {MAX_BYTES:,} bytes")
    _, told = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    body = next((one[1] for one in told if isinstance(one, tuple) and one[1]), None)
    return visit.holds(body, url) if body else None


def _flat(told: Any) -> bytes:
    return b"".join(told) if isinstance(told, tuple) else told or b""


@contextmanager
def _naming(url: str) -> Iterator[None]:
    """Turn all that can go wrong with a mailbox into a problem that names `url`."""
    try:
        yield
    except InputError as error:
        raise InputError(
            error.problem.where or url, error.problem.code, error.problem.message
        ) from None
    except (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, IndexError) as error:
        raise InputError(url, "fetch_failed", f"{type(error).__name__}: {error}"[:300]) from None
    except (httpcore.TimeoutException, httpcore.NetworkError) as error:
        message = str(error) or "no answer in time"
        raise InputError(url, "fetch_failed", f"{type(error).__name__}: {message}") from None

"""Mail: communiqués from a mailbox (IMAP), a Maildir or a folder of .eml files, none marked or moved.

::

    message ─sender allowed, proven→ header, parts ─forward, quotes, footers→ Item

Each mail is a dispatch, known by its Message-ID; a correction of one by the same sender is its next version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import TYPE_CHECKING

from sourcier.gather import mail_folder, mail_imap
from sourcier.gather.canonical import checked_text
from sourcier.gather.documents import MOST
from sourcier.gather.feed_entry import authors
from sourcier.gather.fetched import Fetched
from sourcier.gather.folder import local_path
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.mail_message import body_of, fields, head_of, message_of, worded
from sourcier.gather.mail_text import bare_subject, corrects, forward_in, own_text
from sourcier.gather.mail_trust import allowance, check, sender_of
from sourcier.gather.moments import lenient_moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_MESSAGE_ID = re.compile(r"<([^\s<>]{3,250})>")
_LIST_LABEL = re.compile(r"^\[[^\]]{1,60}\]\s*")
_MOST_FORWARDS = 5  # within one another
_LONGEST_NOTE = 400  # characters above a forwarded message that only hand it on
_MOST_REFERENCES = 50


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the dispatch that each new mail of an allowed sender is; the others are counted in a Problem.

    Raises InputError for a source without `senders`, for a mailbox that does not open.
    """
    if not visit.source.senders:
        raise InputError(visit.source.id, "no_senders", "senders names nobody: anybody could write")
    local = local_path(visit.source) is not None
    strangers: list[str] = []
    for found in mail_folder.mails(visit) if local else mail_imap.mails(visit):
        if isinstance(found, Problem):
            yield found
            continue
        try:
            yield from visit.read_in(found, _dispatches(found, visit, strangers))
        except InputError as error:
            yield error.problem
        visit.release(found)
    if strangers:
        told = f"{len(strangers)} mails that none of senders sent, the last from {strangers[-1]}"
        yield Problem(where=visit.source.id, code="other_senders", message=told)


def _dispatches(mail: Fetched, visit: Visit, strangers: list[str]) -> Iterator[Item | Problem]:
    """Yield the dispatch that a mail is, and what of it was not read."""
    head = head_of(mail.body, mail.url)
    address, name = sender_of(head, mail.url)
    allowed = allowance(address, visit.source.senders)
    if allowed is None:
        strangers.append(address)
        return
    if visit.source.authserv:
        check(head, address, visit.source.authserv, mail.url)
    if _is_automatic(head):
        return
    letter = _Letter(message_of(mail.body, mail.url), mail.url)
    if letter.unread:
        told = f"attachments that are not read: {', '.join(letter.unread[:10])}"
        yield Problem(where=mail.url, code="unread_attachments", message=told)
    yield letter.item(visit, name or address, _dispatch(head, letter.subject, mail, allowed, visit))


class _Letter:
    """A mail as it is read: its text and subject, and whose they are where it was forwarded.

    Raises InputError naming `where` for one that can't be read.
    """

    def __init__(self, message: Message, where: str, depth: int = 0) -> None:
        self.message = message
        self.where = where
        body = body_of(message, where)
        self.unread = body.unread
        self.origins: list[Credit] = []
        whole = worded(next(fields(message, "Subject"), None))
        self.subject, forwarded, answered = bare_subject(_unlabelled(whole, message))
        reply = answered or bool(next(fields(message, "In-Reply-To"), None))
        tags = frozenset(_list_addresses(message))
        lines = self._forwarded(body.lines, forwarded, reply, tags)
        self.text = own_text(lines, reply=reply and not self.origins, tags=tags)
        if (
            body.letters
            and depth < _MOST_FORWARDS
            and (forwarded or len(self.text) <= _LONGEST_NOTE)
        ):
            self._take_over(_Letter(body.letters[0], where, depth + 1))

    def _forwarded(
        self, lines: list[str], announced: bool, reply: bool, tags: frozenset[str]
    ) -> list[str]:
        """Return the lines of the innermost message that was forwarded in the text, its origins noted."""
        for _ in range(_MOST_FORWARDS):
            found = forward_in(lines, announced=announced)
            if found is None:
                break
            above, inner = found
            if not announced and len(own_text(above, reply=reply, tags=tags)) > _LONGEST_NOTE:
                return above
            lines = inner.lines
            self.subject = bare_subject(inner.subject)[0] if inner.subject else self.subject
            self.origins.append(Credit(kind="forward", name=inner.sender))
        return lines

    def _take_over(self, inner: _Letter) -> None:
        """Be what an attached message says."""
        try:
            address, name = sender_of(inner.message, self.where)
        except InputError:
            address, name = "", None
        self.text, self.subject = inner.text, inner.subject or self.subject
        self.origins += [Credit(kind="forward", name=name or address or None), *inner.origins]
        self.unread = [*self.unread, *inner.unread]

    def item(self, visit: Visit, sender: str, dispatch: str) -> Item:
        """Return the item; its author is who sent it, where that is not the publisher."""
        zone = zone_named(visit.source.zone, visit.source.id)
        writers = authors([sender]) if sender != visit.source.publisher else ()
        archived = next(fields(self.message, "Archived-At"), "").strip("<> ")
        language = next(fields(self.message, "Content-Language"), "").split(",")[0].strip()
        return Item(
            text=checked_text(self.text, self.where),
            published=lenient_moment(next(fields(self.message, "Date"), None), zone),
            dispatch=dispatch,
            url=joined("", archived),
            title=self.subject or None,
            language=language or None,
            credits=(*self.origins, *writers),
        )


def _dispatch(head: Message, subject: str, mail: Fetched, allowed: str, visit: Visit) -> str:
    """Return the dispatch of a mail: its own, or that which it corrects for the same sender.

    A mail says so with Supersedes, or answers one and calls itself a correction.
    """
    own = next(_ids(head, "Message-ID"), None)
    identity = f"mid:{own}" if own else f"sha256:{mail.digest}"
    replaced = list(_ids(head, "Supersedes", "Replaces"))
    if corrects(subject):
        replaced += [*_ids(head, "In-Reply-To"), *reversed(list(_ids(head, "References")))]
    chains = visit.door.chains
    named = [f"{allowed} {one}" for one in [own, *replaced[:_MOST_REFERENCES]] if one]
    dispatch = next(filter(None, map(chains.get, named)), identity)
    if own:
        chains.pop(f"{allowed} {own}", None)
        chains[f"{allowed} {own}"] = dispatch
    while len(chains) > MOST:
        del chains[next(iter(chains))]
    return dispatch


def _ids(head: Message, *names: str) -> Iterator[str]:
    for name in names:
        for value in fields(head, name):
            yield from _MESSAGE_ID.findall(value)


def _is_automatic(head: Message) -> bool:
    """Tell whether a program answered: somebody is away, a mail did not arrive (RFC 3834, RFC 3462)."""
    said = next(fields(head, "Auto-Submitted"), "").lower()
    kind = next(fields(head, "Content-Type"), "").lower()
    return said.startswith("auto-replied") or kind.startswith("multipart/report")


def _unlabelled(subject: str, message: Message) -> str:
    """Return a subject without the label that a list puts before it."""
    return _LIST_LABEL.sub("", subject) if next(fields(message, "List-Id"), None) else subject


def _list_addresses(message: Message) -> Iterator[str]:
    """Yield what a list's footer names: the list's address, and where one leaves it."""
    for name in ("List-Unsubscribe", "List-Post", "List-Help"):
        for value in fields(message, name):
            for link in value.lower().split(","):
                bare = link.strip(" <>").removeprefix("mailto:").split("?")[0]
                if len(bare) > len("a@b.example"):
                    yield bare

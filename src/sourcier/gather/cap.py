"""CAP 1.1 and 1.2: files as they come, one message, or an Atom or RSS index of messages.

An alert, its updates and its cancellation are one dispatch (see `cap_chain`). Of a message that an index
leads to and that cannot be had, the fields of its entry are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sourcier.gather.cap_chain import Held, told
from sourcier.gather.cap_index import entry_link, entry_message
from sourcier.gather.cap_rules import at, faults, is_alert, refusal
from sourcier.gather.documents import documents, linked, remember
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.markup import Element
from sourcier.gather.xml import every, name, parsed, text
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_INDEXES = frozenset(("feed", "rss", "RDF"))
_ENDINGS = frozenset((".xml", ".cap"))


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each message, in the order in which they were sent."""
    found: list[tuple[datetime, int, Held]] = []
    for document in documents(visit, _ENDINGS, _root):
        for one in [document] if isinstance(document, Problem) else _messages(*document, visit):
            if isinstance(one, Problem):
                yield one
            elif (refused := refusal(one.alert, one.fetched.url)) is not None:
                yield from _once(refused, one.alert, visit)
            elif is_alert(one.alert):
                found.append((at(one.alert, "sent", visit.source.zone), len(found), one))
    for *_, held in sorted(found, key=lambda one: one[:2]):
        yield from visit.read_in(held.fetched, _read(held, visit))


def _root(fetched: Fetched) -> Element:
    root = parsed(fetched.body, fetched.url)
    if name(root) not in _INDEXES | {"alert"}:
        raise InputError(fetched.url, "bad_cap", "neither a CAP message nor an index of them")
    return root


def _messages(fetched: Fetched, root: Element, visit: Visit) -> Iterator[Held | Problem]:
    """Yield the messages of a document, or of what it leads to, each with the bytes it stands in."""
    if name(root) == "alert":
        yield Held(fetched, root)
    else:
        yield from _indexed(root, fetched, visit)


def _indexed(root: Element, fetched: Fetched, visit: Visit) -> Iterator[Held | Problem]:
    entries = [*every(root, "entry"), *every(root, "item")]
    visit.door.pulse.cut(max(0, len(entries) - MOST_ENTRIES))
    leading = {}
    for entry in entries[:MOST_ENTRIES]:
        if held := list(every(entry, "alert")):
            yield from (Held(fetched, one) for one in held)
        elif link := joined(fetched.url, entry_link(entry)):
            leading[link] = entry
    stamps = [(link, text(one, "updated") or text(one, "pubDate")) for link, one in leading.items()]
    for link, page in linked(visit, stamps):
        yield from _led_to(page, link, leading[link], fetched)


def _led_to(
    page: Fetched | Problem, link: str, entry: Element, index: Fetched
) -> Iterator[Held | Problem]:
    """Yield the message at the end of a link; where it cannot be had, what the index says of it."""
    try:
        if isinstance(page, Problem):
            raise InputError(page.where, page.code, page.message)
        message = parsed(page.body, page.url)
        if name(message) != "alert":  # an index there leads no further
            raise InputError(page.url, "bad_cap", "not a CAP message")
        yield Held(page, message, link)
    except InputError as error:
        brief = entry_message(entry)
        if brief is None:
            yield error.problem
            return
        words = f"{error.problem.message}; the fields of its entry in the index are taken instead"
        yield replace(error.problem, message=words)
        yield Held(index, brief, link, brief=True)


def _read(held: Held, visit: Visit) -> Iterator[Item | Problem]:
    odd = list(faults(held.alert))
    if odd:
        message = f"read, though not as CAP 1.2 has it: {'; '.join(odd)}"
        problem = Problem(where=held.fetched.url, code="odd_cap", message=message)
        yield from _once(problem, held.alert, visit)
    try:
        yield from told(held, visit)
    except InputError as error:
        yield error.problem


def _once(problem: Problem, alert: Element, visit: Visit) -> Iterator[Problem]:
    """Yield a problem of a message, unless it was told at an earlier poll."""
    key = f"{problem.code} {text(alert, 'identifier')[:200]} {text(alert, 'sent')[:40]}"
    if key not in visit.door.read:
        remember(visit, key, "told")
        yield problem

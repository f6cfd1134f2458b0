"""NewsML-G2 (IPTC): news items, alone or in a news message, their bodies in NITF or XHTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sourcier.gather.documents import documents, linked
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.markup import Element
from sourcier.gather.newsml_fields import wire
from sourcier.gather.wire import Wire, dispatches
from sourcier.gather.xml import children, every, name, parsed, text
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.fetched import Fetched
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".xml", ".newsml"))
_ROOTS = frozenset(("newsItem", "newsMessage", "packageItem"))


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item of text; an Atom index leads to more."""
    for fetched in documents(visit, _ENDINGS):
        yield from [fetched] if isinstance(fetched, Problem) else _read(fetched, visit)


def _read(fetched: Fetched, visit: Visit, *, indexed: bool = False) -> Iterator[Item | Problem]:
    try:
        root = parsed(fetched.body, fetched.url)
        if name(root) not in _ROOTS | (frozenset() if indexed else {"feed"}):
            raise InputError(fetched.url, "bad_newsml", f"no NewsML-G2: a <{name(root)[:40]}>")
    except InputError as error:
        yield error.problem
        return
    found = list(every(root, "newsItem"))
    visit.door.pulse.cut(max(0, len(found) - MOST_ENTRIES))
    yield from visit.read_in(fetched, dispatches(_wires(found[:MOST_ENTRIES], fetched), visit))
    if name(root) == "feed" and not found:
        for _, page in linked(visit, _links(root, fetched.url)):
            yield from [page] if isinstance(page, Problem) else _read(page, visit, indexed=True)


def _links(feed: Element, base: str) -> Iterator[tuple[str, str]]:
    for entry in list(children(feed, "entry"))[:MOST_ENTRIES]:
        links = (joined(base, one.get("href")) for one in children(entry, "link"))
        if link := next(filter(None, links), None):
            yield link, text(entry, "updated")


def _wires(news: list[Element], fetched: Fetched) -> Iterator[Wire | Problem]:
    for one in news:
        try:
            yield wire(one, fetched.url)
        except InputError as error:
            yield error.problem

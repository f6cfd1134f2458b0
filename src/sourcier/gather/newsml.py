"""NewsML-G2 (IPTC): news items, alone or in a news message, their bodies in NITF or XHTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sourcier.gather.documents import documents, linked
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.markup import Element
from sourcier.gather.newsml_fields import package, wire
from sourcier.gather.paging import paged
from sourcier.gather.wire import Wire, WirePage, dispatches
from sourcier.gather.xml import children, name, parsed, text
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.fetched import Fetched
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".xml", ".newsml"))
_READ = frozenset(("newsItem", "packageItem"))
_ROOTS = _READ | {"newsMessage"}
_INDEX = "feed"  # of Atom


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item of text; an Atom index leads to more."""
    for found in documents(visit, _ENDINGS, lambda fetched: _page(fetched, visit)):
        if isinstance(found, Problem):
            yield found
            continue
        for page in paged(found[1], lambda older: _page(older, visit), visit):
            yield from visit.read_in(page.fetched, dispatches(page.wires, visit))
            for _, led in linked(visit, page.links):
                yield from [led] if isinstance(led, Problem) else _led_to(led, visit)


def _led_to(fetched: Fetched, visit: Visit) -> Iterator[Item | Problem]:
    """Yield the items of a document that an index leads to; an index there leads no further."""
    try:
        page = _page(fetched, visit, _ROOTS)
    except InputError as error:
        yield error.problem
    else:
        yield from visit.read_in(fetched, dispatches(page.wires, visit))


def _page(fetched: Fetched, visit: Visit, roots: frozenset[str] = _ROOTS | {_INDEX}) -> WirePage:
    root = parsed(fetched.body, fetched.url)
    if name(root) not in roots:
        raise InputError(fetched.url, "bad_newsml", f"no NewsML-G2: a <{name(root)[:40]}>")
    found = [one for one in root.iter() if name(one) in _READ]
    visit.door.pulse.cut(max(0, len(found) - MOST_ENTRIES))
    wires = list(_wires(found[:MOST_ENTRIES], fetched))
    index = name(root) == _INDEX
    links = tuple(_links(root, fetched.url)) if index and not found else ()
    older = fetched.links().get("next") or (_next(root) if index else None)
    return WirePage(fetched, wires, older, links)


def _links(feed: Element, base: str) -> Iterator[tuple[str, str]]:
    for entry in list(children(feed, "entry"))[:MOST_ENTRIES]:
        links = (joined(base, one.get("href")) for one in children(entry, "link"))
        if link := next(filter(None, links), None):
            yield link, text(entry, "updated")


def _next(feed: Element) -> str | None:
    links = (one for one in children(feed, "link") if one.get("rel") == "next")
    return next((one.get("href") for one in links), None)


def _wires(news: list[Element], fetched: Fetched) -> Iterator[Wire | Problem]:
    for one in news:
        try:
            yield wire(one, fetched.url) if name(one) == "newsItem" else package(one, fetched.url)
        except InputError as error:
            yield error.problem

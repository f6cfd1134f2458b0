"""NewsML-G2 (IPTC): news items, alone or in a news message, their bodies in NITF or XHTML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from sourcier.gather.canonical import checked_text
from sourcier.gather.documents import documents, linked
from sourcier.gather.feed_entry import MOST_ENTRIES, authors, worded
from sourcier.gather.item import Item, adapted
from sourcier.gather.links import joined
from sourcier.gather.markup import Element, text_of
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.xml import children, every, name, parsed, text, within
from sourcier.problems import InputError, Problem
from sourcier.types import Credit

if TYPE_CHECKING:
    from sourcier.gather.fetched import Fetched
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".xml", ".newsml"))
_ROOTS = frozenset(("newsItem", "newsMessage", "packageItem"))
_BODIES = ("body.content", "body")  # of NITF, of XHTML
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item of text; an Atom index leads to more."""
    for fetched in documents(visit, _ENDINGS):
        yield from [fetched] if isinstance(fetched, Problem) else _read(fetched, visit)


def _read(fetched: Fetched, visit: Visit, *, indexed: bool = False) -> Iterator[Item | Problem]:
    try:
        root = parsed(fetched.body, fetched.url)
        if name(root) not in _ROOTS | (frozenset() if indexed else {"feed"}):
            raise InputError(fetched.url, "bad_newsml", "no NewsML-G2")
    except InputError as error:
        yield error.problem
        return
    found = list(every(root, "newsItem"))
    visit.door.pulse.cut(max(0, len(found) - MOST_ENTRIES))
    news = [one for one in found[:MOST_ENTRIES] if _is_news(one)]
    yield from visit.read_in(fetched, adapted(news, lambda one: _item(one, fetched.url, visit)))
    if name(root) == "feed" and not found:
        for _, page in linked(visit, _links(root, fetched.url)):
            yield from [page] if isinstance(page, Problem) else _read(page, visit, indexed=True)


def _links(feed: Element, base: str) -> Iterator[tuple[str, str]]:
    for entry in list(children(feed, "entry"))[:MOST_ENTRIES]:
        links = (joined(base, one.get("href")) for one in children(entry, "link"))
        if link := next(filter(None, links), None):
            yield link, text(entry, "updated")


def _code(element: Element, *path: str) -> str:
    """Return the local part of the concept at a path: "usable" of "stat:usable"."""
    for one in within(element, *path):
        return (one.get("qcode") or one.get("uri") or "").rpartition(":")[2].rpartition("/")[2]
    return ""


def _is_news(one: Element) -> bool:
    """Tell whether an item is text that may be used; a package names items that come by themselves."""
    kind = _code(one, "itemMeta", "itemClass")
    return kind in {"text", "composite", ""} and _code(one, "itemMeta", "pubStatus") != "withheld"


def _item(one: Element, where: str, visit: Visit) -> Item:
    identity = one.get("guid")
    if not identity:
        raise InputError(where, "bad_newsml", "a news item without guid")
    gone = _code(one, "itemMeta", "pubStatus") in {"canceled", "cancelled"}
    title = _title(one)
    created = _moment(text(one, "itemMeta", "versionCreated"), where, visit)
    first = text(one, "itemMeta", "firstCreated") or text(one, "contentMeta", "contentCreated")
    return Item(
        text="" if gone else checked_text(_body(one) or title or "", identity),
        dispatch=identity,
        title=title,
        published=_moment(first, where, visit) or created,
        updated=created,
        language=_language(one),
        credits=tuple(_credits(one, visit.source.publisher)),
        deleted=gone,
        embargo=_moment(text(one, "itemMeta", "embargoed"), where, visit),
    )


def _title(one: Element) -> str | None:
    told = text(one, "contentMeta", "headline") or text(one, "itemMeta", "title")
    return " ".join(told.split()) or None


def _body(one: Element) -> str:
    """Return the text of the first body that has one, a line a paragraph."""
    for inline in within(one, "contentSet", "inlineXML"):
        for wanted in _BODIES:
            bodies = [text_of(_bare(body)) for body in every(inline, wanted)]
            if told := "\n".join(filter(None, bodies)):
                return told
    for inline in within(one, "contentSet", "inlineData"):
        if (inline.text or "").strip():
            return worded(inline.text or "")
    return ""


def _bare(body: Element) -> Element:
    """Return a copy of a body whose elements have the names that HTML knows."""
    copy = etree.fromstring(etree.tostring(body, with_tail=False))
    for element in copy.iter():
        if isinstance(element.tag, str):
            element.tag = name(element)
    return copy


def _language(one: Element) -> str | None:
    tags = (each.get("tag") for each in within(one, "contentMeta", "language"))
    return next(filter(None, tags), one.get(_LANG))


def _credits(one: Element, publisher: str) -> Iterator[Credit]:
    """Yield whom the item credits: its creators, and the sources of its information."""
    named = list(within(one, "contentMeta", "creator"))
    yield from authors(" ".join(text(each, "name").split()) for each in named[:50])
    for source in list(within(one, "contentMeta", "infoSource"))[:50]:
        if (told := text(source, "name")) and told != publisher:
            yield Credit(kind="agency", name=told)


def _moment(value: str, where: str, visit: Visit) -> datetime | None:
    return moment(value, zone_named(visit.source.zone, where), where) if value else None

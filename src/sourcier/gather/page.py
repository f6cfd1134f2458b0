"""A web page: one dispatch, or each update of a live page; re-read at each poll so that edits are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import trafilatura
from trafilatura.settings import Document

from sourcier.gather import linked, live
from sourcier.gather.canonical import checked_text
from sourcier.gather.feed_entry import authors
from sourcier.gather.item import Item
from sourcier.gather.links import host
from sourcier.gather.markup import elements, parse, strings, text_of
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='dcterms.date' or @name='dcterms.created' or @name='date']/@content",
    "//article//time/@datetime",
)
_UPDATED = (
    "//meta[@property='article:modified_time']/@content",
    "//meta[@itemprop='dateModified']/@content",
    "//*[@itemprop='dateModified']/@datetime",
    "//meta[@name='dcterms.modified' or @name='last-modified']/@content",
)
_LANGUAGES = (
    "/html/@lang",
    "/html/@*[name()='xml:lang']",
    "//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content",
    "//meta[@property='og:locale']/@content",
)
_AUTHORS = (
    "//meta[@name='author' or @property='author' or @property='article:author']/@content",
    "//*[@itemprop='author']//*[@itemprop='name']/text()",
    "//*[@itemprop='author'][not(.//*)]/text()",
    "//a[@rel='author']//text()",
)
_ORIGINALS = (
    "//link[@rel='canonical']/@href",
    "//meta[@name='syndication-source' or @name='original-source']/@content",
)
_BODY = "//*[@itemprop='articleBody']"
_DATELINE = "//*[@itemprop='dateline']"

_URI = re.compile(r"https?://|sha256:[0-9a-f]{64}$|urn:uuid:")
_DATES = {"extensive_search": False}
"""Dates are taken from what a page declares, never guessed from its words: that search costs seconds."""

_MOST_CREDITS = 20
_LONGEST_DATELINE = 80
_ENOUGH = 0.6
"""The share of the declared text from which the one that was found in the page is preferred: it keeps
the paragraphs, which many systems drop from what they declare."""


class Page:
    """A parsed page: its root, the nodes of its JSON-LD, the one of its article, its zone.

    Raises InputError naming `url` for bytes that are no page.
    """

    def __init__(self, body: bytes, url: str, zone: str) -> None:
        root = parse(body)
        if root is None:
            raise InputError(url, "no_article", "no article was found in the page")
        self.body = body
        self.url = url
        self.root = root
        self.zone = zone_named(zone, url)
        self.nodes = linked.nodes(root)
        self.node = linked.article_node(self.nodes, url)

    def updates(self) -> list[Item | Problem]:
        """Return the updates of a live page, none for another."""
        return live.updates(self.root, self.nodes, self.url, self.zone)

    def article(self) -> Item:
        """Return the page's article; raises InputError for a page without one."""
        extracted = trafilatura.bare_extraction(
            self.body,
            url=self.url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
        found = extracted if isinstance(extracted, Document) else None
        title = found.title if found else None
        title = title or linked.text(self.node, "headline", "name")
        return Item(
            text=checked_text(self._dated(self._text(found)), self.url),
            published=self._declared("datePublished", _PUBLISHED),
            url=self.url,
            title=title or None,
            language=self._language(),
            updated=self._declared("dateModified", _UPDATED),
            credits=tuple(self._credits()),
        )

    def _text(self, extracted: Document | None) -> str:
        """Return the article's text: what was found in the page, else what the page declares it to be."""
        found = (extracted.text or "").removeprefix(f"{extracted.title}\n") if extracted else ""
        marked = "\n".join(text_of(one) for one in elements(self.root, _BODY)[:1])
        declared = linked.text(self.node, "articleBody") or ""
        text = max(found, marked, key=len) if len(found) < _ENOUGH * len(marked) else found
        if not text and not declared:
            raise InputError(self.url, "no_article", "no article was found in the page")
        return declared if len(text) < _ENOUGH * len(declared) else text

    def _dated(self, text: str) -> str:
        """Return the text with the dateline that the page declares, where it does not stand in it."""
        shown = [text_of(one) for one in elements(self.root, _DATELINE)]
        line = next(filter(None, [linked.text(self.node, "dateline"), *shown]), "").strip(" —–-")
        if not line or len(line) > _LONGEST_DATELINE or line in text[: 3 * _LONGEST_DATELINE]:
            return text
        return f"{line} — {text}"

    def _language(self) -> str | None:
        named = [*linked.texts(self.node, "inLanguage"), *self._stated(_LANGUAGES)]
        return next((name.strip() for name in named if name.strip()), None)

    def _stated(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            yield from strings(self.root, path)

    def _declared(self, name: str, paths: Sequence[str]) -> datetime | None:
        """Return the first time of day that the page declares; a bare date tells too little."""
        stated = [*linked.texts(self.node, name), *_everywhere(self.nodes, name)]
        return _first_time([*stated, *self._stated(paths)], self.zone)

    def _credits(self) -> Iterator[Credit]:
        """Yield the page's authors, and of what and whom its text is declared to be."""
        names = [*linked.named(self.node, "author", self.nodes)]
        written = names or [name for name in self._stated(_AUTHORS) if "://" not in name]
        yield from authors(written[:_MOST_CREDITS])
        publishers = set(linked.named(self.node, "publisher", self.nodes))
        for field in ("sourceOrganization", "provider"):
            for name in linked.named(self.node, field, self.nodes):
                if name not in publishers:
                    yield Credit(kind="source", name=name)
        originals = [*_elsewhere(self._stated(_ORIGINALS), self.url), *_based_on(self.nodes)]
        for address in dict.fromkeys(originals[:_MOST_CREDITS]):
            yield Credit(kind="source", url=address)


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the article of a page or the updates of a live one; raises InputError for neither."""
    if not (fetched := visit.open()):
        return
    page = Page(fetched.body, visit.source.url, visit.source.zone)
    updates = page.updates()
    if not updates:
        yield from visit.read_in(fetched, [page.article()])
        return
    shown = [one for one in updates if isinstance(one, Item)]
    known = {name: seen for name, seen in visit.door.live() if name != visit.source.url}
    yield from visit.read_in(fetched, [*updates, *live.vanished(shown, known)])


def article(body: bytes, url: str, zone: str) -> Item:
    """Return the article of the HTML page `body`, its paragraphs on lines of their own.

    Its times are those that the page declares; raises InputError naming `url` for a page that has
    no article.
    """
    return Page(body, url, zone).article()


def one_article(body: bytes, url: str, zone: str) -> Item | None:
    """Return the article of a page as `article` does; None for a live page, which has many."""
    page = Page(body, url, zone)
    return None if page.updates() else page.article()


def _elsewhere(links: Iterator[str], url: str) -> Iterator[str]:
    """Yield the links that lead to another host than that of `url`."""
    for link in links:
        address = urljoin(url, link) if _is_uri(link) else ""
        if address and host(address) != host(url):
            yield address


def _is_uri(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return bool(_URI.match(text))


def _based_on(nodes: Sequence[linked.Node]) -> Iterator[str]:
    """Yield the addresses and ids of what the page's JSON-LD says that it is based on."""
    for node in nodes:
        for work in linked.listed(node, "isBasedOn"):
            found = [work.get("identifier"), work.get("url")] if isinstance(work, dict) else [work]
            yield from (one for one in found if isinstance(one, str) and _is_uri(one))


def _everywhere(nodes: Sequence[linked.Node], name: str) -> Iterator[str]:
    """Yield the strings under `name` of the page itself, or of what has no type that says otherwise."""
    for node in nodes:
        if linked.is_a(node, {"WebPage"}) or "@type" not in node:
            yield from linked.texts(node, name)


def _first_time(values: Sequence[str], zone: ZoneInfo) -> datetime | None:
    for value in values:
        try:
            if len(value.strip()) > len("2024-11-22"):
                return moment(value, zone, "")
        except InputError:
            continue
    return None

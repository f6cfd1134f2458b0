"""A web page as one dispatch, re-read at each poll so that its edits are seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import trafilatura
from trafilatura.settings import Document

from sourcier.gather.canonical import checked_text
from sourcier.gather.item import Item
from sourcier.gather.markup import Element, parse, strings
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
)
_UPDATED = (
    "//meta[@property='article:modified_time']/@content",
    "//meta[@itemprop='dateModified']/@content",
    "//*[@itemprop='dateModified']/@datetime",
)

_URI = re.compile(r"https?://|sha256:[0-9a-f]{64}$|urn:uuid:")
_MOST_CREDITS = 20


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the article of a page; raises InputError for one without."""
    if fetched := visit.open():
        source = visit.source
        yield from visit.read_in(fetched, [article(fetched.body, source.url, source.zone)])


def article(body: bytes, url: str, zone: str) -> Item:
    """Return the article of the HTML page `body`, its paragraphs on lines of their own.

    Its times are those that the page declares; raises InputError naming `url` for a page that has
    no article.
    """
    root = parse(body)
    extracted = trafilatura.bare_extraction(
        body, url=url, include_comments=False, with_metadata=True
    )
    if root is None or not isinstance(extracted, Document):
        raise InputError(url, "no_article", "no article was found in the page")
    tz = zone_named(zone, url)
    text = (extracted.text or "").removeprefix(f"{extracted.title}\n")
    return Item(
        text=checked_text(text, url),
        published=_declared(root, _PUBLISHED, "datePublished", tz),
        url=url,
        title=extracted.title or None,
        language=root.get("lang"),
        updated=_declared(root, _UPDATED, "dateModified", tz),
        credits=_credits(root, url),
    )


def _credits(root: Element, url: str) -> tuple[Credit, ...]:
    """Return the pages and captures that a page declares its text to be of: canonical, `isBasedOn`."""
    canonical = strings(root, "//link[@rel='canonical']/@href")[:1]
    named = [*_elsewhere(canonical, url), *_based_on(root)]
    return tuple(Credit(kind="source", url=found) for found in dict.fromkeys(named[:_MOST_CREDITS]))


def _elsewhere(links: list[str], url: str) -> Iterator[str]:
    """Yield the links that lead to another host than that of `url`."""
    for link in links:
        address = urljoin(url, link) if _is_uri(link) else ""
        if address and urlsplit(address).hostname != urlsplit(url).hostname:
            yield address


def _is_uri(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return bool(_URI.match(text))


def _based_on(root: Element) -> Iterator[str]:
    """Yield the addresses and ids of what the page's JSON-LD says that it is based on."""
    for node in _nodes(root):
        based = node.get("isBasedOn")
        for work in based if isinstance(based, list) else [based]:
            found = [work.get("identifier"), work.get("url")] if isinstance(work, dict) else [work]
            yield from (one for one in found if isinstance(one, str) and _is_uri(one))


def _declared(root: Element, paths: tuple[str, ...], name: str, tz: ZoneInfo) -> datetime | None:
    """Return the first time of day that the page declares; a bare date tells too little."""
    stated = [value for path in paths for value in strings(root, path)]
    for value in (*_linked_data(root, name), *stated):
        try:
            if len(value.strip()) > len("2024-11-22"):
                return moment(value, tz, "")
        except InputError:
            continue
    return None


def _linked_data(root: Element, name: str) -> Iterator[str]:
    """Yield the strings under `name` in the page's JSON-LD, wherever they stand."""
    for node in _nodes(root):
        if isinstance(value := node.get(name), str):
            yield value


def _nodes(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, wherever they stand."""
    for script in strings(root, "//script[@type='application/ld+json']/text()"):
        try:
            waiting: list[Any] = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield node
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)

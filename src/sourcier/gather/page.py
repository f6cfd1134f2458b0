"""A web page as one dispatch, re-read at each poll so that its edits are seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import trafilatura
from trafilatura.settings import Document

from sourcier.gather.canonical import checked_text
from sourcier.gather.item import Item
from sourcier.gather.markup import Element, parse, strings
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError
from sourcier.types import Source

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


def items(body: bytes, source: Source) -> Iterator[Item]:
    """Yield the article of a page; raises InputError for one without."""
    yield article(body, source.url, source.zone)


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
    )


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
    for script in strings(root, "//script[@type='application/ld+json']/text()"):
        try:
            waiting: list[Any] = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, dict):
                if isinstance(value := node.get(name), str):
                    yield value
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)

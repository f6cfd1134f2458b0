"""What a page declares in JSON-LD (schema.org): its article, and the updates of its live coverage."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from sourcier.gather.feed_entry import worded
from sourcier.gather.links import joined
from sourcier.gather.markup import Element, strings

Node = dict[str, Any]

_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()"
_WRAPPINGS = ("<!--", "-->", "<![CDATA[", "]]>", "//")
_MOST_NODES = 20_000

LIVE = "LiveBlogPosting"

ARTICLES = frozenset(
    (
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "Report"),
        *("BackgroundNewsArticle", "OpinionNewsArticle", "AskPublicNewsArticle", "BlogPosting"),
        *("AdvertiserContentArticle", "ReviewNewsArticle", "SocialMediaPosting", LIVE),
    )
)


def nodes(root: Element) -> list[Node]:
    """Return the objects of the page's JSON-LD, wherever they stand, in the order of their depth."""
    found: list[Node] = []
    waiting: deque[Any] = deque(_scripts(root))
    while waiting and len(found) < _MOST_NODES:
        node = waiting.popleft()
        if isinstance(node, dict):
            found.append(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def _scripts(root: Element) -> Iterator[Any]:
    for script in strings(root, _SCRIPTS):
        text = script.strip()
        for wrapping in _WRAPPINGS:
            text = text.removeprefix(wrapping).removesuffix(wrapping).strip()
        try:
            yield json.loads(text.removesuffix(";"), strict=False, parse_int=str)
        except (ValueError, RecursionError):
            continue


def is_a(node: Node, types: Iterable[str]) -> bool:
    """Tell whether a node is of one of these types, however it writes the vocabulary."""
    return any(name.rpartition("/")[2].rpartition(":")[2] in types for name in texts(node, "@type"))


def article_node(found: list[Node], url: str) -> Node:
    """Return the node of the page's own article, not of one that it announces; empty without one."""
    articles = [node for node in found if is_a(node, ARTICLES)]
    own = [node for node in articles if url in set(_addresses(node, url))]
    unnamed = [node for node in articles if not any(_addresses(node, url))]
    return next(iter(own or unnamed or articles[:1]), {})


def _addresses(node: Node, base: str) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        for value in listed(node, name):
            link = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(link, str) and (whole := joined(base, link.partition("#")[0])):
                yield whole


def listed(node: Node, name: str) -> list[Any]:
    """Return what stands under `name`, which may be one thing or a list."""
    value = node.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def texts(node: Node, name: str) -> list[str]:
    """Return the strings under `name`."""
    return [value for value in listed(node, name) if isinstance(value, str)]


def text(node: Node, *names: str) -> str | None:
    """Return the plain text of the first of these fields that has one."""
    found = (worded(value) for name in names for value in texts(node, name))
    return next(filter(None, found), None)


def named(node: Node, name: str, found: Iterable[Node] = ()) -> Iterator[str]:
    """Yield the names of the persons or bodies under `name`; an `@id` alone is looked up in `found`."""
    for one in listed(node, name):
        if isinstance(one, str):
            yield worded(one)
        elif isinstance(one, dict):
            known = one if "name" in one else _of_id(one.get("@id"), found)
            yield from filter(None, (worded(value) for value in texts(known, "name")))


def _of_id(identity: object, found: Iterable[Node]) -> Node:
    same = (node for node in found if identity and node.get("@id") == identity and "name" in node)
    return next(same, {})

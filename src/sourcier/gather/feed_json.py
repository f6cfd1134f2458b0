"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): a wrong field costs that field alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sourcier.gather.feed_entry import MOST_ENTRIES, Entry, Feed, authors, worded
from sourcier.problems import InputError


def is_json(body: bytes) -> bool:
    """Tell whether the bytes begin as an object of JSON does."""
    return body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def json_feed(body: bytes, url: str) -> Feed:
    """Return the feed that `body` is; raises InputError naming `url` for what is none."""
    try:
        feed = json.loads(body.decode("utf-8-sig"), parse_int=str, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(url, "bad_feed", f"not a JSON Feed: {error}") from None
    items = feed.get("items")
    if not isinstance(items, list):
        raise InputError(url, "bad_feed", "not a JSON Feed: it has no items")
    read = [_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    return Feed(
        entries=(*read, *_deleted(feed)),
        title=_string(feed, "title"),
        language=_string(feed, "language"),
        next=_string(feed, "next_url"),
        hub=next(_hubs(feed), None),
        topic=_string(feed, "feed_url"),
        cut=max(0, len(items) - MOST_ENTRIES),
    )


def _entry(item: dict[str, Any]) -> Entry:
    full = worded(_string(item, "content_html") or "") or (_string(item, "content_text") or "")
    url = _string(item, "url")
    return Entry(
        guid=_string(item, "id") or url,
        url=url,
        title=_string(item, "title"),
        text=full or _string(item, "summary") or "",
        full=bool(full),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language"),
        credits=authors(one.get("name") for one in _authors(item)),
    )


def _authors(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the authors as either version of the format has them."""
    listed = item.get("authors")
    for author in listed if isinstance(listed, list) else [item.get("author")]:
        if isinstance(author, dict):
            yield author


def _deleted(feed: dict[str, Any]) -> Iterator[Entry]:
    """Yield the tombstones of our own extension (docs/formats.md)."""
    extension = feed.get("_sourcier")
    gone = extension.get("deleted") if isinstance(extension, dict) else None
    for one in gone if isinstance(gone, list) else []:
        if isinstance(one, dict) and _string(one, "id"):
            yield Entry(guid=_string(one, "id"), updated=_string(one, "date_deleted"), deleted=True)


def _hubs(feed: dict[str, Any]) -> Iterator[str]:
    hubs = feed.get("hubs")
    for hub in hubs if isinstance(hubs, list) else []:
        told = isinstance(hub, dict) and str(hub.get("type")).lower() == "websub"
        if told and (url := _string(hub, "url")):
            yield url


def _string(holder: dict[str, Any], name: str) -> str | None:
    value = holder.get(name)
    return value.strip() or None if isinstance(value, str) else None

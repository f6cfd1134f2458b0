"""RSS 0.9x to 2.0, RDF and Atom, repaired and then read by feedparser, which knows their dialects."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from sourcier.gather.feed_entry import Entry, Feed, authors, worded
from sourcier.gather.feed_repair import local_name, repaired
from sourcier.gather.markup import Element
from sourcier.problems import InputError
from sourcier.types import Credit

_ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}
_NUMBER = re.compile(r"\s*(\d{1,6})\b")
_TOMBSTONE = "deleted-entry"  # RFC 6721
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def xml_feed(body: bytes, url: str, content_type: str | None) -> Feed:
    """Return the feed that `body`, from `url`, is; raises InputError naming `url` for what is none."""
    sound = repaired(body, content_type)
    if sound is None or local_name(sound.root) not in _ROOTS:
        raise InputError(url, "bad_feed", "not a feed: neither RSS nor Atom")
    headers = {
        "content-type": "application/xml; charset=utf-8"
    }  # no address: it would alter the guids
    parsed = feedparser.parse(
        io.BytesIO(sound.xml),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    head = dict(parsed.feed)
    language = head.get("language")
    links = {link.get("rel"): link.get("href") for link in reversed(head.get("links", []))}
    return Feed(
        entries=(
            *(_entry(dict(one), language) for one in parsed.entries),
            *_tombstones(sound.root),
        ),
        title=worded(head.get("title") or "") or None,
        language=language,
        fresh=_fresh(head),
        next=links.get("next"),
        hub=links.get("hub"),
        topic=links.get("self"),
        cut=sound.cut,
        whole=sound.whole,
    )


def _entry(entry: dict[str, Any], feed_language: str | None) -> Entry:
    texts = [worded(content.get("value") or "") for content in entry.get("content") or []]
    full = max(texts, key=len, default="")
    return Entry(
        guid=entry.get("id") or None,
        url=_url(entry),
        title=" ".join(worded(entry.get("title") or "").split()) or None,
        text=full or worded(entry.get("summary") or ""),
        full=bool(full),
        published=entry.get("published"),
        updated=entry.get("updated"),
        language=_language(entry, feed_language),
        credits=(*authors(_names(entry)), *_source(entry.get("source"))),
    )


def _url(entry: dict[str, Any]) -> str | None:
    """Return the entry's link; RSS lets a guid be it, most of which are none."""
    links = [
        link.get("href") for link in entry.get("links") or [] if link.get("rel") == "alternate"
    ]
    guid = str(entry.get("id") or "")
    return next(filter(None, links), guid if guid.startswith(("http://", "https://")) else None)


def _language(entry: dict[str, Any], feed_language: str | None) -> str | None:
    """Return the entry's own language; what it only takes over from its feed is not its own."""
    details = [*(entry.get("content") or []), entry.get("title_detail") or {}]
    named = [entry.get("language"), *(detail.get("language") for detail in details)]
    return next((name for name in named if name and name != feed_language), None)


def _names(entry: dict[str, Any]) -> Iterator[object]:
    for author in entry.get("authors") or []:
        yield author.get("name")


def _source(source: dict[str, Any] | None) -> Iterator[Credit]:
    """Yield the feed that an entry says it was taken from."""
    if source:
        name, url = source.get("title") or source.get("value"), source.get("link")
        if name or url or source.get("href"):
            yield Credit(kind="source", name=name or None, url=url or source.get("href"))


def _fresh(head: dict[str, Any]) -> float:
    """Return the seconds that RSS's ttl (minutes) or the syndication module's period gives, or 0."""
    period = _PERIODS.get(str(head.get("sy_updateperiod", "")).strip().lower(), 0)
    often = _number(head.get("sy_updatefrequency")) or 1
    return max(_number(head.get("ttl")) * 60.0, period / often)


def _number(value: object) -> int:
    found = _NUMBER.match(str(value or ""))
    return int(found[1]) if found else 0


def _tombstones(root: Element) -> Iterator[Entry]:
    for child in root:
        if local_name(child) == _TOMBSTONE and child.get("ref"):
            yield Entry(guid=child.get("ref"), updated=child.get("when"), deleted=True)

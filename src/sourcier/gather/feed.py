"""RSS, Atom and JSON feeds: each entry is a dispatch, with its full text, its page's, or its blurb.

::

    bytes ─feed_repair, feed_xml | feed_json→ Feed of Entries ─feed_identity→ dispatches ─feed_blurbs→ Items
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sourcier.gather.canonical import checked_text
from sourcier.gather.feed_blurbs import Blurbs
from sourcier.gather.feed_entry import Entry, Feed
from sourcier.gather.feed_identity import dispatches
from sourcier.gather.feed_json import is_json, json_feed
from sourcier.gather.feed_xml import xml_feed
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.moments import lenient_moment, zone_named
from sourcier.gather.paging import paged
from sourcier.gather.state import Door, Hub
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class _Page:
    """One page of a feed: the bytes, what they say, and the dispatch that each entry is."""

    fetched: Fetched
    feed: Feed
    named: list[tuple[Entry, str | None]]

    @property
    def met(self) -> set[str | None]:
        return {dispatch for _, dispatch in self.named}

    @property
    def next(self) -> str | None:
        return self.feed.next


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the entries of a feed; raises InputError for what is none."""
    fetched = visit.open()
    if fetched is None:
        return
    first = _page(fetched, visit)
    _note(first, visit.door)
    blurbs = Blurbs(visit)
    for page in paged(first, lambda older: _page(older, visit), visit):
        yield from _entries(page, blurbs, visit)


def read(fetched: Fetched) -> Feed:
    """Return the feed that was fetched, of whatever dialect; raises InputError for what is none."""
    if is_json(fetched.body):
        return json_feed(fetched.body, fetched.url)
    return xml_feed(fetched.body, fetched.url, fetched.header("Content-Type"))


def _page(fetched: Fetched, visit: Visit) -> _Page:
    feed = read(fetched)
    zone = zone_named(visit.source.zone, visit.source.id)
    return _Page(fetched, feed, dispatches(_based(feed, fetched.url), visit.door, zone))


def _based(feed: Feed, url: str) -> list[Entry]:
    """Return the entries with whole addresses; one that is none is left out."""
    return [replace(entry, url=joined(url, entry.url)) for entry in feed.entries]


def _note(page: _Page, door: Door) -> None:
    """Keep what the feed says of itself: how long it is fresh, what a cap cut off, its hub.

    WebSub has the answer's Link headers go before the feed.
    """
    feed = page.feed
    if feed.fresh:
        door.pulse.fresh_for(feed.fresh)
    door.pulse.cut(feed.cut)
    told = page.fetched.links()
    hub = joined(page.fetched.url, told.get("hub") or feed.hub)
    topic = joined(page.fetched.url, told.get("self") or feed.topic)
    door.hub = Hub(hub, topic) if hub and topic else None


def _entries(page: _Page, blurbs: Blurbs, visit: Visit) -> Iterator[Item | Problem]:
    for entry, dispatch in page.named:
        try:
            item = _item(entry, dispatch, page.feed, visit.source)
        except InputError as error:
            yield error.problem
        else:
            yield from blurbs.completed(entry, item, page.fetched)
    if not page.feed.whole:
        visit.door.forget_bytes()
        message = "the feed ends in the middle: its last entry is left out"
        yield Problem(where=visit.source.url, code="half_feed", message=message)


def _item(entry: Entry, dispatch: str | None, feed: Feed, source: Source) -> Item:
    where = entry.url or source.url
    zone = zone_named(source.zone, where)
    updated = lenient_moment(entry.updated, zone)
    words = entry.text or entry.title or ""
    return Item(
        text="" if entry.deleted else checked_text(words, where),
        published=None if entry.deleted else lenient_moment(entry.published, zone) or updated,
        dispatch=dispatch,
        url=entry.url,
        title=entry.title,
        language=_language(entry, feed, source),
        updated=updated,
        credits=tuple(_credits(entry, feed, source)),
        deleted=entry.deleted,
    )


def _language(entry: Entry, feed: Feed, source: Source) -> str | None:
    """Return the entry's language; the feed's is heeded where the source does not name its only one.

    Publishing systems declare English for feeds of any language.
    """
    named = [entry.language, feed.language if len(source.languages) != 1 else None]
    return next((one for one in named if one and _LANGUAGE.fullmatch(one)), None)


def _credits(entry: Entry, feed: Feed, source: Source) -> Iterator[Credit]:
    """Yield whom an entry credits, but for the publisher itself."""
    for credit in entry.credits:
        if credit.name not in {source.publisher, feed.title} or credit.name is None:
            yield credit

"""RSS, Atom and JSON feeds: each entry is a dispatch, with its full text or its blurb."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import fastfeedparser

from sourcier.gather.canonical import checked_text
from sourcier.gather.item import Item, adapted
from sourcier.gather.markup import plain
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the entries of a feed; raises InputError for what is none."""
    if fetched := visit.open():
        yield from visit.read_in(fetched, entries(fetched.body, visit.source))


def entries(body: bytes, source: Source) -> Iterator[Item | Problem]:
    """Yield the entries of the feed that `body` is; raises InputError for what is none."""
    try:
        parsed = fastfeedparser.parse(body, include_tags=False, include_media=False)
    except ValueError as error:
        raise InputError(source.url, "bad_feed", str(error)) from None
    yield from adapted(parsed["entries"], lambda entry: _item(entry, source))


def _item(entry: dict[str, Any], source: Source) -> Item:
    url = entry.get("link") or None
    where = url or source.url
    title = plain(entry.get("title") or "") or None
    return Item(
        text=checked_text(_text(entry) or title or "", where),
        published=_moment(entry.get("published") or entry.get("updated"), source, where),
        dispatch=entry.get("id") or url,
        url=url,
        title=title,
        updated=_moment(entry.get("updated"), source, where),
        credits=_credits(entry, source),
    )


def _text(entry: dict[str, Any]) -> str:
    """Return the entry's full text, its blurb where it has none."""
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    candidates = (plain(html) for html in (*contents, entry.get("description") or ""))
    return next((text for text in candidates if text), "")


def _moment(value: str | None, source: Source, where: str) -> datetime | None:
    return moment(value, zone_named(source.zone, where), where) if value else None


def _credits(entry: dict[str, Any], source: Source) -> tuple[Credit, ...]:
    names = [author.get("name") for author in entry.get("authors") or []]
    return tuple(
        Credit(kind="author", name=name) for name in names if name and name != source.publisher
    )

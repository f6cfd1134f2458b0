"""ninjs 1.x to 3.x (IPTC): news items as JSON, from a watched folder, or a page or feed of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sourcier.gather import linked as nodes
from sourcier.gather.canonical import checked_text
from sourcier.gather.documents import documents
from sourcier.gather.feed_entry import MOST_ENTRIES, authors, worded
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item, adapted
from sourcier.gather.links import joined
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".json", ".ninjs"))
_LISTS = ("items", "_items", "results", "item", "associations")
_GONE = frozenset(("canceled", "cancelled", "withdrawn"))
_MOST_CREDITS = 50


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item; what is planned and what is no text is passed over."""
    for fetched in documents(visit, _ENDINGS):
        if isinstance(fetched, Problem):
            yield fetched
        else:
            yield from visit.read_in(fetched, _read(fetched, visit))


def _read(fetched: Fetched, visit: Visit) -> Iterator[Item | Problem]:
    try:
        found = _news(fetched, visit)
    except InputError as error:
        yield error.problem
    else:
        yield from adapted(found, lambda one: _item(one, fetched.url, visit))


def _news(fetched: Fetched, visit: Visit) -> list[dict[str, Any]]:
    """Return the items of a document: one, a list of them, or a page that holds a list."""
    try:
        told = json.loads(fetched.body.decode("utf-8-sig"), parse_int=str, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(fetched.url, "bad_ninjs", f"not JSON: {error}") from None
    if isinstance(told, dict) and not told.get("uri"):
        told = next((told[key] for key in _LISTS if isinstance(told.get(key), list)), [told])
    found = told if isinstance(told, list) else [told]
    visit.door.pulse.cut(max(0, len(found) - MOST_ENTRIES))
    news = [one for one in found[:MOST_ENTRIES] if isinstance(one, dict)]
    if not news:
        raise InputError(fetched.url, "bad_ninjs", "no news item in it")
    return [one for one in news if _is_news(one)]


def _is_news(one: dict[str, Any]) -> bool:
    kind = nodes.text(one, "type") or "text"
    return kind in {"text", "composite"} and nodes.text(one, "pubstatus", "pubStatus") != "withheld"


def _item(one: dict[str, Any], where: str, visit: Visit) -> Item:
    identity = nodes.text(one, "uri")
    if not identity:
        raise InputError(where, "bad_ninjs", "a news item without uri")
    gone = nodes.text(one, "pubstatus", "pubStatus") in _GONE
    title = _titled(one)
    first, created = (
        _moment(one, name, where, visit) for name in ("firstcreated", "versioncreated")
    )
    return Item(
        text="" if gone else checked_text(_text(one) or title or "", identity),
        dispatch=identity,
        url=joined(where, nodes.text(one, "canonicalurl", "canonicalUrl", "link"))
        or joined("", identity),
        title=title,
        published=first or created,
        updated=created,
        language=nodes.text(one, "language"),
        credits=tuple(_credits(one, visit.source.publisher)),
        deleted=gone,
        embargo=_moment(one, "embargoed", where, visit),
    )


def _text(one: dict[str, Any]) -> str:
    """Return the body as plain text: of 3.x and 2.x in `bodies`, of 1.x in fields of their own."""
    for body in _objects(one, "bodies"):
        if nodes.text(body, "role") in {None, "main", "body"} and (
            value := nodes.text(body, "value")
        ):
            return value
    own = (value for key, value in one.items() if key.startswith(("body_", "body")) and value)
    plain = one.get("body_text") or one.get("bodytext")
    told = plain or next((value for value in own if isinstance(value, str)), "")
    return worded(told) if isinstance(told, str) else ""


def _titled(one: dict[str, Any]) -> str | None:
    heads = list(_objects(one, "headlines"))
    main = [head for head in heads if nodes.text(head, "role") == "main"]
    named = (nodes.text(head, "value") for head in [*main, *heads])
    return nodes.text(one, "headline", "title") or next(filter(None, named), None)


def _credits(one: dict[str, Any], publisher: str) -> Iterator[Credit]:
    """Yield whom the item credits: its writers, and the agencies that it names as its sources."""
    byline = nodes.text(one, "byline")
    yield from authors(filter(None, [byline] if byline else []))
    for source in [*_objects(one, "infosources"), *_objects(one, "infoSources")][:_MOST_CREDITS]:
        named = nodes.text(source, "name")
        if named and named != publisher:
            yield Credit(kind="agency", name=named)


def _objects(one: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for value in nodes.listed(one, name):
        if isinstance(value, dict):
            yield value


def _moment(one: dict[str, Any], name: str, where: str, visit: Visit) -> datetime | None:
    value = next(
        (one[key] for key in one if key.lower() == name and isinstance(one[key], str)), None
    )
    return moment(value, zone_named(visit.source.zone, where), where) if value else None

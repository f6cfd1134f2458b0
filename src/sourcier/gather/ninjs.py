"""ninjs 1.x to 3.x (IPTC): news items as JSON, from a watched folder, or pages of a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sourcier.gather.documents import documents
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.ninjs_fields import Fields
from sourcier.gather.ninjs_linked import wires
from sourcier.gather.paging import paged
from sourcier.gather.wire import WirePage, dispatches
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".json", ".ninjs"))
_LISTS = ("items", "_items", "results", "item", "associations")
_NEXT = ("next", "next_page", "next_url", "nextPage")


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item of text."""
    for found in documents(visit, _ENDINGS, lambda fetched: _page(fetched, visit)):
        if isinstance(found, Problem):
            yield found
            continue
        for page in paged(found[1], lambda older: _page(older, visit), visit):
            yield from visit.read_in(page.fetched, dispatches(page.wires, visit))


def _page(fetched: Fetched, visit: Visit) -> WirePage:
    """Return the items of a document: one, a list of them, or a page that holds a list."""
    try:
        told = json.loads(fetched.body.decode("utf-8-sig"), parse_int=str, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(fetched.url, "bad_ninjs", f"not JSON: {error}") from None
    news = [_unwrapped(one) for one in _listed(told) if isinstance(one, dict)]
    visit.door.pulse.cut(max(0, len(news) - MOST_ENTRIES))
    if not news and not (isinstance(told, dict) and _list(told) is not None):
        raise InputError(fetched.url, "bad_ninjs", "no news item in it")
    found = (wire for one in news[:MOST_ENTRIES] for wire in wires(one, fetched.url))
    return WirePage(fetched, list(found), fetched.links().get("next") or _next(told))


def _listed(told: Any) -> list[Any]:
    if not isinstance(told, dict):
        return told if isinstance(told, list) else []
    listed = None if told.get("uri") else _list(told)
    return [told] if listed is None else listed


def _list(told: Fields) -> list[Any] | None:
    """Return the list that a page holds, itself or in its ``data``; None where it is no page."""
    data = told.get("data")
    if isinstance(data, list):
        return data
    places = (told, data) if isinstance(data, dict) else (told,)
    found = (place[key] for place in places for key in _LISTS if isinstance(place.get(key), list))
    return next(found, None)


def _unwrapped(one: Fields) -> Fields:
    """Return the item, where a page wraps each in an object with fields of its own."""
    inner = one.get("item")
    return inner if isinstance(inner, dict) and not one.get("uri") else one


def _next(told: Any) -> str | None:
    """Return the address of the next page as a page of JSON gives it: an address, or an object with one."""
    if not isinstance(told, dict):
        return None
    for place in (told, *map(told.get, ("_links", "links", "data", "pagination", "meta"))):
        for key in _NEXT if isinstance(place, dict) else ():
            value = place.get(key)  # type: ignore[union-attr]
            value = value.get("href") if isinstance(value, dict) else value
            if isinstance(value, str) and value:
                return value
    return None

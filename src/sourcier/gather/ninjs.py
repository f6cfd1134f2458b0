"""ninjs 1.x to 3.x (IPTC): news items as JSON, from a watched folder, or a page or feed of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sourcier.gather.documents import documents
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.ninjs_fields import wire
from sourcier.gather.wire import Wire, dispatches
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ENDINGS = frozenset((".json", ".ninjs"))
_LISTS = ("items", "_items", "results", "item", "associations")


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each news item of text."""
    for fetched in documents(visit, _ENDINGS):
        if isinstance(fetched, Problem):
            yield fetched
            continue
        try:
            news = _news(fetched, visit)
        except InputError as error:
            yield error.problem
        else:
            found = dispatches(_wires(news, fetched), visit)
            yield from visit.read_in(fetched, found)


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
    return news


def _wires(news: list[dict[str, Any]], fetched: Fetched) -> Iterator[Wire | Problem]:
    for one in news:
        try:
            yield wire(one, fetched.url)
        except InputError as error:
            yield error.problem

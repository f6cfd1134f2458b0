"""Entries that carry only a blurb: their pages are fetched, once for each version of the entry.

A page that fails is tried again with the next polls, `TRIES` times in all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sourcier.gather.feed_entry import Entry
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_SHORT = 600
"""Characters under which a description is taken for a blurb: two or three sentences of an agency."""

TRIES = 3
"""How many times a page is asked for that does not come."""

_PUT_OFF = 1_000  # pages of a door that are waited for at most, the longest known forgotten first

_GOES_ON = re.compile(r"(?:…|\.\.\.)\s?[\])]?\s?\Z")


class Blurbs:
    """Completes the entries of one poll: fetches at most as many pages as the source allows."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._left = visit.source.pages

    def completed(self, entry: Entry, item: Item, fetched: Fetched) -> Iterator[Item | Problem]:
        """Yield the item of an entry, with its page's article where that says more.

        A page that fails is a Problem. Its entry and those over the limit come with their blurb, those
        known as they were seen; the next poll goes on with them.
        """
        if not self._is_blurb(entry):
            yield from self._visit.read_in(fetched, [item])
            return
        stamped = replace(item, stamp=_stamp(entry))
        seen = self._visit.door.seen.get(item.key or "")
        if seen and seen.stamp == stamped.stamp:
            yield from self._visit.read_in(fetched, [stamped])
        elif self._left:
            self._left -= 1
            yield from self._from_page(stamped, fetched)
        else:
            yield from self._put_off(item, fetched)

    def _put_off(self, item: Item, fetched: Fetched) -> Iterator[Item | Problem]:
        """Leave an entry to the next poll: with its blurb until then, or as it was seen."""
        self._visit.door.forget_bytes()
        seen = self._visit.door.seen.get(item.key or "")
        if not (seen and seen.stamp):
            yield from self._visit.read_in(fetched, [replace(item, stamp=None)])

    def _is_blurb(self, entry: Entry) -> bool:
        """Tell whether an entry carries the beginning of a text, or a summary of it."""
        if not self._visit.source.pages or not entry.url or entry.deleted:
            return False
        short = len(entry.text) < _SHORT
        return short and (not entry.full or bool(_GOES_ON.search(entry.text)))

    def _from_page(self, item: Item, fetched: Fetched) -> Iterator[Item | Problem]:
        from sourcier.gather.page import one_article

        try:
            page = self._visit.fetch(item.url or "")
            found = one_article(page.body, page.url, self._visit.source.zone)
        except InputError as error:
            yield error.problem
            again = self._is_tried_again(item.stamp or "")
            yield from (
                self._put_off(item, fetched) if again else self._visit.read_in(fetched, [item])
            )
            return
        self._visit.door.waited.pop(item.stamp or "", None)
        if found is None or len(found.text) <= len(item.text):
            yield from self._visit.read_in(fetched, [item])
        else:
            yield from self._visit.read_in(page, [_with_article(item, found)])

    def _is_tried_again(self, stamp: str) -> bool:
        """Tell whether a page that just failed is asked for once more, and count it."""
        waited = self._visit.door.waited
        tries = waited.pop(stamp, 0) + 1
        if tries < TRIES:
            waited[stamp] = tries
            if len(waited) > _PUT_OFF:
                del waited[next(iter(waited))]
        return tries < TRIES


def _with_article(item: Item, page: Item) -> Item:
    """Return the entry with the words of its page; what both tell is as the feed has it."""
    more = tuple(credit for credit in page.credits if credit not in item.credits)
    return replace(
        item,
        text=page.text,
        title=item.title or page.title,
        published=item.published or page.published,
        updated=item.updated or page.updated,
        language=item.language or page.language,
        credits=item.credits + more,
    )


def _stamp(entry: Entry) -> str:
    content = f"{entry.title}\n{entry.text}\n{entry.updated}"
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:32]

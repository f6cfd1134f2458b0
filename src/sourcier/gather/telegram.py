"""The public web preview of a Telegram channel (``t.me/s/name``): its last posts, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sourcier.gather.item import Item, adapted
from sourcier.gather.markup import Element, elements, parse, strings, text_of
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.state import Gap
from sourcier.gather.telegram_posts import (
    Post,
    channel_of,
    dispatch_of,
    item_of,
    number_of,
    parts_of,
)
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.fetched import Fetched
    from sourcier.gather.visit import Visit

_POST = "//*[@data-post]"
_TEXT = (
    ".//*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')]"
    "[not(ancestor-or-self::*[contains(@class, 'message_reply')])]"
    "[not(ancestor::*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')])]"
)
_DATE = ".//a[contains(@class, 'tgme_widget_message_date')]"
_FORWARD = ".//*[contains(@class, 'tgme_widget_message_forwarded_from_name')]"
_ALBUM = ".//*[contains(@class, 'tgme_widget_message_grouped')]//@href"
_SINGLE = re.compile(r"/(\d{1,18})\?single\Z", re.ASCII)

_MOST_PAGES = 5
"""The most older pages, and pages of single posts, that one poll asks for: about a hundred posts."""


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield what the channel's preview shows since the last poll, and what is gone from it.

    The preview shows consecutive posts: a known one behind the first of them that is not there was
    deleted; one before them has merely scrolled out. What lies between the known ones and those that are
    shown is asked of older pages, now and at later polls. Raises InputError for a page without posts.
    """
    if fetched := visit.open():
        yield from _newest(visit, fetched)
    yield from _fill(visit)


def _newest(visit: Visit, fetched: Fetched) -> Iterator[Item | Problem]:
    shown = _shown(fetched)
    if not shown:
        raise InputError(
            visit.source.url, "no_posts", "no posts: the channel has no public preview"
        )
    first, last = min(shown), max(shown)
    newest = max(map(number_of, visit.door.seen), default=None)
    if newest is not None and first > newest + 1:
        visit.door.gaps.append(Gap(newest + 1, first - 1))
    yield from _told(visit, fetched, shown, last)
    for number in islice(_known(visit, last + 1), _MOST_PAGES):
        yield from _gone_from_the_end(visit, number)


def _told(
    visit: Visit, page: Fetched, shown: dict[int, Element], last: int
) -> Iterator[Item | Problem]:
    """Yield the posts of a page, and the known ones up to `last` that should be among them."""
    channel, source = channel_of(visit.source), visit.source
    gone = [one for one in _known(visit, min(shown)) if one <= last and one not in shown]
    posts = adapted(shown.items(), lambda one: item_of(_post(one[0], one[1], source), channel))
    yield from visit.read_in(page, posts)
    yield from visit.read_in(page, (_deletion(channel, number) for number in gone))


def _gone_from_the_end(visit: Visit, number: int) -> Iterator[Item | Problem]:
    """Yield the deletion of a post newer than all that are shown, where its own page has it no more.

    The list alone may be an old copy; where the page does not come, the next poll asks again.
    """
    base, _, name = visit.source.url.partition("?")[0].rstrip("/").rpartition("/s/")
    try:
        page = visit.fetch(f"{base}/{name}/{number}?embed=1")
    except InputError:
        visit.door.forget_bytes()
        return
    if not _shown(page):
        yield from visit.read_in(page, [_deletion(channel_of(visit.source), number)])


def _fill(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the posts of the gaps; those that are still unseen are told, with the reason, and kept."""
    pages = _MOST_PAGES
    for gap in list(visit.door.gaps):
        while gap in visit.door.gaps and pages > 0:
            pages -= 1
            try:
                page = visit.fetch(f"{visit.source.url.partition('?')[0]}?before={gap.last + 1}")
            except InputError as error:
                gap.tell(visit.door.pulse, error.problem.message)
                break
            shown = {one: post for one, post in _shown(page).items() if one <= gap.last}
            if not shown:
                gap.tell(visit.door.pulse, "older pages do not show them")
                visit.door.gaps.remove(gap)
                break
            yield from _told(visit, page, shown, gap.last)
            gap.last = min(shown) - 1
            if gap.last < gap.first:
                gap.close(visit.door.pulse)
                visit.door.gaps.remove(gap)
        else:
            if gap in visit.door.gaps:
                gap.tell(visit.door.pulse, "more than one poll asks for")


def _shown(page: Fetched) -> dict[int, Element]:
    """Return the posts of a page by number, in their order; an album's is the lowest of its own."""
    root = parse(page.body)
    posts = elements(root, _POST) if root is not None else []
    return {number: post for post in posts if (number := _number(post))}


def _number(post: Element) -> int:
    """Return the number of a post, the lowest of an album; 0 for none."""
    singles = filter(None, map(_SINGLE.search, strings(post, _ALBUM)))
    numbers = (int(found.group(1)) for found in singles)
    return min((number_of(str(post.get("data-post"))), *numbers))


def _post(number: int, post: Element, source: Source) -> Post:
    where = f"{source.url} {number}"
    link = next(iter(elements(post, _DATE)), None)
    stamps = strings(link, ".//time/@datetime") if link is not None else []
    return Post(
        number=number,
        where=where,
        parts=parts_of(elements(post, _TEXT)),
        published=moment(stamps[0], zone_named(source.zone, where), where) if stamps else None,
        url=link.get("href") if link is not None else None,
        forward=_forward(post),
    )


def _forward(post: Element) -> Credit | None:
    for origin in elements(post, _FORWARD):
        return Credit(kind="forward", name=text_of(origin) or None, url=origin.get("href"))
    return None


def _known(visit: Visit, first: int) -> list[int]:
    """Return the numbers of the posts that are known and not deleted, from `first` on, in order."""
    numbers = (number_of(dispatch) for dispatch, _ in visit.door.live())
    return sorted(number for number in numbers if number >= first)


def _deletion(channel: str, number: int) -> Item:
    return Item(text="", dispatch=dispatch_of(channel, number), deleted=True)

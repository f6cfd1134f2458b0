"""The public web preview of a Telegram channel (``t.me/s/name``): its last posts, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from sourcier.gather.canonical import checked_text
from sourcier.gather.item import Item, adapted
from sourcier.gather.markup import Element, elements, parse, strings, text_of
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_POST = "//*[@data-post]"
_TEXT = (
    ".//*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')]"
    "[not(ancestor-or-self::*[contains(@class, 'message_reply')])]"
)
_DATE = ".//a[contains(@class, 'tgme_widget_message_date')]"
_FORWARD = ".//*[contains(@class, 'tgme_widget_message_forwarded_from_name')]"


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield what the channel's preview shows, and what is gone from it."""
    if fetched := visit.open():
        known = {dispatch for dispatch, _ in visit.door.live()}
        yield from visit.read_in(fetched, posts(fetched.body, visit.source, known))


def posts(body: bytes, source: Source, known: Set[str]) -> Iterator[Item | Problem]:
    """Yield the posts that have a text, then a deletion for each of the `known` that is gone.

    The preview shows consecutive posts: a known one between the first and the last of them that
    is not there was deleted; one before them has merely scrolled out. Raises InputError for a page
    without posts.
    """
    root = parse(body)
    shown = elements(root, _POST) if root is not None else []
    if not shown:
        raise InputError(source.url, "no_posts", "no posts: the channel has no public preview")
    worded = [post for post in shown if elements(post, _TEXT)]
    yield from adapted(worded, lambda post: _item(post, source))
    yield from _deletions([str(post.get("data-post")) for post in shown], known)


def _item(post: Element, source: Source) -> Item:
    dispatch = str(post.get("data-post"))
    text = "\n".join(text_of(part) for part in elements(post, _TEXT))
    link = next(iter(elements(post, _DATE)), None)
    stamps = strings(link, ".//time/@datetime") if link is not None else []
    where = f"{source.url} {dispatch}"
    return Item(
        text=checked_text(text, where),
        published=moment(stamps[0], zone_named(source.zone, where), where) if stamps else None,
        dispatch=dispatch,
        url=link.get("href") if link is not None else None,
        credits=tuple(_forwarded(post)),
    )


def _forwarded(post: Element) -> Iterator[Credit]:
    for origin in elements(post, _FORWARD):
        yield Credit(kind="forward", name=text_of(origin) or None, url=origin.get("href"))


def _deletions(shown: list[str], known: Set[str]) -> Iterator[Item]:
    numbers = [_number(dispatch) for dispatch in shown]
    for dispatch in sorted(known - set(shown), key=_number):
        if min(numbers) < _number(dispatch) < max(numbers):
            yield Item(text="", dispatch=dispatch, deleted=True)


def _number(dispatch: str) -> int:
    last = dispatch.rpartition("/")[2]
    return int(last) if last.isdecimal() else 0

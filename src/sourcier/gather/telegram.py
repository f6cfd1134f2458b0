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


_MOST_PAGES = 5
"""The most older pages of a preview that one poll asks for to fill a gap: about a hundred posts."""


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield what the channel's preview shows since the last poll, and what is gone from it.

    The preview shows consecutive posts: a known one between the first and the last of them that
    is not there was deleted; one before them has merely scrolled out. Raises InputError for a page
    without posts.
    """
    if not (fetched := visit.open()):
        return
    known = {dispatch for dispatch, _ in visit.door.live()}
    newest = max(map(_number, visit.door.seen), default=None)
    shown = _shown(fetched.body)
    if not shown:
        raise InputError(
            visit.source.url, "no_posts", "no posts: the channel has no public preview"
        )
    names = [str(post.get("data-post")) for post in shown]
    for page, posts in _older(visit, names, newest):
        yield from visit.read_in(page, _worded(posts, visit.source))
    yield from visit.read_in(fetched, _worded(shown, visit.source))
    yield from visit.read_in(fetched, _deletions(names, known))


def _older(
    visit: Visit, names: list[str], newest: int | None
) -> Iterator[tuple[Fetched, list[Element]]]:
    """Yield older pages until they reach the `newest` known post; add their posts to `names`.

    What stays unseen is told as a gap.
    """
    oldest = min(map(_number, names))
    for _ in range(_MOST_PAGES):
        if newest is None or oldest <= newest + 1:
            return
        try:
            page = visit.fetch(f"{visit.source.url.partition('?')[0]}?before={oldest}")
        except InputError:  # the posts that are shown stand all the same
            break
        posts = _shown(page.body)
        numbers = [_number(str(post.get("data-post"))) for post in posts]
        if not posts or min(numbers) >= oldest:
            break
        oldest = min(numbers)
        names += [str(post.get("data-post")) for post in posts]
        yield page, posts
    if newest is not None and oldest > newest + 1:
        visit.door.pulse.missed(f"posts {newest + 1} to {oldest - 1}")


def _shown(body: bytes) -> list[Element]:
    root = parse(body)
    return elements(root, _POST) if root is not None else []


def _worded(posts: list[Element], source: Source) -> Iterator[Item | Problem]:
    """Yield the posts that have a text; those of a picture alone say nothing to read."""
    worded = [post for post in posts if elements(post, _TEXT)]
    yield from adapted(worded, lambda post: _item(post, source))


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

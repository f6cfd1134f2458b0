"""Posts of a Telegram channel, whichever door shows them: one name for each, one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from sourcier.gather.canonical import checked_text, clean
from sourcier.gather.item import Item
from sourcier.gather.markup import Element, quoted_parts
from sourcier.types import Credit, Source, Span

HOSTS = frozenset(("t.me", "telegram.me"))
"""Where the web shows public channels."""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """One post. `parts` are the pieces of its text, each with whether it is a quotation.

    The posts of an album share `album`; `where` names it in problems.
    """

    number: int
    where: str
    parts: tuple[tuple[str, bool], ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    url: str | None = None
    album: str | None = None
    forward: Credit | None = None


def channel_of(source: Source) -> str:
    """Return the channel's public name, lower-cased; the source's id where nothing tells it."""
    if source.channel:
        return source.channel.removeprefix("@").lower()
    parts = urlsplit(source.url)
    path = [part for part in parts.path.split("/") if part not in ("", "s")]
    on_the_web = parts.netloc in HOSTS or source.kind == "telegram"
    return (path[0].removeprefix("@") if on_the_web and path else source.id).lower()


def dispatch_of(channel: str, number: int) -> str:
    """Return the dispatch that a post is, through every door."""
    return f"{channel.lower()}/{number}"


def number_of(dispatch: str) -> int:
    """Return the post number at the end of a dispatch or an address, 0 for none."""
    last = dispatch.rpartition("/")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < 19 else 0


def albums(posts: Iterable[Post]) -> Iterator[Post]:
    """Yield the posts; those of an album, which follow each other, as one under its lowest number."""
    held: Post | None = None
    for post in posts:
        if held and held.album and held.album == post.album:
            held = _joined(held, post)
            continue
        if held:
            yield held
        held = post
    if held:
        yield held


def _joined(one: Post, other: Post) -> Post:
    first, second = sorted((one, other), key=lambda post: post.number)
    between = (("\n", False),) if first.parts and second.parts else ()
    return msgspec.structs.replace(
        first,
        parts=(*first.parts, *between, *second.parts),
        updated=max(filter(None, (one.updated, other.updated)), default=None),
        forward=first.forward or second.forward,
    )


def parts_of(texts: Iterable[Element]) -> tuple[tuple[str, bool], ...]:
    """Return the parts of a post whose texts are elements, line breaks between them."""
    found = [part for text in texts for part in quoted_parts(text)]
    return tuple(one for part in found for one in (("\n", False), part))[1:]


def item_of(post: Post, channel: str) -> Item:
    """Return the item that a post is; one without words has none any more, if it had some.

    Raises InputError for a text that is none.
    """
    dispatch = dispatch_of(channel, post.number)
    text = "".join(part for part, _ in post.parts)
    if not text.strip():
        return Item(text="", dispatch=dispatch, deleted=True)
    return Item(
        text=checked_text(text, post.where),
        published=post.published,
        updated=post.updated,
        dispatch=dispatch,
        url=post.url,
        credits=(post.forward,) if post.forward else (),
        quoted=tuple(_quoted(post)),
    )


def _quoted(post: Post) -> Iterator[Span]:
    start = 0
    for part, is_quoted in post.parts:
        end = start + len(clean(part))
        if is_quoted and start < end:
            yield start, end
        start = end

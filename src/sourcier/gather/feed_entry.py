"""What a feed of any dialect says, before it is held against what is known of its door."""

from __future__ import annotations

import html
from collections.abc import Iterable

import msgspec

from sourcier.gather.markup import plain
from sourcier.types import Credit


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; what the feed does not say is null, times are as it writes them.

    `text` is plain, one line a paragraph; it is `full` where the feed gives it as the article, not as
    a summary of it. `language` is as it stands there. `deleted` tells of a tombstone.
    """

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    text: str = ""
    full: bool = False
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    credits: tuple[Credit, ...] = ()
    deleted: bool = False


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it stands now: `fresh` seconds until it is worth asking again, `next` its older page.

    `hub` and `topic` are for a subscription. `cut` counts entries that a cap cut off; without `whole`, it
    ends in the middle, and what it ended in is left out.
    """

    entries: tuple[Entry, ...] = ()
    title: str | None = None
    language: str | None = None
    fresh: float = 0.0
    next: str | None = None
    hub: str | None = None
    topic: str | None = None
    cut: int = 0
    whole: bool = True


MOST_ENTRIES = 500
"""The most entries that are read of one feed: the first ones, the newest by custom."""


def worded(value: str) -> str:
    """Return the text of a value that may be HTML; one without a tag keeps its lines."""
    if "<" in value:
        return plain(value)
    lines = (" ".join(line.split(" ")).strip() for line in html.unescape(value).splitlines())
    return "\n".join(line for line in lines if line)


def authors(names: Iterable[object]) -> tuple[Credit, ...]:
    """Return a credit for each name that is one, once."""
    named = dict.fromkeys(worded(name) for name in names if isinstance(name, str))
    return tuple(Credit(kind="author", name=name) for name in named if name)

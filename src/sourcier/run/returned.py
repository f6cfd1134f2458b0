"""Returned: what was taken from a page of this desk and comes back in through a door.

A text, or the page that held it, names one of our entries by its address or its urn, or takes its words
without a credit; what it then descends from are the captures that the entry rests on, and weaving is told
so by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from msgspec.structs import replace

from sourcier.publish.formats.pack import urn
from sourcier.publish.links import anchor
from sourcier.types import Capture, Credit, Entry, Story

_ADDRESS = (
    r"""https?://[^\s"'<>]{1,200}?/%s/"""
    r"""(?:e/([\w.~%%-]{1,64})|(?:[\w.]{1,40}#)?(e-[\w.-]{1,80}))"""
)
"""An entry's address on a server, or in a folder: the anchor on a page, or a file named after it."""

_FILE = re.compile(r"(\.v\d+)?\.[a-z]{2,3}\.html$")
"""What the name of an entry's file has behind its anchor."""

_URN = re.compile(r"urn:uuid:[0-9a-f-]{36}")


def names_us(captures: Iterable[Capture], slug: str) -> bool:
    """Tell whether any of some captures may name an entry of the story `slug`."""
    address = re.compile(_ADDRESS % re.escape(slug))
    return any(address.search(text) or _URN.search(text) for c in captures for text in _where(c))


def returned(capture: Capture, story: Story) -> Capture:
    """Return a capture with the captures behind our entries that it names as its sources."""
    entries = {entry.id: entry for entry in story.entries}
    keys = dict.fromkeys(_keys(capture, story))
    named = [entries[key] for key in keys if key in entries]
    return descending(capture, named, story.publisher)


def descending(capture: Capture, entries: Iterable[Entry], publisher: str) -> Capture:
    """Return a capture with the captures behind `entries` of ours, the `publisher`'s, as its sources."""
    credits = (credit for entry in entries for credit in _behind(entry, publisher))  # noqa: A001
    fresh = tuple(dict.fromkeys(credit for credit in credits if credit not in capture.credits))
    return replace(capture, credits=capture.credits + fresh) if fresh else capture


def _keys(capture: Capture, story: Story) -> Iterator[str]:
    """Yield the ids of what may be entries that a capture names by their address or urn."""
    address = re.compile(_ADDRESS % re.escape(story.slug))
    known = {anchor(entry.id): entry.id for entry in story.entries}
    named = [name for text in _where(capture) for name in _URN.findall(text)]
    for text in _where(capture):
        for key, place in address.findall(text):
            name = (key or place).rstrip(".")  # which ends the sentence
            yield unquote(name) if key else known.get(_FILE.sub("", name), "")
    if named:
        urns = {urn(story.slug, c, e.id): e.id for e in story.entries for c in story.languages}
        yield from (urns[name] for name in named if name in urns)


def _where(capture: Capture) -> tuple[str, ...]:
    return (capture.text, *(credit.url for credit in capture.credits if credit.url))


def _behind(entry: Entry, publisher: str) -> tuple[Credit, ...]:
    """Return credits for the first capture of each origin of an entry; for us, where there is none."""
    captures = [origin.captures[0] for origin in entry.origins.origins if origin.captures]
    if not captures:
        return (Credit(kind="source", name=publisher),)
    return tuple(
        Credit(kind="source", name=publisher, url=f"sha256:{capture}") for capture in captures
    )

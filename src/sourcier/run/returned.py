"""Returned: what was taken from a page of this desk and comes back in through a door.

A text, or the page that held it, names one of our entries by its address or its urn; what it then
descends from are the captures that the entry rests on, and weaving is told so by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from msgspec.structs import replace

from sourcier.publish.formats.pack import urn
from sourcier.types import Capture, Credit, Entry, Story

_ADDRESS = r"""https?://[^\s"'<>]{1,200}?/%s/e/([\w.~%%-]{1,64})"""
_URN = re.compile(r"urn:uuid:[0-9a-f-]{36}")


def names_us(captures: Iterable[Capture], slug: str) -> bool:
    """Tell whether any of some captures may name an entry of the story `slug`."""
    address = re.compile(_ADDRESS % re.escape(slug))
    return any(address.search(text) or _URN.search(text) for c in captures for text in _where(c))


def returned(capture: Capture, story: Story) -> Capture:
    """Return a capture with the captures behind our entries that it names as its sources."""
    address = re.compile(_ADDRESS % re.escape(story.slug))
    keys = [unquote(key) for text in _where(capture) for key in address.findall(text)]
    named = [found for text in _where(capture) for found in _URN.findall(text)]
    entries = {entry.id: entry for entry in story.entries}
    if named:
        known = {urn(story.slug, code, key): key for key in entries for code in story.languages}
        keys += [known[name] for name in named if name in known]
    credits = (  # noqa: A001
        credit
        for key in dict.fromkeys(keys)
        if key in entries
        for credit in _behind(entries[key], story.publisher)
    )
    fresh = tuple(credit for credit in credits if credit not in capture.credits)
    return replace(capture, credits=capture.credits + fresh) if fresh else capture


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

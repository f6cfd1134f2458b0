"""Links of entries: as a card, and where the other page can be shown within ours, once a reader asks for it.

Nothing of another's is fetched before that. Without script a link is a link.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Entry, Link

_HOST = re.compile(r"^(?:www|m|mobile)\.")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is framed: whose it is, its address, its origin, whether it is a ``video`` or a ``post``."""

    provider: str
    address: str
    origin: str
    shape: str


@dataclass(frozen=True, slots=True)
class Card:
    """A link ready for its template; `site` is whose page it is. `frame` null: it can only be followed."""

    url: str
    title: str
    site: str
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class _Provider:
    name: str
    address: re.Pattern[str]
    frame: str
    shape: str


def card(view: View, entry: Entry) -> Card | None:
    """Return the card of an entry's link; null where there is none, or where it was withdrawn."""
    link = entry.link
    if link is None or entry.state == "retracted":
        return None
    title = typeset_around_quotes(link.title, view.text(entry)[1])
    return Card(link.url, title, link.site or host(link.url), frame(link))


def frame(link: Link) -> Frame | None:
    """Return what can be shown of a link's page within ours; null where its provider is not known."""
    parts = urlsplit(link.url)
    told = _HOST.sub("", (parts.hostname or "").lower()) + parts.path
    told += f"?{parts.query}" if parts.query else ""
    for provider in _providers():
        if found := provider.address.fullmatch(told):
            address = provider.frame.format(**found.groupdict())
            at = urlsplit(address)
            return Frame(provider.name, address, f"{at.scheme}://{at.netloc}", provider.shape)
    return None


def origins(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the origins that pages with `entries` may frame."""
    frames = (frame(entry.link) for entry in entries if entry.link and entry.state != "retracted")
    return tuple(sorted({one.origin for one in frames if one}))


def host(url: str) -> str:
    """Return whose page an address leads to: its host, without "www."."""
    return _HOST.sub("", (urlsplit(url).hostname or "").lower())


def names() -> tuple[str, ...]:
    """Return whose pages can be shown within ours."""
    return tuple(provider.name for provider in _providers())


@cache
def _providers() -> tuple[_Provider, ...]:
    text = (files("sourcier.publish") / "data" / "providers.toml").read_text("utf-8")
    return tuple(
        _Provider(one["name"], re.compile(one["address"]), one["frame"], one["shape"])
        for one in tomllib.loads(text)["provider"]
    )

"""Pack: a story in one language as every format hands it out, before any format's own grammar.

An item is the newest version of an entry, with its sources and the credit that whoever reprints it takes
along. A retracted entry is an item too: formats that can take a word back do so, the others say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from sourcier.publish.credit import entry_credit
from sourcier.publish.feed import label, note
from sourcier.publish.linked import card
from sourcier.publish.pictures import Shown, shown
from sourcier.publish.proof import origin_name
from sourcier.publish.prose import paragraphs
from sourcier.publish.render import environment
from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Capture, Entry, Event, Origin, Place

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f]+")
_IDS = uuid5(NAMESPACE_URL, "https://schema.org/LiveBlogPosting")


@dataclass(frozen=True, slots=True)
class Relay:
    """A captured dispatch that carried an item's words; `capture` is the SHA-256 of its content."""

    publisher: str
    capture: str
    published: datetime
    language: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Spring:
    """One independent origin of an item, with the dispatches that descend from it, oldest first.

    `captured`: the first of `relays` holds the origin's own words.
    """

    name: str
    role: str | None
    captured: bool
    relays: tuple[Relay, ...]


class Version(NamedTuple):
    """One version of an entry, when it went out, and where it is to be read."""

    number: int
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """One version of one entry. `urn` never changes; `address` always shows the newest version.

    `html` is the body with its credit and sources, `text` the body alone, its paragraphs apart by a line
    feed. `note` says what was wrong, or why the entry was withdrawn, `gone` that it was. `language` is that
    of the words; `versions` are oldest first.
    """

    entry: Entry
    urn: str
    address: str
    versions: tuple[Version, ...]
    language: str
    headline: str
    text: str
    html: Markup
    label: str
    springs: tuple[Spring, ...]
    credit: str
    note: str
    gone: str
    event: Event | None
    picture: Shown | None

    @property
    def linked(self) -> tuple[Relay, ...]:
        """The dispatches that have an address, each address once."""
        relays = (relay for spring in self.springs for relay in spring.relays)
        return tuple({relay.url: relay for relay in relays if relay.url}.values())

    @property
    def retracted(self) -> bool:
        """Whether the entry was withdrawn."""
        return self.entry.state == "retracted"

    @property
    def place(self) -> Place | None:
        """Where it happened: the entry's place, or its event's."""
        return self.entry.place or (self.event.place if self.event else None)


@dataclass(frozen=True, slots=True)
class Pack:
    """A story in one language. `items` are newest first; `started` and `updated` are aware moments.

    `ended` is null while the story is open.
    """

    view: View
    urn: str
    address: str
    title: str
    language: str
    publisher: str
    started: datetime
    updated: datetime
    ended: datetime | None
    items: tuple[Item, ...]

    @property
    def standing(self) -> tuple[Item, ...]:
        """The items that were not withdrawn."""
        return tuple(item for item in self.items if not item.retracted)

    @property
    def withdrawn(self) -> tuple[Item, ...]:
        """The items that were withdrawn."""
        return tuple(item for item in self.items if item.retracted)


def pack(view: View, limit: int | None = None) -> Pack:
    """Return the story of `view`; `limit` keeps the newest items alone.

    Raises ValueError where the links of `view` are not absolute: what is handed out is read elsewhere.
    """
    if not view.links.base.startswith(("https://", "http://")):
        raise ValueError(f"formats need absolute addresses, not {view.links.base!r}")
    entries = view.entries
    moments = [entry.updated for entry in entries] or [view.story.now]
    updated = max(moments)
    return Pack(
        view=view,
        urn=urn(view.story.slug, view.language),
        address=view.links.home,
        title=typeset_around_quotes(*view.title),
        language=view.language,
        publisher=view.story.publisher,
        started=min([entry.published for entry in entries] or [view.story.now]),
        updated=updated,
        ended=updated if view.story.closed else None,
        items=tuple(item(view, entry) for entry in entries[:limit]),
    )


def item(view: View, entry: Entry) -> Item:
    """Return one entry of `view` as it is handed out."""
    text, language = view.text(entry)
    pieces = paragraphs(view, entry, text.body, language)
    springs = tuple(_spring(view, origin) for origin in entry.origins.origins)
    credit = entry_credit(view, entry, view.links.entry(entry.id), entry.updated).striptags()
    template = environment().get_template("item.html")
    said, picture = note(view, entry), shown(view, entry)
    return Item(
        entry=entry,
        urn=urn(view.story.slug, view.language, entry.id),
        address=view.links.entry(entry.id),
        versions=_versions(view, entry),
        language=language,
        headline=typeset_around_quotes(text.headline, language),
        text="\n".join("".join(piece.text for piece in paragraph) for paragraph in pieces),
        html=Markup(  # noqa: S704 - the template escapes
            template.render(
                t=view.words,
                paragraphs=pieces,
                springs=springs,
                credit=credit,
                note=said,
                picture=picture,
                card=card(view, entry),
            ).strip()
        ),
        label=label(view, entry),
        springs=springs,
        credit=credit,
        note=said,
        gone=_gone(view, entry) if entry.state == "retracted" else "",
        event=view.story.events.get(entry.event or ""),
        picture=picture,
    )


def urn(*names: str) -> str:
    """Return the id of a story or entry in a language: it stays when the page moves to another host."""
    return uuid5(_IDS, "/".join(names)).urn


def picture_urn(pack: Pack, item: Item, digest: str) -> str:
    """Return the id of a picture as one item shows it: with its words in that language."""
    return urn(pack.view.story.slug, pack.language, item.entry.id, digest)


def _gone(view: View, entry: Entry) -> str:
    published, clock = view.moment(entry.published), view.moment(entry.updated)
    return view.words("retraction.gone", published=published, clock=clock)


def _versions(view: View, entry: Entry) -> tuple[Version, ...]:
    known = view.story.history.get(entry.id, (entry,))
    return tuple(
        Version(one.version, one.updated, view.links.version(entry.id, one.version))
        for one in known
    )


def _spring(view: View, origin: Origin) -> Spring:
    relays = tuple(_relay(view, capture) for capture in view.captures(origin.captures))
    return Spring(origin_name(view, origin), origin.role, origin.captured, relays)


def _relay(view: View, capture: Capture) -> Relay:
    language = capture.language or ""
    return Relay(
        publisher=(capture.publisher or "").strip() or view.words("path.unnamed"),
        capture=capture.id,
        published=capture.updated or capture.published,
        language=language if _TAG.fullmatch(language) else None,
        url=_web(capture.url),
        title=(capture.title or "").strip() or None,
    )


def _web(url: str | None) -> str | None:
    """Return an address that readers may follow and formats may hold: a whole one of the web."""
    return url if url and _ADDRESS.fullmatch(url) else None

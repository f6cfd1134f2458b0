"""Entry and Story: what the desk hands to publish."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from sourcier.types.capture import Capture
from sourcier.types.claim import Claim, Place
from sourcier.types.event import AlertInterval, Change, Copy, Event, Origins

EntryState = Literal["draft", "published", "corrected", "retracted"]
EntryKind = Literal[
    "text", "toll", "statement", "occurrence", "alert", "measure", "correction", "retraction",
    "background", "recap", "key_point", "image", "link",
]  # fmt: skip


class EntryText(msgspec.Struct, frozen=True, kw_only=True):
    """An entry's words in one language: plain text; words in quotation marks are a source's own."""

    headline: str
    body: str = ""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that an entry shows: its files are named after `digest`, a mark of its content.

    `width` and `height` are those of the largest, in pixels; `widths` are offered as WebP. `credit` says
    whose it is; `alt` what it shows and `caption` what is to be said of it, per language. `size` is how
    many bytes the JPEG has that feeds carry, 0 where that is not known.
    """

    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    credit: str = ""
    alt: dict[str, str] = {}
    caption: dict[str, str] = {}
    size: int = 0


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Another's page that an entry leads to: its address (https), its title, whose it is ("": its host)."""

    url: str
    title: str
    site: str = ""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entry was first published: story (with its titles by language), entry and its version.

    What it rests on stays there: its claims and captures are that story's.
    """

    story: str
    titles: dict[str, str]
    entry: str
    version: int


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A page on the web that a card rests on: its title, its address (https)."""

    title: str
    url: str


class CardRef(msgspec.Struct, frozen=True, kw_only=True):
    """The background card, in one of its versions, that an entry was made of, and what that rests on."""

    id: str
    version: int
    sources: tuple[Reference, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one item of the live page.

    `id` never changes; `version` counts from 1; `sequence` numbers every publication, correction and
    retraction of a story, so that a reader can resume from it. `published` is when version 1 went
    out, `updated` when this version did. `note` says per language what was wrong (correction) or
    why it was withdrawn (retraction). `regards` is the entry that a correction or retraction is
    about. Of several pinned entries the one of the lowest `rank` stands first. Before `not_before`
    nobody may read it: an embargo. `shared` is the entry of another story whose words it took,
    `card` the background card that it was made of.
    """

    id: str
    story: str
    version: int
    sequence: int
    kind: EntryKind
    state: EntryState
    published: datetime
    updated: datetime
    texts: dict[str, EntryText]
    event: str | None = None
    claims: tuple[str, ...] = ()
    place: Place | None = None
    zone: str | None = None
    origins: Origins = Origins()
    note: dict[str, str] = {}
    regards: str | None = None
    pinned: bool = False
    rank: int = 0
    not_before: datetime | None = None
    shared: Shared | None = None
    picture: Picture | None = None
    card: CardRef | None = None
    link: Link | None = None


class Takes(msgspec.Struct, frozen=True, kw_only=True):
    """Which dispatches a story takes: those of a source, or with a word; any one suffices.

    `sources` are ids of sources, `words` whole words or phrases, or
    beginnings of words that end in "*".
    """

    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `publish` needs to make a page, a feed or a data set: no query, no clock.

    `entries` holds the newest version of each entry, newest `published` first; `history` all
    versions of those that were corrected or retracted, oldest first. `captures` and `claims` hold
    what entries, ledgers and alerts point to. `alert_history` holds the states of each alert, oldest
    first, of those that were withdrawn too, where these were asked for. `now` is the page's moment,
    `live` whether it is the present one; `sequence` is the last one handed out. `publisher` is whose
    page it is. `frozen` is since when it is `closed`.
    """

    slug: str
    titles: dict[str, str]
    zone: str
    languages: tuple[str, ...]
    now: datetime
    sequence: int
    live: bool = True
    closed: bool = False
    frozen: datetime | None = None
    demo: bool = False
    entries: tuple[Entry, ...] = ()
    history: dict[str, tuple[Entry, ...]] = {}
    events: dict[str, Event] = {}
    alerts: tuple[AlertInterval, ...] = ()
    alert_history: dict[str, tuple[AlertInterval, ...]] = {}
    captures: dict[str, Capture] = {}
    claims: dict[str, Claim] = {}
    copies: dict[str, Copy] = {}
    changes: tuple[Change, ...] = ()
    total: Origins = Origins()
    publisher: str = "Sourcier"

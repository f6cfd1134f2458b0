"""An edition: one state of a story as files that any static server or CDN carries.

``page.<language>.<digest>.html`` is named after what is in it and never changes. ``live.json``, the
pointer, names the newest one in each language; an open tab asks for it now and then, and fetches a page
only when it shows something new. Beside them stand the doors: addresses that people keep (the page, its
map, its entries, their versions), each a whole page in itself. docs/scale.md says how to serve them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256

from sourcier import jsonl
from sourcier.publish.finder import search_page
from sourcier.publish.links import FolderLinks
from sourcier.publish.mappage import map_page
from sourcier.publish.page import entry_page, live_page
from sourcier.publish.pictures import Files, none, wanted
from sourcier.publish.pointer import mark, pointer
from sourcier.publish.view import View
from sourcier.types import Entry, Story

_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of one state, by name, in the order in which they are to be put in place.

    `kept` are immutable; `doors` and the `pointer` replace what has their name.
    """

    kept: dict[str, bytes]
    doors: dict[str, bytes]
    pointer: bytes


@dataclass(slots=True)
class Press:
    """Makes the editions of one story; it remembers what it made, so that only what changed is made again.

    `fed`: feeds are written beside the pages, which announce them. `load` gives the files of pictures.
    """

    fed: bool = False
    load: Files = none
    _entries: dict[str, object] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _pictures: set[str] = field(default_factory=set)
    _shown: object = None
    _pointer: bytes = b""

    def edition(self, story: Story) -> Edition | None:
        """Return what has to be written for this state; null where readers would see nothing new.

        Clocks and charts go on with time: the pages are made again in a new hour too, for those who come.
        """
        shown = (mark(story), story.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0))
        kept, doors = ({}, {}) if shown == self._shown else self._files(story)
        said = pointer(story, self._pages)
        if not doors and said == self._pointer:
            return None
        self._shown, self._pointer = shown, said
        return Edition(kept, doors, said)

    def _files(self, story: Story) -> tuple[dict[str, bytes], dict[str, bytes]]:
        views = [_view(story, language) for language in story.languages]
        pages = {view.language: _page(view, fed=self.fed) for view in views}
        self._pages = {code: _kept(code, page) for code, page in pages.items()}
        kept = {self._pages[code]: page for code, page in pages.items()}
        new = wanted(story) - self._pictures
        kept |= {name: body for digest in sorted(new) for name, body in self.load(digest).items()}
        self._pictures |= new
        doors = {name: html for view in views for name, html in self._entry_doors(view)}
        doors["claims.jsonl"] = "".join(
            f"{jsonl.encode(claim)}\n" for claim in story.claims.values()
        ).encode()
        doors |= {
            view.links.searching: search_page(view, story.languages).html.encode() for view in views
        }
        doors |= {
            view.links.map: map_page(view, story.languages, frozen=True).html.encode()
            for view in views
        }
        return kept, doors | {view.links.home: pages[view.language] for view in views}

    def _entry_doors(self, view: View) -> Iterator[tuple[str, bytes]]:
        for entry in view.entries:
            made_from = _made_from(view, entry)
            for name, version in _addresses(view, entry):
                if self._entries.get(name) != made_from:
                    page = entry_page(view, view.story.languages, entry.id, version, frozen=True)
                    self._entries[name] = made_from
                    yield name, page.html.encode()


def files_of(said: bytes) -> set[str]:
    """Return the names of the pages that a pointer leads to; none for what is no pointer."""
    try:
        return {str(name) for name in json.loads(said)["pages"].values()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()


def _view(story: Story, language: str) -> View:
    return View(story, language, FolderLinks("", story.slug, language, story.languages[0]))


def _page(view: View, *, fed: bool) -> bytes:
    languages = view.story.languages
    page = live_page(view, languages, [], frozen=True, followed=True, announced=fed)
    return page.html.encode()


def _kept(code: str, page: bytes) -> str:
    return f"page.{code}.{sha256(page).hexdigest()[:_DIGEST]}.html"


def _addresses(view: View, entry: Entry) -> Iterator[tuple[str, int | None]]:
    yield view.links.entry(entry.id), None
    versions = {entry.version, *(one.version for one in view.story.history.get(entry.id, ()))}
    for version in sorted(versions):
        yield view.links.version(entry.id, version), version


def _made_from(view: View, entry: Entry) -> object:
    """Return all that an entry's pages show: its words and origins, its event, and the page's day."""
    story = view.story
    return (
        entry,
        story.history.get(entry.id),
        story.events.get(entry.event or ""),
        view.entry_by_id.get(entry.regards or ""),
        story.titles,
        view.today(story.now),
    )

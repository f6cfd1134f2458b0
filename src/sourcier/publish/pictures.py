"""Pictures of entries: how a page shows them, and which a folder needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Entry, Picture, Story

FEED = 960
"""How wide the JPEG is at most that feeds carry, in pixels."""
JPEG = "image/jpeg"

Files = Callable[[str], Mapping[str, bytes]]
"""Gives the files of a picture, by name, for the mark of its content."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The file that others are given, a JPEG: its address, its pixels, its bytes (0: not known)."""

    address: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture ready for its template; `digest` is the mark of its content.

    `language` is that of its words, null for the page's own.
    """

    source: str
    sources: str
    jpeg: Carried
    digest: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    language: str | None


def shown(view: View, entry: Entry) -> Shown | None:
    """Return the picture of an entry; null where there is none, or where it was withdrawn with its entry."""
    picture, current = entry.picture, view.entry_by_id.get(entry.id, entry)
    if picture is None or "retracted" in (entry.state, current.state) or not picture.widths:
        return None
    code = view.text(entry)[1]
    code = code if code in picture.alt else next(iter(picture.alt), code)
    files = {
        width: view.links.picture(f"{picture.digest}-{width}.webp") for width in picture.widths
    }
    return Shown(
        source=files[picture.widths[len(picture.widths) // 2]],
        sources=", ".join(f"{address} {width}w" for width, address in files.items()),
        jpeg=_carried(view, picture),
        digest=picture.digest,
        width=picture.width,
        height=picture.height,
        alt=picture.alt.get(code, ""),
        caption=typeset_around_quotes(picture.caption.get(code, ""), code),
        credit=picture.credit,
        language=None if code == view.language else code,
    )


def _carried(view: View, picture: Picture) -> Carried:
    width = min(FEED, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    return Carried(view.links.picture(f"{picture.digest}.jpg"), width, height, picture.size)


def wanted(story: Story) -> set[str]:
    """Return the pictures that a story's pages show, those of former versions too."""
    standing = [entry for entry in story.entries if entry.state != "retracted"]
    former = (one for entry in standing for one in story.history.get(entry.id, ()))
    return {one.picture.digest for one in (*standing, *former) if one.picture}


def files(story: Story, load: Files) -> dict[str, bytes]:
    """Return all files that a story's pages need for their pictures, by name."""
    return {name: body for digest in sorted(wanted(story)) for name, body in load(digest).items()}


def none(_: str) -> Mapping[str, bytes]:
    """Return no file: for stories without pictures."""
    return {}

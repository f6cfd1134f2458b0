"""A frozen story as a folder of files that open from disk, without a server."""

from __future__ import annotations

from pathlib import Path

from sourcier import jsonl
from sourcier.publish.finder import search_page
from sourcier.publish.links import FileLinks, anchor
from sourcier.publish.mappage import map_page
from sourcier.publish.page import entry_page, live_page
from sourcier.publish.pictures import Files, files, none
from sourcier.publish.view import View
from sourcier.types import Story


def write_site(
    story: Story, folder: Path, languages: tuple[str, ...], load: Files = none
) -> list[Path]:
    """Write the story's page in each language, every version of each entry, its map, claims, pictures.

    `load` gives the files of pictures. Return the files written. `folder` is made where it is not there;
    the first language's page is ``index.html``. Raises OSError where the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = {name: html for code in languages for name, html in _pages(story, code, languages)}
    pages["claims.jsonl"] = "".join(f"{jsonl.encode(claim)}\n" for claim in story.claims.values())
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
    pictures = files(story, load)
    for name, body in pictures.items():
        (folder / name).write_bytes(body)
    return [folder / name for name in (*pages, *pictures)]


def _pages(story: Story, code: str, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    links = FileLinks("", story.slug, code, languages[0])
    view = View(story, code, links, limit=len(story.entries), unfolded=len(story.entries))
    written = [(links.file(code), live_page(view, languages, [], frozen=True).html)]
    written.append((links.searching, search_page(view, languages).html))
    written.append((links.map, map_page(view, languages, frozen=True).html))
    for entry in view.entries:
        for version in story.history.get(entry.id, (entry,)):
            page = entry_page(view, languages, entry.id, version.version, frozen=True)
            written.append((f"{anchor(entry.id)}.v{version.version}.{code}.html", page.html))
    return written

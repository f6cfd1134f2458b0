"""What others take of a story, as files of a folder that any server hands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sourcier.problems import Problem
from sourcier.publish.folder import replace_file
from sourcier.publish.formats import FORMATS, cap_keys, cap_message, written
from sourcier.publish.formats.rules import InvalidFormatError
from sourcier.publish.links import WebFileLinks
from sourcier.publish.view import View
from sourcier.types import Story

Links = type[WebFileLinks]


def write_formats(
    story: Story,
    folder: Path,
    base: str,
    report: Callable[[Problem], None],
    links: Links = WebFileLinks,
) -> list[Path]:
    """Write the story in each format and language into `folder`, served under ``{base}{slug}/``.

    Return the files that stand there now. One that would break the rules of its format is reported, and
    what had its name before stays. Raises OSError where the disk refuses, ValueError for a `base` that is
    no web address.
    """
    (folder / "cap").mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for name, make in _files(story, f"{base.rstrip('/')}/", links):
        try:
            replace_file(folder / name, make())
        except InvalidFormatError as error:
            report(error.problem)
        else:
            made.append(folder / name)
    return made


def _files(story: Story, base: str, links: Links) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file and what makes it."""
    views = [
        View(story, code, links(base, story.slug, code, story.languages[0]))
        for code in story.languages
    ]
    for view in views:
        for name in FORMATS:
            yield view.links.data(name).rpartition("/")[2], partial(written, view, name)
    for key in cap_keys(views[0]):
        yield (
            views[0].links.message(key).removeprefix(views[0].links.root),
            partial(cap_message, views[0], key),
        )

"""Documents behind a door: the files of a watched folder as they come, one file, one answer of the web.

A file that did not change (its time and size, then its bytes) is not read twice, nor is an address of
an index that calls itself unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sourcier.gather.fetched import Fetched
from sourcier.gather.folder import local_path, read_file
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

MOST = 20_000
"""How many files and addresses of one door are remembered, and how many files a folder may hold."""


def documents(visit: Visit, endings: frozenset[str]) -> Iterator[Fetched | Problem]:
    """Yield what is new behind the door: of a folder, the files whose names end so, oldest first."""
    folder = local_path(visit.source)
    if folder is None or not folder.is_dir():
        if fetched := visit.open():
            yield fetched
        return
    files = [path for path in folder.iterdir() if path.suffix.lower() in endings]
    visit.door.pulse.cut(max(0, len(files) - MOST))
    for path in sorted(files)[-MOST:]:
        try:
            if found := _changed(path, visit):
                visit.opened = True
                yield found
        except InputError as error:
            yield error.problem


def linked(
    visit: Visit, links: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Fetched | Problem]]:
    """Yield addresses that were not read under their stamp with what they give, as many as the source allows.

    The rest is left to the next poll; a page that fails is asked for again.
    """
    new = [(url, stamp) for url, stamp in links if visit.door.read.get(url) != stamp]
    if len(new) > visit.source.pages:
        visit.door.forget_bytes()
    for url, stamp in new[: visit.source.pages]:
        try:
            fetched = visit.fetch(url)
        except InputError as error:
            visit.door.forget_bytes()
            yield url, error.problem
            continue
        remember(visit, url, stamp)
        yield url, fetched


def _changed(path: Path, visit: Visit) -> Fetched | None:
    """Return a file whose bytes are not those that were read last under its name."""
    try:
        now = path.stat()
    except OSError as error:
        raise InputError(str(path), "unreadable", error.strerror or str(error)) from None
    written = f"{now.st_mtime_ns} {now.st_size} "
    known = visit.door.read.get(path.name, "")
    if known.startswith(written):
        return None
    held = visit.holds(read_file(path), path.absolute().as_uri())
    remember(visit, path.name, written + held.digest)
    return None if known.endswith(held.digest) else held


def remember(visit: Visit, name: str, stamp: str) -> None:
    """Keep the stamp under which a file or address was read; the longest known are forgotten."""
    read = visit.door.read
    read.pop(name, None)
    read[name] = stamp
    if len(read) > MOST:
        del read[next(iter(read))]

"""Documents behind a door: the files of a watched folder as they come, one file, one answer of the web.

A file that did not change (its time and size, then its bytes) is not read twice, nor is an address of
an index that calls itself unchanged. A file that can't be read as what it should be may be one that
somebody is still writing: it is a Problem once nobody has touched it for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from os import scandir, stat_result
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sourcier.gather.fetched import Fetched
from sourcier.gather.folder import local_path, read_file
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

Whole = TypeVar("Whole")
_File = tuple[str, stat_result]

MOST = 100_000
"""How many files a folder may hold, the newest of them."""

AT_ONCE = 200
"""How many new files one look takes; they are filed together, and the other doors wait for them."""

SETTLED = 60.0
"""Seconds without a change after which a file that can't be read is taken to be whole, and wrong."""

_BYTES_AT_ONCE = 50_000_000
_REMEMBERED = MOST + 10_000  # files and addresses, and what was told


def documents(
    visit: Visit, endings: frozenset[str], parse: Callable[[Fetched], Whole]
) -> Iterator[tuple[Fetched, Whole] | Problem]:
    """Yield what is new behind the door, with what `parse` makes of it.

    Of a folder, the files whose names end so, the longest untouched first; what one look does not take
    comes with the next, which is due at once. `parse` raises InputError: of a folder's file it is a
    Problem, else the door fails.
    """
    folder = local_path(visit.source)
    if folder is None or not folder.is_dir():
        if fetched := visit.open():
            yield fetched, parse(fetched)
        return
    visit.door.pulse.behind = False
    taken = size = 0
    for name, status in _listed(folder, endings, visit):
        if visit.door.read.get(name, "").startswith(_written(status)):
            continue
        if taken == AT_ONCE or size > _BYTES_AT_ONCE:
            visit.door.pulse.behind = True
            return
        taken, size = taken + 1, size + status.st_size
        try:
            yield from _read(folder / name, status, visit, parse)
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


def _listed(folder: Path, endings: frozenset[str], visit: Visit) -> list[_File]:
    """Return the files of a folder in the order in which they were written; hidden ones are drafts."""
    found: list[_File] = []
    try:
        entries = list(scandir(folder))
    except OSError as error:
        raise InputError(str(folder), "unreadable", error.strerror or str(error)) from None
    for entry in entries:
        if entry.name.lower().endswith(tuple(endings)) and not entry.name.startswith("."):
            with suppress(FileNotFoundError):  # moved away while we looked
                found.append((entry.name, entry.stat()))
    found.sort(key=lambda one: (one[1].st_mtime_ns, one[0]))
    if len(found) > MOST:
        visit.door.pulse.missed(f"more than {MOST:,} files: the oldest are not read")
    return found[-MOST:]


def _written(status: stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_size} "


def _read(
    path: Path, status: stat_result, visit: Visit, parse: Callable[[Fetched], Whole]
) -> Iterator[tuple[Fetched, Whole]]:
    """Yield a file whose bytes are not those that were read last under its name."""
    held = visit.holds(read_file(path), path.absolute().as_uri())
    stamp = _written(status) + held.digest[:32]
    if not visit.door.read.get(path.name, "").endswith(held.digest[:32]):
        try:
            whole = parse(held)
        except InputError:
            if abs(visit.now.timestamp() - status.st_mtime) < SETTLED:
                return
            remember(visit, path.name, stamp)
            raise
        visit.opened = True
        yield held, whole
    remember(visit, path.name, stamp)


def remember(visit: Visit, name: str, stamp: str) -> None:
    """Keep the stamp under which a file or address was read; the longest known are forgotten."""
    read = visit.door.read
    read.pop(name, None)
    read[name] = stamp
    if len(read) > _REMEMBERED:
        del read[next(iter(read))]

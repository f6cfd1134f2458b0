"""Doors on this machine: a folder of texts and pages, a file of JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from sourcier.gather.canonical import MAX_CHARACTERS, checked_text
from sourcier.gather.item import Item
from sourcier.problems import InputError, Problem
from sourcier.types import Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_MAX_BYTES = 4 * MAX_CHARACTERS  # UTF-8 takes at most four bytes for a character
_TEXTS = {".txt", ".md"}
_MOST_FILES = 20_000
_PAGES = {".html", ".htm"}


def local_path(source: Source) -> Path | None:
    """Return the path that the source's URL names on this machine, None where it is elsewhere."""
    if "://" not in source.url:
        return Path(source.url)
    parts = urlsplit(source.url)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def read_file(path: Path, most: int = _MAX_BYTES) -> bytes:
    """Return the bytes of a file; raises InputError for one that cannot be read or has more than `most`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise InputError(str(path), "unreadable", error.strerror or str(error)) from None
    if len(data) > most:
        raise InputError(str(path), "too_large", f"more than {most:,} bytes")
    return data


def file_stamp(path: Path) -> str:
    """Return size and time (in ns) of a file: whether it changed. Raises InputError for none."""
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(str(path), "unreadable", error.strerror or str(error)) from None
    return f"{status.st_size} {status.st_mtime_ns}"


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the texts (.txt, .md) and pages (.html) of a folder that are new or were written anew, by name.

    So are those of the folders below it; of more than a bounded number the rest is a Problem.
    """
    folder = local_path(visit.source)
    if folder is None or not folder.is_dir():
        raise InputError(visit.source.url, "no_folder", "not a folder on this machine")
    wanted = (path for path in folder.rglob("*") if path.suffix.lower() in _TEXTS | _PAGES)
    found = list(islice(wanted, _MOST_FILES + 1))
    if len(found) > _MOST_FILES:
        message = f"more than {_MOST_FILES:,} files: the rest is not read"
        yield Problem(where=str(folder), code="too_many", message=message)
    for path in sorted(found[:_MOST_FILES]):
        yield from _file(path, visit)


def _file(path: Path, visit: Visit) -> Iterator[Item | Problem]:
    """Yield what a file says that was not read, or not as it is now."""
    name = path.relative_to(local_path(visit.source) or "").as_posix()
    try:
        stamp = file_stamp(path)
        if visit.door.read.get(name) == stamp:
            return
        held = visit.holds(read_file(path), path.absolute().as_uri())
        visit.opened = True
        visit.door.read[name] = stamp
        written = datetime.fromtimestamp(int(stamp.split()[1]) / 1e9, UTC)
        yield from visit.read_in(held, [_item(path, held.body, name, written, visit.source)])
        visit.release(held)
    except InputError as error:
        yield error.problem


def _item(path: Path, data: bytes, name: str, written: datetime, source: Source) -> Item:
    """Return what a file says; it was published when its page says, else when it was last `written`."""
    if path.suffix.lower() in _PAGES:
        from sourcier.gather.page import article

        found = article(data, path.as_uri() if path.is_absolute() else path.name, source.zone)
        return msgspec.structs.replace(found, published=found.published or written)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not_text", f"not UTF-8 (byte {error.start})") from None
    return Item(text=checked_text(text, str(path)), published=written, dispatch=name)

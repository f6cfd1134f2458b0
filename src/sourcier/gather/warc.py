"""Web archives (WARC, as of CC-NEWS): the article of each archived page, one record in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType, is_http

from sourcier.gather.folder import local_path
from sourcier.gather.item import Item
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ENDINGS = (".warc", ".warc.gz")
_PAGES = {"text/html", "application/xhtml+xml"}
_MAX_BYTES = 8_000_000
"""The longest page that is read, unpacked; the network's cap is the same."""


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the articles of a WARC file, or of all in a folder and those below it, by name.

    A file that did not change since it was read is not opened again. Raises InputError where there is
    no such file or folder.
    """
    path = local_path(visit.source)
    if path is None or not path.exists():
        raise InputError(visit.source.url, "no_archive", "no such file or folder on this machine")
    found = [path] if path.is_file() else sorted(path.rglob("*"))
    for one in found:
        if one.is_file() and one.name.lower().endswith(_ENDINGS):
            yield from _archive(one, visit)


def _archive(path: Path, visit: Visit) -> Iterator[Item | Problem]:
    """Yield the articles of one file; what is wrong with it is one Problem, and ends it."""
    name, stamp = str(path), _stamp(path)
    if visit.door.read.get(name) == stamp:
        return
    visit.opened = True
    try:
        records = ArchiveIterator(
            name, record_types=WarcRecordType.response, func_filter=is_http, fsspec_args=False
        )
        for record in records:
            yield from _record(record, visit)
    except (OSError, ValueError) as error:
        yield Problem(where=name, code="bad_archive", message=str(error))
    visit.door.read[name] = stamp


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _record(record: WarcRecord, visit: Visit) -> Iterator[Item | Problem]:
    from sourcier.gather.page import article

    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if (record.http_content_type or "").lower() not in _PAGES:
        return
    body = record.reader.read(_MAX_BYTES + 1)
    if len(body) > _MAX_BYTES:
        yield Problem(where=url, code="too_large", message=f"more than {_MAX_BYTES:,} bytes")
        return
    try:
        found = article(body, url, visit.source.zone)
    except InputError as error:
        yield error.problem
        return
    except ValueError as error:  # an address that is none
        yield Problem(where=url, code="bad_page", message=str(error))
        return
    held = visit.holds(body, url)
    dated = msgspec.structs.replace(found, published=found.published or record.record_date)
    yield from visit.read_in(held, [dated])
    visit.release(held)

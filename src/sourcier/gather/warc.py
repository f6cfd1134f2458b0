"""Web archives (WARC, as of CC-NEWS): the article of each archived page, one record in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType, is_http

from sourcier.gather.folder import file_stamp, local_path
from sourcier.gather.item import Item
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ENDINGS = (".warc", ".warc.gz", ".warc.zst")
_PAGES = {"text/html", "application/xhtml+xml"}
_MAX_BYTES = 8_000_000
"""The longest page that is read, unpacked; the network's cap is the same."""


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the articles of a WARC file, or of all in a folder and those below it, by name.

    A file that did not change since it was read is not opened again, one that has grown is read from where it
    was left. Raises InputError where there is
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
    """Yield the articles of one file; what is wrong with it is one Problem, and ends it.

    Of a file that has grown, what follows the last page that was read of it.
    """
    name, stamp = str(path), file_stamp(path)
    known, _, left = visit.door.read.get(name, "").partition(" at ")
    if known == stamp:
        return
    visit.opened = True
    try:
        with path.open("rb") as stream:
            for record in _records(stream, left):
                here = f"{record.stream_pos} {record.record_id}"
                body = _page(record)
                if body is not None:
                    yield from _article(record, body, visit)
                    left = here
    except (OSError, ValueError) as error:
        yield Problem(where=name, code="bad_archive", message=str(error))
    except InputError as error:
        yield error.problem
    visit.door.read[name] = f"{stamp} at {left}"


def _records(stream: BinaryIO, left: str) -> Iterator[WarcRecord]:
    """Yield the responses after the one that the file was `left` at (its place and its id).

    Where another one stands there, the file was replaced, and is read from its beginning.
    """
    place, _, known = left.partition(" ")
    if place:
        stream.seek(int(place))
        records = _responses(stream)
        if _first_id(records) == known:
            yield from records
            return
        stream.seek(0)
    yield from _responses(stream)


def _responses(stream: BinaryIO) -> Iterator[WarcRecord]:
    return iter(ArchiveIterator(stream, record_types=WarcRecordType.response, func_filter=is_http))


def _first_id(records: Iterator[WarcRecord]) -> str | None:
    try:
        first = next(records, None)
    except (OSError, ValueError):  # the middle of something else
        return None
    return first.record_id if first else None


def _page(record: WarcRecord) -> bytes | None:
    """Return the bytes of an archived page, as many as are read, None for what is none.

    Raises InputError for one that is not there as a whole: its file may still be written.
    """
    if (record.http_content_type or "").lower() not in _PAGES:
        return None
    length = int(record.content_length)
    body = bytes(record.reader.read(_MAX_BYTES + 1))
    if len(body) < min(length, _MAX_BYTES + 1):
        raise InputError(_url(record), "torn", f"{len(body):,} of {length:,} bytes: it is torn")
    return body


def _url(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<>")


def _article(record: WarcRecord, body: bytes, visit: Visit) -> Iterator[Item | Problem]:
    from sourcier.gather.page import article

    url = _url(record)
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

"""Parquet files: one dispatch a row, its columns under the names of a record of JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from sourcier.gather.folder import local_path
from sourcier.gather.item import Item, adapted
from sourcier.gather.records import Record, item_of
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ROWS = 500  # in memory at a time
_COLUMNS = frozenset(Record.__struct_fields__)


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the dispatch that each row of a file is; a file that did not change is not read again.

    Raises InputError where it is no such file.
    """
    path = local_path(visit.source)
    if path is None or not path.is_file():
        raise InputError(visit.source.url, "no_file", "not a file on this machine")
    status = path.stat()
    stamp = f"{status.st_size} {status.st_mtime_ns}"
    if visit.door.read.get(path.name) == stamp:
        return
    visit.opened = True
    try:
        for number, row in enumerate(_rows(str(path)), 1):
            yield from _row(row, f"{visit.source.url}:{number}", visit.source.zone)
    except (ArrowException, OSError) as error:
        raise InputError(visit.source.url, "bad_parquet", str(error)) from None
    visit.door.read[path.name] = stamp


def _rows(path: str) -> Iterator[dict[str, Any]]:
    with ParquetFile(path) as table:
        columns = [name for name in table.schema_arrow.names if name in _COLUMNS]
        for batch in table.iter_batches(_ROWS, columns=columns):
            yield from batch.to_pylist()


def _row(row: dict[str, Any], where: str, zone: str) -> Iterator[Item | Problem]:
    plain = {name: _plain(value) for name, value in row.items() if value is not None}
    try:
        record = msgspec.convert(plain, Record)
    except msgspec.ValidationError as error:
        yield Problem(where=where, code="bad_row", message=str(error))
        return
    yield from adapted([record], lambda one: item_of(one, where, zone))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

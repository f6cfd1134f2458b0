"""Parquet files: one dispatch a row, its columns the fields of a record of JSON lines, or named for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from sourcier.gather.folder import file_stamp, local_path
from sourcier.gather.item import Item, adapted
from sourcier.gather.records import Record, item_of
from sourcier.problems import InputError, Problem
from sourcier.types import Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ROWS = 500  # in memory at a time
_FIELDS = frozenset(Record.__struct_fields__)


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the dispatch that each row of a file is; a file that did not change is not read again.

    Raises InputError where it is no such file.
    """
    path = local_path(visit.source)
    if path is None or not path.is_file():
        raise InputError(visit.source.url, "no_file", "not a file on this machine")
    stamp = file_stamp(path)
    if visit.door.read.get(path.name) == stamp:
        return
    visit.opened = True
    try:
        for number, row in enumerate(_rows(str(path), visit.source), 1):
            yield from _row(row, f"{visit.source.url}:{number}", visit.source.zone)
    except (ArrowException, OSError) as error:
        raise InputError(visit.source.url, "bad_parquet", str(error)) from None
    visit.door.read[path.name] = stamp


def _rows(path: str, source: Source) -> Iterator[dict[str, Any]]:
    """Yield the rows with the fields of a record, each from the column that the source names for it."""
    with ParquetFile(path) as table:
        names = table.schema_arrow.names
        from_columns = {field: source.columns.get(field, field) for field in _FIELDS}
        _check(source, names)
        columns = {field: name for field, name in from_columns.items() if name in names}
        for batch in table.iter_batches(_ROWS, columns=sorted(set(columns.values()))):
            for row in batch.to_pylist():
                yield {field: row[name] for field, name in columns.items()}


def _check(source: Source, names: Sequence[str]) -> None:
    """Raise InputError where the source names a field, or a column, that there is none of."""
    wrong = [
        f"{field} = {name!r}"
        for field, name in source.columns.items()
        if field not in _FIELDS or name not in names
    ]
    if wrong:
        told = f"columns: {', '.join(wrong)}; the file has {', '.join(names)}"
        raise InputError(source.id, "bad_columns", told[:300])


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

"""The data set as files: each table as Parquet, CSV and JSON lines, with a Data Package about them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sourcier.publish.dataset.cells import plain
from sourcier.publish.dataset.dictionary import Column, Table, dictionary
from sourcier.publish.dataset.shapes import acled, plover, ucdp
from sourcier.publish.dataset.tables import TABLES, Data, Row
from sourcier.types import Story

ALL: dict[str, Callable[[Data], Iterable[Row]]] = {
    **TABLES, "acled": acled, "ucdp": ucdp, "plover": plover,
}  # fmt: skip
JOINT = " | "
"""What stands between the values of a list in CSV."""

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}


def write_dataset(
    story: Story, folder: Path, formats: Iterable[str] = ("parquet", "csv", "jsonl")
) -> list[Path]:
    """Write the tables of `story` into `folder`, which is made, in each of `formats`.

    Return the files written, ``datapackage.json`` (Frictionless) last. Raises OSError where the disk
    refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data, written, formats = Data(story), list[Path](), tuple(formats)
    for table in dictionary().values():
        rows = [_ordered(table, row) for row in ALL[table.name](data)]
        for form in formats:
            path = folder / f"{table.name}.{form}"
            _WRITERS[form](path, table, rows)
            written.append(path)
    package = folder / "datapackage.json"
    package.write_text(json.dumps(_package(story, formats), ensure_ascii=False, indent=1), "utf-8")
    return [*written, package]


def _ordered(table: Table, row: Row) -> Row:
    """Return the row with all columns of its table in their order, null where it has none."""
    unknown = row.keys() - {column.name for column in table.columns}
    if unknown:
        raise KeyError(f"{table.name}: not in the dictionary: {sorted(unknown)}")
    return {column.name: row.get(column.name, _empty(column)) for column in table.columns}


def _empty(column: Column) -> list[str] | None:
    return [] if column.type == "list" else None


def _parquet(path: Path, table: Table, rows: list[Row]) -> None:
    fields = [
        pa.field(column.name, _ARROW[column.type], metadata={"description": column.about})
        for column in table.columns
    ]
    schema = pa.schema(fields, metadata={"description": table.about})
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")


def _csv(path: Path, table: Table, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return JOINT.join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return plain(value)
    return _plain(value)


def _jsonl(path: Path, _: Table, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({k: _plain(v) for k, v in row.items()}, ensure_ascii=False) + "\n"
            for row in rows
        )


def _plain(value: Any) -> Any:
    """Return a value as text formats have it: moments in UTC, ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


_WRITERS: dict[str, Callable[[Path, Table, list[Row]], None]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
}
FORMATS = tuple(_WRITERS)


def _package(story: Story, formats: tuple[str, ...]) -> dict[str, Any]:
    """Return the description of the data set, as https://datapackage.org/standard/ asks."""
    return {
        "name": f"sourcier-{story.slug}",
        "title": next(iter(story.titles.values()), story.slug),
        "created": _plain(story.now),
        "version": str(story.sequence),
        "contributors": [{"title": story.publisher, "role": "publisher"}],
        "sources": [{"title": "GeoNames (CC BY 4.0)", "path": "https://www.geonames.org/"}],
        "resources": [
            _resource(table, form) for table in dictionary().values() for form in formats
        ],
    }


def _resource(table: Table, form: str) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": "array" if column.type == "list" and form != "csv" else _text(column.type),
            "description": column.about,
        }
        for column in table.columns
    ]
    schema = {"fields": fields} | ({"primaryKey": [table.key]} if table.key else {})
    return {
        "name": f"{table.name}-{form}",
        "path": f"{table.name}.{form}",
        "format": form,
        "description": table.about,
        "schema": schema,
    }


def _text(kind: str) -> str:
    return "string" if kind == "list" else kind

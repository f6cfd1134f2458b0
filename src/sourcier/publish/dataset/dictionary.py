"""The data dictionary, ``data/dataset.toml``: which tables there are, and what each column holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` is string, integer, number, boolean, datetime, date or list (of strings)."""

    name: str
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` is the column whose values are unique, null where none is."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: str | None = None


@cache
def dictionary() -> dict[str, Table]:
    """Return every table by its name, in the order of the dictionary."""
    return {name: _table(name, row) for name, row in _data("dataset.toml").items()}


@cache
def conventions() -> dict[str, Any]:
    """Return what other data sets call things."""
    return _data("conventions.toml")


@cache
def occurrence_types() -> dict[str, Any]:
    """Return the occurrence types with their names in other vocabularies."""
    path = files("sourcier") / "languages" / "occurrence_types.toml"
    found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["types"]
    return found


def _data(name: str) -> dict[str, Any]:
    path = files("sourcier.publish") / "data" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _table(name: str, row: dict[str, Any]) -> Table:
    columns = tuple(Column(key, *value) for key, value in row["columns"].items())
    return Table(name, row["about"], columns, row.get("key"))

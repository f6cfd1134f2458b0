"""The data dictionary is whole: each column of each table is written about, and holds what its type says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sourcier.publish.dataset.dictionary import Column, dictionary
from sourcier.publish.dataset.files import ALL
from sourcier.publish.dataset.tables import Data
from sourcier.types import Story
from tests.publish.sumy import sumy
from tests.publish.trypont import trypont
from tests.publish.wajima import wajima

STORIES = (sumy, trypont, wajima)
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "datetime": datetime, "date": date, "list": list,
}  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    stories: list[Story] = [made() for made in STORIES]
    return [row for story in stories for row in ALL[name](Data(story))]


@pytest.mark.parametrize("name", ALL)
def test_each_column_is_documented_in_words_and_holds_what_its_type_says(name: str) -> None:
    columns: dict[str, Column] = {column.name: column for column in dictionary()[name].columns}
    assert len(columns) == len(dictionary()[name].columns)
    for column in columns.values():
        assert len(column.about.split()) >= 2, column
    for row in rows(name):
        assert row.keys() <= columns.keys()
        for key, value in row.items():
            assert value is None or isinstance(value, TYPES[columns[key].type]), (key, value)


@pytest.mark.parametrize("name", ALL)
def test_keys_are_unique(name: str) -> None:
    key = dictionary()[name].key
    if key is None:
        return
    for made in STORIES:
        found = [row[key] for row in ALL[name](Data(made()))]
        assert len(found) == len(set(found))


def test_dictionary_and_tables_are_the_same() -> None:
    assert dictionary().keys() == ALL.keys()

"""A JSON column that holds one typed record."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from django.db import models

from sourcier import jsonl

_DECODED = 1 << 15
"""How many of the records last read are at hand: more than what a page of a long story rests on."""


@lru_cache(_DECODED)
def _decoded(value: str, kind: Any) -> Any:
    """Return a record; the same for the same text, as rows never change and are read again and again."""
    return jsonl.decode(value, kind)


_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""The escape of U+0000, which no database but SQLite keeps; not a backslash followed by its letters."""


class _Encoder(json.JSONEncoder):
    """Writes a record as it stands, letters of any script as they are; U+0000 as U+FFFD: offsets hold."""

    def encode(self, o: Any) -> str:
        return _NUL.sub("\\1\N{REPLACEMENT CHARACTER}", jsonl.encode(o))


class RecordField(models.JSONField):
    """Holds a record of type `kind` (any of `sourcier.types`); reads give it back decoded.

    What is read is shared, as records are frozen: nobody may change a dict or list in one.
    """

    def __init__(self, kind: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def deconstruct(self) -> Any:
        """Present the column to migrations as the plain JSON that it is."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.JSONField", args, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the record; None for none."""
        del expression, connection
        return None if value is None else _decoded(value, self.kind)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return what the database driver stores."""
        del prepared
        return connection.ops.adapt_json_value(value, _Encoder)

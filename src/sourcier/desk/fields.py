"""A JSON column that holds one typed record."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import models

from sourcier import jsonl


class RecordField(models.JSONField):
    """Holds a record of type `kind` (any of `sourcier.types`); reads give it back decoded."""

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
        return None if value is None else jsonl.decode(value, self.kind)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return what the database driver stores."""
        return super().get_db_prep_value(msgspec.to_builtins(value), connection, prepared)

"""What the fields of alerts call the hazards."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def hazards(field: str) -> dict[str, str]:
    """Return the reader's hazard by what a field calls it: category, awareness, alert_type."""
    data = files("sourcier.gather") / "data" / "hazards.toml"
    table: dict[str, str] = tomllib.loads(data.read_text(encoding="utf-8"))[field]
    return table

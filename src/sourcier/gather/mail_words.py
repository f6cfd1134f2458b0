"""What mail programs write around a text, as data: `data/mail.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the list `name`, in lower case."""
    return frozenset(_tables()[name])


@cache
def _tables() -> dict[str, list[str]]:
    data = files("sourcier.gather") / "data" / "mail.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))

"""The corpora of the languages, as the tests of the rooms take them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
import pytest

from sourcier.languages import LANGUAGES


def lines(language: str, room: str) -> list[dict[str, Any]]:
    """Return the lines of a room's corpus; none where the language has no such corpus."""
    path = files("sourcier") / "languages" / language / "corpus" / f"{room}.jsonl"
    if not path.is_file():
        return []
    return [msgspec.json.decode(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cases(*rooms: str) -> list[Any]:
    """Return a parameter set (language, room, line) for every line of some rooms."""
    return [
        pytest.param(language, room, line, id=f"{language}-{room}-{number}")
        for language in LANGUAGES
        for room in rooms
        for number, line in enumerate(lines(language, room), 1)
    ]


def furniture(language: str) -> list[str]:
    """Return what pages put around their news: menus, consent, sharing, teasers, footers."""
    path = files("sourcier") / "languages" / language / "corpus" / "furniture.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else [""]

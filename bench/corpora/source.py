"""Where the measuring texts are, and a text as the reader takes it."""

from __future__ import annotations

import gzip
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from sourcier.languages import LANGUAGES as LANGUAGES
from sourcier.read import read
from sourcier.types import Capture, Reading

SHARED = Path(os.environ.get("SOURCIER_SHARED") or Path(__file__).parents[3] / "shared")
FOLDER = SHARED / "corpora"
GOLD = SHARED / "gold"

Record = dict[str, Any]


def records(name: str) -> list[Record]:
    """Return the records of a compressed file of JSON lines; none where it is absent."""
    if not present(name):
        return []
    with gzip.open(FOLDER / name, "rb") as lines:
        return [msgspec.json.decode(line) for line in lines]


def present(name: str) -> bool:
    """Tell whether a file of the corpora is there."""
    return (FOLDER / name).is_file()


def golden(language: str) -> list[Record]:
    """Return the golden dispatches of a language; none where they are absent."""
    path = GOLD / f"{language}.jsonl"
    lines = path.read_bytes().splitlines() if path.is_file() else ()
    return [msgspec.json.decode(line) for line in lines]


def golden_capture(record: Record) -> Capture:
    """Return a golden dispatch as it would be captured, its language given."""
    return Capture(
        id=record["id"],
        dispatch=record["id"],
        text=record["text"],
        published=datetime.fromisoformat(record["published"]),
        zone=record["zone"],
        language=record["language"],
        publisher=record["publisher"],
    )


def reading(
    name: str,
    text: str,
    published: datetime,
    zone: str = "UTC",
    mentions: bool = False,
    language: str = "en",
) -> Reading:
    """Read a text, English unless told, published at an aware moment, with clock times of a zone."""
    capture = Capture(
        id=name, dispatch=name, text=text, published=published, zone=zone, language=language
    )
    return read(capture, mentions=mentions)

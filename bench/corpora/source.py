"""Where the corpora are, and a text as the reader takes it."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import msgspec

from bench.accuracy import SHARED, Record
from sourcier.read import read
from sourcier.types import Capture, Reading

FOLDER = SHARED / "corpora"


def records(name: str) -> list[Record]:
    """Return the records of a compressed file of JSON lines."""
    with gzip.open(FOLDER / name, "rb") as lines:
        return [msgspec.json.decode(line) for line in lines]


def missing(*names: str) -> list[Path]:
    """Return which of these files of the corpora are absent."""
    return [FOLDER / name for name in names if not (FOLDER / name).is_file()]


def reading(
    name: str, text: str, published: datetime, zone: str = "UTC", mentions: bool = False
) -> Reading:
    """Read an English text, published at an aware moment, with clock times of a zone."""
    capture = Capture(
        id=name, dispatch=name, text=text, published=published, zone=zone, language="en"
    )
    return read(capture, mentions=mentions)

"""Editions into a folder, so that whoever reads it at any moment sees one whole state."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from sourcier.publish.edition import Edition, files_of
from sourcier.publish.links import POINTER

_UNFINISHED = ".part"
_PICTURE = re.compile(r"([0-9a-f]{32})(-\d+\.webp|\.jpg)")


def put(edition: Edition, folder: Path, *, now: datetime, keep: timedelta) -> None:
    """Put an edition in place: what never changes, then the doors, then the pointer.

    Each file appears whole or not at all, and the pointer leads only to what is there: an end at any
    point leaves the last state or the new one. Pages that no pointer has led to for `keep` are removed.
    Raises OSError where the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**edition.kept, **edition.doors}.items():
        replace_file(folder / name, content)
    pointer = folder / POINTER
    _touch(folder, files_of(pointer.read_bytes()) if pointer.exists() else set(), now)
    replace_file(pointer, edition.pointer)
    clear(folder, now=now, keep=keep)


def clear(folder: Path, *, now: datetime, keep: timedelta) -> None:
    """Remove the pages that the pointer left more than `keep` ago, and what was never finished."""
    pointer = folder / POINTER
    current = files_of(pointer.read_bytes()) if pointer.exists() else set()
    oldest = (now - keep).timestamp()
    for path in [*folder.glob("page.*.*.html"), *folder.glob(f".*{_UNFINISHED}")]:
        if path.name not in current and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def withdraw(folder: Path, wanted: Collection[str]) -> None:
    """Remove the files of pictures that the pages no longer show; `wanted` are marks of their content."""
    for path in folder.iterdir():
        found = _PICTURE.fullmatch(path.name)
        if found and found[1] not in wanted:
            path.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place, whole or not at all; one that holds this already is left alone."""
    if path.exists() and path.read_bytes() == content:
        return
    unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _touch(folder: Path, names: set[str], now: datetime) -> None:
    """Note, as the time of their last change, until when pages were the newest."""
    for name in names:
        path = folder / name
        if "/" not in name and path.exists():
            os.utime(path, (now.timestamp(), now.timestamp()))

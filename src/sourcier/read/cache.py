"""The user's cache: files made of the program's own data, each named by a stamp of what it was made of.

A file that is missing, damaged or unwritable costs time, never a reading.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

import platformdirs

_LOG = logging.getLogger(__name__)
_STALE = 30 * 24 * 3600  # seconds by which a file of another stamp is the older, before it goes


def place(kind: str, stamp: str) -> Path:
    """Return where the file of a kind ("places") with a stamp is kept; it need not exist."""
    return Path(platformdirs.user_cache_dir("sourcier")) / f"{kind}-{stamp}.bin"


def write(path: Path, data: bytes) -> bool:
    """Write a file beside its place and move it there, so that no reader meets half of one.

    Files of its kind that were written long before go: another version of the program that still
    runs has them open, or makes them anew. Return whether the file could be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
        _sweep(path)
    except OSError as error:
        _LOG.warning("Each start takes longer, for the cache cannot be written: %s", error)
        return False
    return True


def _sweep(path: Path) -> None:
    last = path.stat().st_mtime - _STALE
    for other in path.parent.glob(f"{path.name.partition('-')[0]}-*{path.suffix}"):
        if other.stat().st_mtime < last:
            other.unlink(missing_ok=True)

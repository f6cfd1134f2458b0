"""The key that signs sessions: kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_NAME = "secret-key"


def read(data: Path) -> str:
    """Return the key kept in `data`, or one that lives as long as this process."""
    path = data / _NAME
    return path.read_text(encoding="ascii") if path.is_file() else secrets.token_urlsafe(48)


def ensure(data: Path) -> None:
    """Make sure that `data` holds a key; one that is there stays."""
    try:
        handle = os.open(data / _NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))

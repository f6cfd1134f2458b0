"""What the commands that serve have in common: address, folder, the first page."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path


def add_address(parser: ArgumentParser) -> None:
    """Add --host and --port."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default %(default)s)"
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="port (default %(default)s, or the next free one)"
    )


def data_folder(path: str | Path) -> Path:
    """Return the data folder, made where it is missing."""
    folder = Path(path).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def say(line: str) -> None:
    """Print a line of progress at once, to standard output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

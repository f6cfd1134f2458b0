"""Replay the demonstration stories on an accelerated clock, and serve the live page and the desk.

The dispatches are read, woven, stored and published as those of live sources are.
"""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from sourcier.commands.serve import add_address, data_folder, say
from sourcier.commands.streams import FINE

NAME = "demo"
HELP = "replay the demonstration stories"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier demo``."""
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        help="1 replays the morning in four minutes, 10 in 24 seconds",
    )
    parser.add_argument(
        "--data", default="demo-data", help="data folder, emptied (default ./%(default)s)"
    )
    add_address(parser)


def run(arguments: Namespace) -> int:
    """Replay and serve until Ctrl-C."""
    folder = data_folder(arguments.data)
    if not os.environ.get("SOURCIER_DATABASE"):
        for old in folder.glob("sourcier.sqlite3*"):
            old.unlink()
    with suppress(KeyboardInterrupt):  # the server may have taken it already
        _serve(folder, arguments)
    say("\nStopped.")
    return FINE


def _serve(folder: Path, arguments: Namespace) -> None:
    from sourcier.desk.setup import empty, ensure_user, prepare

    prepare(folder)
    empty()
    password = secrets.token_urlsafe(9)
    ensure_user("demo", password)

    from sourcier.read.gazetteer import gazetteer

    say("Place names, sources and desk are being made ready ...")
    gazetteer()
    from sourcier.run.demo import serve_demo

    serve_demo(arguments.host, arguments.port, arguments.speed, password, say)

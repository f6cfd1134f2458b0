"""Open the doors of sources.toml once and write what is behind them, one JSON line a capture."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from sourcier import jsonl
from sourcier.commands.streams import Reporter

NAME = "gather"
HELP = "sources in, captures out"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier gather``."""
    parser.add_argument("sources", metavar="SOURCES.TOML")
    parser.add_argument(
        "--only", action="append", metavar="ID", help="this source alone (repeatable)"
    )


def run(arguments: Namespace) -> int:
    """Poll each source once."""
    from sourcier.gather import State, gather, load_sources, open_client

    reporter = Reporter()
    sources, _, problems = load_sources(arguments.sources)
    for problem in problems:
        reporter.report(problem)
    state = State()
    with open_client() as client:
        for source in sources:
            if arguments.only and source.id not in arguments.only:
                continue
            found = gather(source, state, now=datetime.now(UTC), client=client)
            jsonl.write(reporter.good(iter(found)), sys.stdout)
    return reporter.exit_code

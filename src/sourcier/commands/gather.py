"""Open the doors of sources.toml once and write what is behind them, one JSON line a capture."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from sourcier import jsonl
from sourcier.commands.contact import add_contact
from sourcier.commands.streams import Reporter

NAME = "gather"
HELP = "sources in, captures out"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier gather``."""
    parser.add_argument("sources", metavar="SOURCES.TOML")
    parser.add_argument(
        "--only", action="append", metavar="ID", help="this source alone (repeatable)"
    )
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="remember there what was seen, so that the next run gives what is new, and keep the raw bytes",
    )
    add_contact(parser)


def run(arguments: Namespace) -> int:
    """Poll each source once."""
    from sourcier.gather import State, gather, load_sources
    from sourcier.gather.evidence import Evidence
    from sourcier.gather.sources import load_contact
    from sourcier.gather.web import Web

    reporter = Reporter()
    sources, _, problems = load_sources(arguments.sources)
    for problem in problems:
        reporter.report(problem)
    data = Path(arguments.data) if arguments.data else None
    state = State(folder=data / "doors" if data else None)
    evidence = Evidence(data / "evidence") if data else None
    with Web(contact=arguments.contact or load_contact(arguments.sources)) as web:
        for source in sources:
            if arguments.only and source.id not in arguments.only:
                continue
            behind = True
            while behind:  # of a folder with many new files, one look takes some
                found = gather(source, state, now=datetime.now(UTC), web=web, evidence=evidence)
                jsonl.write(reporter.good(iter(found)), sys.stdout)
                state.save(source)
                behind = state.door(source).pulse.behind
    return reporter.exit_code

"""Show the bytes that a capture was read from, as a WARC file, or verify all that is kept.

Examples: sourcier evidence 3f9c… > capture.warc.gz
          sourcier evidence verify
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sourcier.commands.stored import has_desk
from sourcier.commands.streams import Reporter
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.evidence import Evidence

NAME = "evidence"
HELP = "the raw bytes behind a capture, as a WARC file"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier evidence``."""
    parser.add_argument(
        "what", metavar="ID", help="a capture's id, or the SHA-256 of bytes; or: verify"
    )
    parser.add_argument(
        "--data", default="data", help="the desk's data folder (default ./%(default)s)"
    )


def run(arguments: Namespace) -> int:
    """Write one WARC file to standard output, or verify."""
    from sourcier.gather.evidence import Evidence

    reporter = Reporter()
    data = Path(arguments.data)
    evidence = Evidence(data / "evidence")
    if arguments.what == "verify":
        _verify(evidence, data, reporter)
        return reporter.exit_code
    try:
        sys.stdout.buffer.write(evidence.warc(_digest(arguments.what, data)))
    except InputError as error:
        reporter.report(error.problem)
    return reporter.exit_code


def _digest(name: str, data: Path) -> str:
    """Return the SHA-256 of the bytes that `name` asks for: a capture's, or itself."""
    return dict(_captured(data)).get(name, name)


def _verify(evidence: Evidence, data: Path, reporter: Reporter) -> None:
    good = sum(1 for _ in reporter.good(problem or "" for problem in evidence.verify()))
    kept = set(evidence.digests())
    for capture, raw in _captured(data):
        if raw not in kept:
            message = f"its bytes are not kept: {raw}"
            reporter.report(Problem(where=capture, code="no_evidence", message=message))
    print(f"{good} kept, each what its name says", file=sys.stderr)


def _captured(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the captures of the desk, if there is one, whose bytes are known: id and SHA-256."""
    if not has_desk(data):
        return
    from sourcier.desk.setup import prepare

    prepare(data)
    from sourcier.desk import store

    yield from store.raw_bytes()

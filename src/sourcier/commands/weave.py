"""Weave claims into changes, one JSON line a change.

FILE (or `-`) holds the lines of ``sourcier read``. With ``read --with-captures`` copies are traced to
their origin; claims alone are woven into events, ledgers and alert intervals.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

import msgspec

from sourcier import jsonl
from sourcier.commands.streams import BAD_INPUT, Reporter, opened
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Claim

NAME = "weave"
HELP = "claims in, changes out"


class _Peek(msgspec.Struct):
    kind: str | None = None


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier weave``."""
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE")
    parser.add_argument("--explain", metavar="EVENT", help="print the whole reasoning of one event")
    parser.add_argument("--events", action="store_true", help="write the events, not the changes")


def run(arguments: Namespace) -> int:
    """Weave all inputs as one batch."""
    from sourcier.weave import weave

    reporter = Reporter()
    records: list[Capture | Claim] = []
    for name in arguments.files:
        try:
            with opened(name) as stream:
                records += reporter.good(_records(stream, name))
        except InputError as error:
            reporter.report(error.problem)
    captures = [record for record in records if isinstance(record, Capture)]
    claims = [record for record in records if not isinstance(record, Capture)]
    woven = weave(captures, claims)
    if arguments.explain:
        return _explain(woven.known, arguments.explain, reporter)
    jsonl.write(woven.known.events() if arguments.events else woven.changes, sys.stdout)
    return reporter.exit_code


def _records(lines: Iterable[bytes], name: str) -> Iterator[Capture | Claim | Problem]:
    """Yield captures and claims; rows of other kinds (mentions, credits) are passed over."""
    tags = {"toll", "statement", "occurrence", "alert", "measure"}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            kind = jsonl.decode(line, _Peek).kind
            if kind is None:
                yield jsonl.decode(line, Capture)
            elif kind in tags:
                yield jsonl.decode_claim(line)
        except jsonl.BAD_JSON as error:
            yield Problem(where=f"{name}:{number}", code="bad_json_line", message=str(error))


def _explain(known: object, event: str, reporter: Reporter) -> int:
    from sourcier.weave import Known
    from sourcier.weave.explain import explain

    assert isinstance(known, Known)
    try:
        lines = explain(known, event)
    except KeyError:
        message = "no such event; `sourcier weave --events` lists them"
        reporter.report(Problem(where=event, code="no_such_event", message=message))
        return BAD_INPUT
    sys.stdout.write("\n".join(lines) + "\n")
    return reporter.exit_code

"""Read captures into claims, one JSON line a claim.

FILE is a text (give --published), or a .jsonl file of captures of which only `text` and
`published` are required; `-` reads such lines from standard input.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from sourcier import jsonl
from sourcier.commands.streams import WRONG_USAGE, Reporter, iana_zone, iso_text, opened
from sourcier.languages import LANGUAGES
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Credit, Reading

NAME = "read"
HELP = "captures in, claims out"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier read``."""
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE")
    parser.add_argument(
        "--published",
        type=iso_text,
        metavar="ISO",
        help="when the text went out, ISO 8601; without offset, in --zone (for text files)",
    )
    parser.add_argument("--zone", type=iana_zone, help="the outlet's IANA zone, Europe/Paris")
    parser.add_argument("--language", choices=LANGUAGES, help="else it is detected")
    parser.add_argument("--publisher", help="who published the text (for text files)")
    parser.add_argument("--format", choices=("jsonl", "table", "html"), default="jsonl")
    parser.add_argument(
        "--mentions", action="store_true", help="add a row for every time and place mention"
    )
    parser.add_argument(
        "--with-captures",
        action="store_true",
        help="write each capture before its claims, so that `sourcier weave` can find copies",
    )


def run(arguments: Namespace) -> int:
    """Read all inputs; each bad one is reported and costs nothing else."""
    if arguments.published is None and any(_is_text(name) for name in arguments.files):
        print("sourcier read: a text file needs --published (ISO 8601)", file=sys.stderr)
        return WRONG_USAGE
    reporter = Reporter()
    for name in arguments.files:
        try:
            for capture in reporter.good(_captures(name, arguments)):
                _show(capture, arguments, reporter)
        except InputError as error:
            reporter.report(error.problem)
    return reporter.exit_code


def _is_text(name: str) -> bool:
    return name != "-" and not name.endswith((".jsonl", ".ndjson"))


def _captures(name: str, arguments: Namespace) -> Iterator[Capture | Problem]:
    from sourcier.gather.records import capture_from_text, captures_from_jsonl

    with opened(name) as stream:
        if not _is_text(name):
            yield from captures_from_jsonl(stream, name)
            return
        yield capture_from_text(
            stream.read(),
            name,
            published=arguments.published,
            zone=arguments.zone or "UTC",
            publisher=arguments.publisher,
            language=arguments.language,
        )


def _show(capture: Capture, arguments: Namespace, reporter: Reporter) -> None:
    from sourcier.read.credited import credited
    from sourcier.run.reading import read_or_problem

    reading = read_or_problem(capture, mentions=arguments.mentions)
    if isinstance(reading, Problem):
        reporter.report(reading)
        return
    if arguments.format == "table":
        from sourcier.commands.table import table

        sys.stdout.write(table(capture, reading))
    elif arguments.format == "html":
        from sourcier.publish.marked import render_marked

        sys.stdout.write(render_marked(capture, reading.claims, reading.language))
    else:
        records = [credited(capture, reading)] if arguments.with_captures else []
        given = [_credit_row(reading, credit) for credit in reading.credits]
        jsonl.write([*records, *reading.claims, *reading.mentions, *given], sys.stdout)


def _credit_row(reading: Reading, credit: Credit) -> dict[str, object]:
    return {
        "kind": "credit",
        "capture": reading.capture,
        "dispatch": reading.dispatch,
        "credit": credit.kind,
        "name": credit.name,
        "url": credit.url,
    }

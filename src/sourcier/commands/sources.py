"""Look after the doors of sources.toml: try them, see how they are, take feeds in and give them back.

Examples: sourcier sources check sources.toml
          sourcier sources status sources.toml --data data
          sourcier sources import feeds.opml >> sources.toml
          sourcier sources export sources.toml > feeds.opml
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sourcier.commands.contact import add_contact
from sourcier.commands.streams import BAD_INPUT, Reporter, opened
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.web import Web
    from sourcier.types import Source, SourceHealth

NAME = "sources"
HELP = "try the doors of sources.toml, see how they are, import and export feeds"

_AT_ONCE = 8


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier sources``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="open each door once and say what is behind it")
    check.add_argument("file", metavar="SOURCES.TOML")
    check.add_argument(
        "--only", action="append", metavar="ID", help="this source alone (repeatable)"
    )
    add_contact(check)
    check.set_defaults(act=_check)
    status = actions.add_parser("status", help="how each source did, as the desk's polls told")
    status.add_argument("file", metavar="SOURCES.TOML")
    status.add_argument(
        "--data", default="data", help="the desk's data folder (default ./%(default)s)"
    )
    status.set_defaults(act=_status)
    taken = actions.add_parser("import", help="feeds of an OPML file as tables of sources.toml")
    taken.add_argument("file", metavar="FILE.opml")
    taken.set_defaults(act=_import)
    given = actions.add_parser("export", help="the feeds of sources.toml as OPML")
    given.add_argument("file", metavar="SOURCES.TOML")
    given.set_defaults(act=_export)


def run(arguments: Namespace) -> int:
    """Do what was asked."""
    reporter = Reporter()
    try:
        needs_a_look = bool(arguments.act(arguments, reporter))
    except InputError as error:
        reporter.report(error.problem)
        return BAD_INPUT
    return BAD_INPUT if needs_a_look else reporter.exit_code


def _loaded(arguments: Namespace, reporter: Reporter) -> list[Source]:
    from sourcier.gather import load_sources

    sources, _, problems = load_sources(arguments.file)
    for problem in problems:
        reporter.report(problem)
    only = getattr(arguments, "only", None)
    return [source for source in sources if not only or source.id in only]


def _check(arguments: Namespace, reporter: Reporter) -> bool:
    from sourcier.gather.sources import load_contact
    from sourcier.gather.web import Web

    sources = _loaded(arguments, reporter)
    bad = 0
    contact = arguments.contact or load_contact(arguments.file)
    with Web(contact=contact) as web, ThreadPoolExecutor(_AT_ONCE) as pool:
        for good, line in pool.map(lambda source: _tried(source, web), sources):
            bad += not good
            print(line, flush=True)
    print(f"{len(sources) - bad} of {len(sources)} doors open", file=sys.stderr)
    return bad > 0


def _tried(source: Source, web: Web) -> tuple[bool, str]:
    """Open one door; return whether it opened, and the line that says what is behind it."""
    from sourcier.gather import State, gather

    state = State()
    found = list(gather(source, state, now=datetime.now(UTC), web=web))
    problems = [one for one in found if isinstance(one, Problem)]
    captures = [one for one in found if not isinstance(one, Problem)]
    pulse = state.door(source).pulse
    if pulse.failures:
        return False, f"✗ {source.id}: {pulse.message}"
    newest = max(captures, key=lambda capture: capture.published, default=None)
    told = f"{len(captures)} dispatches"
    if newest:
        title = " ".join((newest.title or newest.text).split())[:60]
        told += f", the newest of {newest.published:%Y-%m-%d %H:%M %Z}: {title}"
    if problems:
        told += f"; {len(problems)} with a problem, the first: {problems[0].message}"
    if pulse.moved:
        told += f"; moved for good to {pulse.moved}"
    return True, f"✓ {source.id}: {told}"


def _status(arguments: Namespace, reporter: Reporter) -> bool:
    import msgspec

    from sourcier.gather import State
    from sourcier.gather.health import health

    state, now = State(folder=Path(arguments.data) / "doors"), datetime.now(UTC)
    found: list[SourceHealth] = []
    for source in _loaded(arguments, reporter):
        try:
            found.append(health(source, state.door(source).pulse, now))
        except (OSError, msgspec.DecodeError) as error:
            problem = Problem(where=source.id, code="bad_state", message=str(error))
            reporter.report(problem)
    for line in _lines(found, now):
        print(line)
    return any(one.needs_a_look for one in found)


def _lines(found: Iterable[SourceHealth], now: datetime) -> Iterable[str]:
    """Yield a line a source, those that need a look first."""
    for one in sorted(found, key=lambda one: not one.needs_a_look):
        parts = [f"{one.state:8} {one.source}"]
        if one.answered:
            parts.append(f"answered {_ago(one.answered, now)}")
        if one.newest:
            parts.append(f"something new {_ago(one.newest, now)}")
        if one.usual:
            parts.append(f"usually every {_span(one.usual)}")
        if one.failures:
            parts.append(f"failed {one.failures} times: {one.message}")
        if one.moved:
            parts.append(f"moved to {one.moved}")
        if one.gaps:
            parts.append(f"not seen: {', '.join(one.gaps[-3:])}")
        if one.lost:
            parts.append(f"{one.lost} cut off")
        yield ", ".join(parts)


def _ago(then: datetime, now: datetime) -> str:
    return f"{_span(max(0.0, (now - then).total_seconds()))} ago"


def _span(seconds: float) -> str:
    """Return a span in the largest unit that fits."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _import(arguments: Namespace, reporter: Reporter) -> bool:
    from sourcier.gather.opml import as_toml, read_opml

    with opened(arguments.file) as stream:
        found = list(reporter.good(read_opml(stream.read(), arguments.file)))
    for source in found:
        print(as_toml(source))
    print(f"{len(found)} feeds; add role, languages and zone to each", file=sys.stderr)
    return False


def _export(arguments: Namespace, reporter: Reporter) -> bool:
    from sourcier.gather.opml import write_opml

    sources = _loaded(arguments, reporter)
    sys.stdout.buffer.write(write_opml(sources, f"Sourcier: {Path(arguments.file).name}"))
    return False

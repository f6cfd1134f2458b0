"""The ``sourcier`` program: one command a verb, JSON lines between them.

Exit codes: 0 fine; 1 some input was bad (each reported as one line on standard error, the rest was
processed); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from sourcier import __version__
from sourcier.commands import COMMANDS
from sourcier.commands.streams import BAD_INPUT, Reporter
from sourcier.problems import InputError


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole program."""
    top = argparse.ArgumentParser(
        prog="sourcier",
        description="A live desk for developing stories.",
        epilog="Example: sourcier gather sources.toml | sourcier read --with-captures - | sourcier weave -",
    )
    top.add_argument("--version", action="version", version=f"sourcier {__version__}")
    verbs = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = verbs.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.configure(sub)
        sub.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except InputError as error:
        Reporter().report(error.problem)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

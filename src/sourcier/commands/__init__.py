"""The commands. Each module has NAME, HELP, ``configure(parser)`` and ``run(arguments) -> exit code``.

They are the outer shell: files, standard streams and exit codes live here, the work elsewhere.
Importing them is light; what a command needs it imports when it runs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Protocol, cast

from sourcier.commands import (
    demo,
    evidence,
    export,
    gather,
    invite,
    publish,
    read,
    run,
    sources,
    weave,
)


class Command(Protocol):
    """What a command module offers."""

    NAME: str
    HELP: str
    __doc__: str | None

    def configure(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, arguments: Namespace) -> int:
        """Do it and return the exit code."""


COMMANDS = cast(
    "tuple[Command, ...]",
    (gather, read, weave, publish, export, run, invite, sources, evidence, demo),
)

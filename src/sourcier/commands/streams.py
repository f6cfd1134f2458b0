"""Inputs, outputs and problems of the commands."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar
from zoneinfo import ZoneInfo

from sourcier.problems import InputError, Problem

FINE, BAD_INPUT, WRONG_USAGE = 0, 1, 2
T = TypeVar("T")


class Reporter:
    """Writes each problem as one line to standard error and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, problem: Problem) -> None:
        """Write one problem."""
        self.count += 1
        print(f"sourcier: {problem}", file=sys.stderr, flush=True)

    def good(self, items: Iterator[T | Problem]) -> Iterator[T]:
        """Yield the items that are no problems; report the others."""
        for item in items:
            if isinstance(item, Problem):
                self.report(item)
            else:
                yield item

    @property
    def exit_code(self) -> int:
        """Return 0, or 1 after any problem."""
        return BAD_INPUT if self.count else FINE


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file for reading, or standard input for ``-``. Raises InputError in one line."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(path, "cannot_open", error.strerror or str(error)) from error


def iso_datetime(value: str) -> datetime:
    """Parse an ISO 8601 date and time for argparse; its zone may be missing."""
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{value!r} is no ISO 8601 date and time") from error


def iso_text(value: str) -> str:
    """Check an ISO 8601 date and time for argparse, and keep it as it was written."""
    iso_datetime(value)
    return value


def iana_zone(value: str) -> str:
    """Check the name of an IANA time zone for argparse."""
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ArgumentTypeError(f"{value!r} is no IANA time zone") from error
    return value

"""Mails on this machine: a Maildir, a folder of .eml files, or one such file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sourcier.gather.fetched import Fetched
from sourcier.gather.folder import local_path, read_file
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

MAX_BYTES = 25_000_000
"""The longest mail that is read, with its attachments: what most servers take."""

_MOST = 20_000  # mails of a folder
_FLAGS = ":2,"  # after which a Maildir's name tells what was done with the mail


def mails(visit: Visit) -> Iterator[Fetched | Problem]:
    """Yield the mails that were not read, by name; a mail that was only marked or filed is none.

    Raises InputError where there is no such folder or file.
    """
    path = local_path(visit.source)
    if path is None or not path.exists():
        raise InputError(visit.source.url, "no_folder", "no such folder or file on this machine")
    found = list(islice(_files(path), _MOST + 1))
    visit.door.pulse.cut(max(0, len(found) - _MOST))
    for one in sorted(found[:_MOST], key=lambda file: file.name):
        name = one.name.split(_FLAGS)[0]
        try:
            stamp = str(one.stat().st_size)
            if visit.door.read.get(name) == stamp:
                continue
            visit.opened = True
            yield visit.holds(read_file(one, MAX_BYTES), one.absolute().as_uri())
        except FileNotFoundError:  # filed while we looked: it is there under its new name
            continue
        except InputError as error:
            yield error.problem
            continue
        _remember(visit.door.read, name, stamp)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif (path / "cur").is_dir():
        for folder in ("cur", "new"):
            yield from (one for one in (path / folder).glob("[!.]*") if one.is_file())
    else:
        yield from (one for one in path.rglob("*") if one.suffix.lower() == ".eml")


def _remember(read: dict[str, str], name: str, stamp: str) -> None:
    read.pop(name, None)
    read[name] = stamp
    if len(read) > _MOST:
        del read[next(iter(read))]

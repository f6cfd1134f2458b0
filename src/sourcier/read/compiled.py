"""Compiled patterns, kept from one start to the next.

To compile the patterns of a language takes most of a second; to take them up in the form in which
`regex` pickles them takes some hundredths. So what a process has compiled is written to the user's
cache when it ends. A pattern that is not there, or a file that is not understood, is compiled anew.
"""

from __future__ import annotations

import atexit
import copyreg
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
import regex
import xxhash

from sourcier.read import cache as files

_MAGIC = b"sourcier-patterns-1\n"
_DIGEST = 8
_LARGEST = 1 << 23  # bytes of a file; one that has grown further, as lexicons change, begins anew

_Packed = tuple[
    str, int, bytes, dict[str, int], dict[int, str], dict[str, str], list[str],
    int, tuple[int, ...], int, int,
]  # fmt: skip
"""What `regex` pickles of a pattern: its source, flags, code, groups and what it requires."""
_Reduced = tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]
_ROWS = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_ROW = msgspec.msgpack.Decoder(_Packed)
_ENCODER = msgspec.msgpack.Encoder()


def compiled(source: str) -> regex.Pattern[str]:
    """Return the compiled pattern of a source without flags. Raises `regex.error` as `regex` does."""
    return _store().pattern(source)


class Store:
    """The patterns of one process, over the file of those compiled before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = _rows(path)
        self._new: dict[str, msgspec.Raw] = {}
        self._patterns: dict[str, regex.Pattern[str]] = {}

    def pattern(self, source: str) -> regex.Pattern[str]:
        """Return the pattern of a source, compiled where it is not kept."""
        if source not in self._patterns:
            self._patterns[source] = self._unpacked(source) or self._made(source)
        return self._patterns[source]

    def keep(self) -> None:
        """Write what was compiled, beside what others have written meanwhile."""
        if not self._new:
            return
        data = _bytes(_rows(self._path) | self._new)
        files.write(self._path, data if len(data) <= _LARGEST else _bytes(self._new))
        self._new = {}

    def _made(self, source: str) -> regex.Pattern[str]:
        pattern = regex.compile(source)
        self._new[source] = msgspec.Raw(_ENCODER.encode(_reduced(pattern)[1]))
        return pattern

    def _unpacked(self, source: str) -> regex.Pattern[str] | None:
        try:
            packed = _ROW.decode(self._kept[source])
        except (KeyError, msgspec.DecodeError):
            return None
        return _rebuild()(*packed)


@cache
def _store() -> Store:
    versions = f"{regex.__version__} {sys.version} {sys.byteorder}"
    store = Store(files.place("patterns", xxhash.xxh3_64_hexdigest(_MAGIC + versions.encode())))
    atexit.register(store.keep)
    return store


@cache
def _rebuild() -> Callable[..., regex.Pattern[str]]:
    return _reduced(regex.compile(""))[0]


def _reduced(pattern: regex.Pattern[str]) -> _Reduced:
    """Return what `regex` makes a pattern with, and from what, as it tells when it pickles one."""
    return cast(_Reduced, copyreg.dispatch_table[type(pattern)](pattern))


def _rows(path: Path) -> dict[str, msgspec.Raw]:
    """Return the packed patterns of a file by their sources; none where it is missing or damaged."""
    try:
        data = path.read_bytes()
        body = data[_DIGEST:]
        if data[:_DIGEST] != xxhash.xxh3_64_digest(body):
            return {}
        return _ROWS.decode(body)
    except (OSError, msgspec.DecodeError):
        return {}


def _bytes(rows: dict[str, msgspec.Raw]) -> bytes:
    body = _ENCODER.encode(rows)
    return xxhash.xxh3_64_digest(body) + body

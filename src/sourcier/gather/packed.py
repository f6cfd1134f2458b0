"""Files of lines, packed or not, a piece at a time: an archive does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from sourcier.problems import InputError

_PIECE = 1_000_000  # bytes that are read at a time
_LONGEST_LINE = 8_000_000
_FOLDS = 200
"""How many times its packed size a file may unfold to: lines of JSON rarely reach twenty."""

_CODECS = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}  # RFC 1952, RFC 8878


class _Stream(Protocol):
    def read(self, nbytes: int, /) -> bytes: ...


def file_pieces(path: Path) -> Iterator[bytes]:
    """Yield a file, unpacked, in pieces that end with a line; raises InputError as `pieces` does."""
    try:
        with path.open("rb") as stream:
            yield from pieces(stream, path.stat().st_size, str(path))
    except OSError as error:
        raise InputError(str(path), "unreadable", error.strerror or str(error)) from None


def pieces(stream: BinaryIO, size: int, where: str) -> Iterator[bytes]:
    """Yield what a stream of `size` bytes holds, unpacked (gzip, zstd), in pieces that end with a line.

    Raises InputError naming `where` for a line that is too long, for damaged bytes, for a bomb.
    """
    start = stream.read(4)
    stream.seek(0)
    codec = next((name for magic, name in _CODECS.items() if start.startswith(magic)), None)
    rest, left = b"", _PIECE + _FOLDS * size
    for chunk in _chunks(_unpacked(stream, codec) if codec else stream, where):
        left -= len(chunk)
        head, end, rest = (rest + chunk).rpartition(b"\n")
        if left < 0 or len(rest) > _LONGEST_LINE:
            raise InputError(where, "too_large", "a line, or all that is packed, is too long")
        if end:
            yield head + end
    if rest:
        yield rest


def _unpacked(stream: BinaryIO, codec: str) -> _Stream:
    import pyarrow as pa

    unpacked: _Stream = pa.CompressedInputStream(stream, codec)
    return unpacked


def _chunks(stream: _Stream, where: str) -> Iterator[bytes]:
    try:
        while chunk := stream.read(_PIECE):
            yield chunk
    except OSError as error:
        raise InputError(where, "bad_packing", str(error)[:200]) from None

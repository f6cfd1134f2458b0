"""JSON lines in and out: the wire format between the five verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeVar

import msgspec

from sourcier.problems import Problem

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode(record: Any) -> str:
    """Return `record` (any type of `sourcier.types`, or plain data) as one line of JSON."""
    return _encoder.encode(record).decode()


def decode(line: bytes | str, kind: type[T]) -> T:
    """Return the record of type `kind` that `line` holds.

    Raises `msgspec.DecodeError` (of which `msgspec.ValidationError` is one) with a one-line message.
    """
    return msgspec.json.decode(line, type=kind)


def decode_lines(lines: Iterable[bytes], kind: type[T], name: str) -> Iterator[T | Problem]:
    """Yield a record for each line of JSON, or a `Problem` for a line that is none.

    Empty lines are passed over; `name` is what problems call the input.
    """
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Problem(where=f"{name}:{number}", code="bad_json_line", message=str(error))


def write(records: Iterable[Any], stream: IO[str]) -> None:
    """Write each record as a line of `stream` and flush it, so that a pipe sees it at once."""
    for record in records:
        stream.write(encode(record) + "\n")
        stream.flush()

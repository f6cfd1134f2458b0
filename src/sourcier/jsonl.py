"""JSON lines in and out: the wire format between the five verbs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any, TypeVar

import msgspec

from sourcier.types import Claim

T = TypeVar("T")

BAD_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding a line from outside may raise; too deep a nesting is the last."""

_encoder = msgspec.json.Encoder()
_claims: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Claim)


def encode(record: Any) -> str:
    """Return `record` (any type of `sourcier.types`, or plain data) as one line of JSON."""
    return _encoder.encode(record).decode()


def decode(line: bytes | str, kind: type[T]) -> T:
    """Return the record of type `kind` that `line` holds.

    Raises `msgspec.DecodeError` (of which `msgspec.ValidationError` is one) with a one-line message.
    """
    return msgspec.json.decode(line, type=kind)


def decode_claim(line: bytes | str) -> Claim:
    """Return the claim, of whatever kind, that `line` holds; raises as `decode` does."""
    claim: Claim = _claims.decode(line)
    return claim


def write(records: Iterable[Any], stream: IO[str]) -> None:
    """Write each record as a line of `stream` and flush it, so that a pipe sees it at once."""
    for record in records:
        stream.write(encode(record) + "\n")
        stream.flush()

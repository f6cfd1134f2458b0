"""Cursors of the read API: the moment that a list is of, and where in it to go on. Pure."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime

import msgspec

from sourcier.problems import InputError


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """A place in a list of the story as it stood `at`: behind the key `after`; `since` as asked for.

    As the list is of one moment, rows that come meanwhile neither repeat nor hide what is in it.
    """

    at: datetime
    after: str
    since: datetime | None = None


def written(cursor: Cursor) -> str:
    """Return a cursor as it stands in an address."""
    return urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Return the cursor that `text` holds; raises InputError where it is none."""
    try:
        decoded = urlsafe_b64decode(text.encode("ascii", "replace") + b"==")
        cursor = msgspec.json.decode(decoded, type=Cursor)
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        raise InputError("cursor", "bad_cursor", "take it from `next` as it is") from error
    if cursor.at.tzinfo is None or (cursor.since and cursor.since.tzinfo is None):
        raise InputError("cursor", "bad_cursor", "take it from `next` as it is")
    return cursor

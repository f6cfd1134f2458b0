"""Exports of Telegram's desktop client in JSON (``result.json``): a channel's or a chat's messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sourcier.gather.canonical import checked_text
from sourcier.gather.folder import local_path
from sourcier.gather.item import Item, adapted
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_NAME = "result.json"
_MAX_BYTES = 200_000_000


class Entity(msgspec.Struct, frozen=True):
    """A formatted piece of a text; its kind does not matter here."""

    text: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message. `date` is in the exporter's zone; the ``_unixtime`` ones are seconds since 1970."""

    id: int
    type: str
    date: str = ""
    date_unixtime: str | None = None
    edited_unixtime: str | None = None
    text: str | list[str | Entity] = ""
    forwarded_from: str | None = None


class Export(msgspec.Struct, frozen=True):
    """What is asked of the file; each message is decoded on its own, since one may be wrong."""

    messages: list[msgspec.Raw]


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the messages with a text of an export: the file, or the folder that holds it.

    A file that did not change is not read again. Raises InputError where it is no export.
    """
    path = local_path(visit.source)
    if path is None:
        raise InputError(visit.source.url, "no_export", "not a file or folder on this machine")
    path = path / _NAME if path.is_dir() else path
    body = _bytes(path)
    held = visit.holds(body, path.absolute().as_uri())
    if not visit.door.is_news(held):
        return
    visit.opened = True
    yield from visit.read_in(held, _messages(body, visit.source))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            body = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InputError(str(path), "unreadable", error.strerror or str(error)) from None
    if len(body) > _MAX_BYTES:
        raise InputError(str(path), "too_large", f"more than {_MAX_BYTES:,} bytes")
    return body


def _messages(body: bytes, source: Source) -> Iterator[Item | Problem]:
    try:
        found = msgspec.json.decode(body, type=Export).messages
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(source.url, "no_export", f"not an export of a chat: {error}") from None
    for number, raw in enumerate(found, 1):
        where = f"{source.url} message {number}"
        try:
            message = msgspec.json.decode(raw, type=Message)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Problem(where=where, code="bad_message", message=str(error))
            continue
        text = _text(message)
        if message.type == "message" and text.strip():
            yield from adapted([message], lambda one: _item(one, source))


def _item(message: Message, source: Source) -> Item:
    where = f"{source.url} {message.id}"
    origin = message.forwarded_from
    return Item(
        text=checked_text(_text(message), where),
        published=_moment(message.date_unixtime, where)
        or moment(message.date, zone_named(source.zone, where), where),
        updated=_moment(message.edited_unixtime, where),
        dispatch=f"{source.id}/{message.id}",
        credits=(Credit(kind="forward", name=origin),) if origin else (),
    )


def _text(message: Message) -> str:
    pieces = [message.text] if isinstance(message.text, str) else message.text
    return "".join(one if isinstance(one, str) else one.text for one in pieces)


def _moment(seconds: str | None, where: str) -> datetime | None:
    if not seconds:
        return None
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) <= len("253402300799")):
        raise InputError(where, "bad_date", f"not seconds since 1970: {seconds[:60]!r}")
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        raise InputError(where, "bad_date", f"beyond any date: {seconds}") from None

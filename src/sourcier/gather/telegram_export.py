"""Exports of Telegram's desktop client: ``result.json``, or ``messages.html`` and those that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sourcier.gather.folder import local_path, read_file
from sourcier.gather.item import Item, adapted
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.telegram_html import html_posts
from sourcier.gather.telegram_posts import Post, albums, channel_of, item_of
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_NAME = "result.json"
_PAGE = re.compile(r"messages(\d{0,6})\.html")
_MAX_BYTES = 200_000_000


class Entity(msgspec.Struct, frozen=True):
    """A formatted piece of a text."""

    text: str = ""
    type: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message. `date` is in the exporter's zone; the ``_unixtime`` ones are seconds since 1970."""

    id: int
    type: str
    date: str = ""
    date_unixtime: str | None = None
    edited_unixtime: str | None = None
    text: str | list[str | Entity] = ""
    forwarded_from: str | None = None
    photo: str | None = None
    file: str | None = None


class Export(msgspec.Struct, frozen=True):
    """What is asked of the file; each message is decoded on its own, since one may be wrong."""

    messages: list[msgspec.Raw]


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the messages of an export: the file, or the folder that holds it or its pages.

    A file that did not change is not read again. Raises InputError where it is no export.
    """
    path = local_path(visit.source)
    if path is None:
        raise InputError(visit.source.url, "no_export", "not a file or folder on this machine")
    for file in _files(path):
        held = visit.holds(read_file(file, _MAX_BYTES), file.absolute().as_uri())
        if visit.door.read.get(file.name) == held.digest:
            continue
        visit.opened = True
        posts = html_posts if file.suffix == ".html" else _json_posts
        yield from visit.read_in(held, _items(posts(held.body, visit.source), visit.source))
        visit.door.read[file.name] = held.digest


def _files(path: Path) -> list[Path]:
    """Return the files of an export: the JSON where a folder has it, else its pages in their order."""
    if not path.is_dir() or (path / _NAME).exists():
        return [path / _NAME if path.is_dir() else path]
    numbered = ((_PAGE.fullmatch(file.name), file) for file in path.iterdir())
    pages = sorted((int(match.group(1) or 1), file) for match, file in numbered if match)
    return [file for _, file in pages] or [path / _NAME]


def _items(posts: Iterator[Post | Problem], source: Source) -> Iterator[Item | Problem]:
    channel = channel_of(source)
    problems: list[Problem] = []
    for post in albums(_apart(posts, problems)):
        yield from adapted([post], lambda one: item_of(one, channel))
    yield from problems


def _apart(posts: Iterator[Post | Problem], problems: list[Problem]) -> Iterator[Post]:
    """Yield the posts; the problems go into a list."""
    for found in posts:
        if isinstance(found, Problem):
            problems.append(found)
        else:
            yield found


def _json_posts(body: bytes, source: Source) -> Iterator[Post | Problem]:
    try:
        found = msgspec.json.decode(body, type=Export).messages
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(source.url, "no_export", f"not an export of a chat: {error}") from None
    for number, raw in enumerate(found, 1):
        where = f"{source.url} message {number}"
        try:
            message = msgspec.json.decode(raw, type=Message)
            if message.type == "message":
                yield _post(message, source)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Problem(where=where, code="bad_message", message=str(error))
        except InputError as error:
            yield error.problem


def _post(message: Message, source: Source) -> Post:
    """Return the post that a message is. Those with media of one second are an album: no field tells."""
    where = f"{source.url} {message.id}"
    origin = message.forwarded_from
    published = _moment(message.date_unixtime, where)
    media = message.photo or message.file
    return Post(
        number=message.id,
        where=where,
        parts=tuple(_parts(message)),
        published=published or moment(message.date, zone_named(source.zone, where), where),
        updated=_moment(message.edited_unixtime, where),
        album=message.date_unixtime or message.date if media else None,
        forward=Credit(kind="forward", name=origin) if origin else None,
    )


def _parts(message: Message) -> Iterator[tuple[str, bool]]:
    pieces = [message.text] if isinstance(message.text, str) else message.text
    for piece in pieces:
        yield (piece, False) if isinstance(piece, str) else (piece.text, piece.type == "blockquote")


def _moment(seconds: str | None, where: str) -> datetime | None:
    if not seconds:
        return None
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) <= len("253402300799")):
        raise InputError(where, "bad_date", f"not seconds since 1970: {seconds[:60]!r}")
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        raise InputError(where, "bad_date", f"beyond any date: {seconds}") from None

"""JSON lines and plain text as captures: what other programs hand to ``sourcier read``."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import msgspec

from sourcier.gather.canonical import checked_text, make_capture
from sourcier.gather.folder import file_stamp, local_path
from sourcier.gather.item import Item, adapted
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.packed import file_pieces, pieces
from sourcier.problems import InputError, Problem
from sourcier.types import AlertFact, Capture, Credit, Home, Source, SourceRole, Span

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_ROLES: tuple[SourceRole, ...] = get_args(SourceRole)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One line from outside. Fields of a Capture under their names, null where not known.

    `id` is the sender's: it serves as dispatch where none is given. `source_role` is another name
    of `role`; a role that is none of ours counts as not given.
    """

    text: str
    published: str
    id: str | int | None = None
    dispatch: str | None = None
    version: Annotated[int, msgspec.Meta(ge=1)] | None = None
    supersedes: str | None = None
    source: str | None = None
    publisher: str | None = None
    role: str | None = None
    source_role: str | None = None
    party: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    zone: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    credits: tuple[Credit, ...] | None = None
    deleted: bool | None = None
    home: Home | None = None
    alerts: tuple[AlertFact, ...] = ()
    quoted: tuple[Span, ...] = ()


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the dispatch that each line behind the door is, also of a packed file (gzip, zstd).

    A file that did not change is not read again.
    """
    path = local_path(visit.source)
    if path is None:
        if fetched := visit.open():
            found = pieces(BytesIO(fetched.body), len(fetched.body), visit.source.url)
            lines = (line for piece in found for line in piece.splitlines())
            yield from visit.read_in(fetched, _lines(lines, visit.source))
        return
    stamp = file_stamp(path)
    if visit.door.read.get(path.name) != stamp:
        visit.opened = True
        yield from _file(path, visit)
        visit.door.read[path.name] = stamp


def _file(path: Path, visit: Visit) -> Iterator[Item | Problem]:
    """Yield the dispatches of a file, a piece of it in memory at a time."""
    number = 1
    for piece in file_pieces(path):
        lines = piece.splitlines()
        held = visit.holds(piece, path.absolute().as_uri())
        yield from visit.read_in(held, _lines(lines, visit.source, number))
        visit.release(held)
        number += len(lines)


def _lines(lines: Iterable[bytes], source: Source, first: int = 1) -> Iterator[Item | Problem]:
    for found in decode_records(lines, source.url, first):
        if isinstance(found, Problem):
            yield found
        else:
            yield from adapted([found], lambda entry: item_of(entry[1], entry[0], source.zone))


def decode_records(
    lines: Iterable[bytes], name: str, first: int = 1
) -> Iterator[tuple[str, Record] | Problem]:
    """Yield each line's place ("name:number") and record, or a Problem; empty lines are passed over."""
    decoder = msgspec.json.Decoder(Record)
    for number, line in enumerate(lines, first):
        where = f"{name}:{number}"
        if not line.strip():
            continue
        try:
            yield where, decoder.decode(line.removeprefix(BOM_UTF8))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Problem(where=where, code="bad_json_line", message=str(error))
        except RecursionError:
            yield Problem(where=where, code="bad_json_line", message="JSON is nested too deeply")


def captures_from_jsonl(lines: Iterable[bytes], name: str) -> Iterator[Capture | Problem]:
    """Yield the capture that each line of JSON is, or a Problem that names the line.

    Only `text` and `published` are required; `published` without offset is in `zone`, by default
    UTC. The capture's id is always computed; a given `version` and `supersedes` are kept, so that
    captures pass through a pipe unchanged. A line that tells of a deletion may have no text.
    """
    for found in decode_records(lines, name):
        if isinstance(found, Problem):
            yield found
            continue
        try:
            yield _capture(*found)
        except InputError as error:
            yield error.problem


def item_of(record: Record, where: str, zone: str) -> Item:
    """Return the item that `record` is, for a door whose bare times are in `zone`.

    Raises InputError naming `where`.
    """
    tz = zone_named(record.zone or zone, where)
    return Item(
        text="" if record.deleted else checked_text(record.text, where),
        published=moment(record.published, tz, where),
        dispatch=_dispatch(record),
        publisher=record.publisher,
        url=record.url,
        title=record.title,
        language=record.language,
        zone=record.zone,
        updated=moment(record.updated, tz, where) if record.updated else None,
        credits=record.credits or (),
        deleted=bool(record.deleted),
    )


def capture_from_text(
    data: bytes,
    name: str,
    *,
    published: str,
    zone: str,
    publisher: str | None = None,
    language: str | None = None,
) -> Capture:
    """Return the capture of a file of plain text in UTF-8, with or without a byte order mark.

    `published` is ISO 8601, in `zone` where it has no offset. Raises InputError for bytes that are
    no text, an empty or too long one, a date that is none, an unknown zone.
    """
    when = moment(published, zone_named(zone, name), name)
    try:
        text = checked_text(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        message = f"not a text in UTF-8 (byte {error.start})"
        raise InputError(name, "not_text", message) from None
    return make_capture(
        text=text, published=when, zone=zone, publisher=publisher, language=language
    )


def _capture(where: str, record: Record) -> Capture:
    item = item_of(record, where, "UTC")
    assert item.published is not None  # a record always tells
    tz = zone_named(record.zone or "UTC", where)
    return make_capture(
        text=item.text,
        published=item.published,
        dispatch=item.dispatch,
        version=record.version or 1,
        supersedes=record.supersedes,
        source=record.source,
        publisher=record.publisher,
        role=_role(record),
        party=record.party,
        url=record.url,
        title=record.title,
        language=record.language,
        zone=record.zone,
        updated=item.updated,
        retrieved=moment(record.retrieved, tz, where) if record.retrieved else None,
        credits=item.credits,
        deleted=item.deleted,
        home=record.home,
        alerts=record.alerts,
        quoted=record.quoted,
    )


def _dispatch(record: Record) -> str | None:
    given = record.dispatch if record.dispatch is not None else record.id
    return None if given is None or given == "" else str(given)


def _role(record: Record) -> SourceRole | None:
    given = record.role or record.source_role
    return next((role for role in _ROLES if role == given), None)

"""A mail as it was sent: its header and the parts of its body, whatever it is made to break.

The standard library parses; what makes it slow or lets it fall is refused before: sizes, depth, and
the number of parts are bounded, and so are the fields that say how a part is to be read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from sourcier.gather.canonical import MAX_CHARACTERS
from sourcier.gather.mail_text import fixed_lines, flowed_lines
from sourcier.gather.markup import elements, parse, text_of
from sourcier.problems import InputError

_LONGEST_HEAD = 256_000  # bytes
_LONGEST_FIELD = 4_000  # characters of a header field that are read
_MOST_LINES = 1_000_000
_MOST_BOUNDARIES = 10_000
_DEEPEST = 40  # parts within parts
_RICH = 3  # times the length of the plain text from which that of the HTML part is preferred

_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_READING = re.compile(
    rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_FAULTS = (MessageError, LookupError, TypeError, ValueError, AttributeError, AssertionError)
"""What the standard library raises for parameters that contradict each other."""

_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"))
_AS_SENT = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # what is so called, and what it is
_HIDDEN = "//*[contains(translate(@style, ' ', ''), 'display:none')]"
_SILENT = ("image/", "audio/", "video/", "font/", "text/calendar", "application/pgp-", "text/css")
_SIGNED = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
)


@dataclass
class Body:
    """What a message holds: its text in lines, each a paragraph or empty; what was not read.

    `unread` names attachments, `letters` are messages that were attached.
    """

    lines: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    letters: list[Message] = field(default_factory=list)


def head_of(raw: bytes, where: str) -> Message:
    """Return the header of a message alone; raises InputError for one that is too long or none."""
    start = _with_newlines(raw[: _LONGEST_HEAD + 1])
    end = start.find(b"\n\n")
    if end < 0 and len(raw) > _LONGEST_HEAD:
        raise InputError(where, "bad_mail", f"a header of more than {_LONGEST_HEAD:,} bytes")
    head = BytesHeaderParser().parsebytes(start[:end] if end >= 0 else start)
    if not list(fields(head, "From")):
        raise InputError(where, "bad_mail", "not a mail: it has no sender")
    return head


def message_of(raw: bytes, where: str) -> Message:
    """Return a parsed message; raises InputError for one that is made to break its reader."""
    data = _with_newlines(raw)
    if data.count(b"\n") > _MOST_LINES or data.count(b"\n--") > _MOST_BOUNDARIES:
        raise InputError(where, "bad_mail", "a mail of too many parts or lines")
    if len(_NESTING.findall(data)) > _DEEPEST:
        raise InputError(where, "bad_mail", f"more than {_DEEPEST} parts within parts")
    if any(len(found[0]) > _LONGEST_FIELD for found in _READING.finditer(data)):
        raise InputError(where, "bad_mail", "a header field that is far too long")
    try:
        return BytesParser().parsebytes(data)
    except _FAULTS as error:
        raise InputError(where, "bad_mail", f"its parts can't be told apart: {error}") from None


def _with_newlines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def fields(message: Message, name: str) -> Iterator[str]:
    """Yield the header fields of that name as they were sent, the first characters of each."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            data = str(value)[:_LONGEST_FIELD].encode("utf-8", "surrogateescape")
            yield " ".join((_utf8(data) or data.decode("cp1252", "replace")).split())


def worded(value: str | None) -> str:
    """Return a header field with its encoded words (RFC 2047) read; bad ones stand as they are."""
    try:
        pieces = decode_header(value or "")
        texts = [_word(piece, charset) for piece, charset in pieces]
    except (MessageError, ValueError, InputError):
        return value or ""
    return " ".join("".join(texts).split())


def body_of(message: Message, where: str) -> Body:
    """Return what `message` holds; raises InputError for parts that can't be read."""
    found = Body()
    try:
        _collect(message, found, where)
    except _FAULTS as error:
        raise InputError(where, "bad_mail", f"a part that can't be read: {error}") from None
    return found


def _collect(part: Message, found: Body, where: str) -> None:
    kind = part.get_content_type()
    if kind.startswith("multipart/"):
        _collect_parts(part, kind, found, where)
    elif part.get_content_disposition() == "attachment" and kind != "message/rfc822":
        _leave_unread(part, kind, found)
    elif kind == "message/rfc822":
        found.letters.extend(one for one in _children(part) if isinstance(one, Message))
    elif kind in {"text/plain", "text/html"}:
        lines = _plain_lines(part, where) if kind == "text/plain" else _html_lines(part, where)
        found.lines.extend([*([""] if found.lines else []), *lines])
    else:
        _leave_unread(part, kind, found)


def _collect_parts(part: Message, kind: str, found: Body, where: str) -> None:
    if not part.is_multipart():
        raise InputError(where, "bad_mail", "a mail of parts without a boundary between them")
    children = _children(part)
    if kind == "multipart/encrypted":
        raise InputError(where, "encrypted", "the mail is encrypted")
    if kind == "multipart/alternative":
        _merge(_best(children, where), found)
        return
    for child in children[:1] if kind == "multipart/signed" else children:
        _collect(child, found, where)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _best(children: list[Message], where: str) -> Body:
    """Return the plain text, or what comes after it where that says much more."""
    bodies = []
    for child in children:
        bodies.append(Body())
        _collect(child, bodies[-1], where)
    if not bodies:
        return Body()
    first, last = bodies[0], max(bodies[1:], key=_length, default=Body())
    best = last if _length(last) > _RICH * _length(first) else first
    best.unread = [name for body in bodies for name in body.unread]
    return best


def _length(body: Body) -> int:
    return sum(map(len, body.lines))


def _merge(one: Body, found: Body) -> None:
    found.lines.extend([*([""] if found.lines else []), *one.lines])
    found.unread.extend(one.unread)
    found.letters.extend(one.letters)


def _leave_unread(part: Message, kind: str, found: Body) -> None:
    if not kind.startswith(_SILENT) and kind not in _SIGNED:
        found.unread.append(" ".join(worded(part.get_filename()).split())[:80] or kind)


def _plain_lines(part: Message, where: str) -> list[str]:
    text = _decoded(_data(part, where), part.get_content_charset(), where)
    if str(part.get_param("format", "")).lower() == "flowed":
        return flowed_lines(text, delete=str(part.get_param("delsp", "")).lower() == "yes")
    return fixed_lines(text)


def _html_lines(part: Message, where: str) -> list[str]:
    """Return the lines of an HTML part; without a charset in its header, the page's own is taken."""
    data, charset = _data(part, where), part.get_content_charset()
    root = parse(_decoded(data, charset, where).encode() if charset else data)
    if root is None:
        return []
    for element in elements(root, _HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()  # type: ignore[attr-defined]
    return text_of(root).split("\n")


def _data(part: Message, where: str) -> bytes:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    if len(data) > 4 * MAX_CHARACTERS:
        raise InputError(where, "too_large", f"a text of {len(data):,} bytes")
    return data


def _decoded(data: bytes, charset: str | None, where: str) -> str:
    """Return the text of `data`: UTF-8 where it is, else as it is declared.

    Raises InputError for a charset that is none, or is not told.
    """
    text = _utf8(data)
    codec = _codec(charset)
    if codec is None or (text is not None and codec in {"ascii", "utf-8", "cp1252", "iso8859-1"}):
        if text is None:
            name = f"no charset {charset[:40]!r}" if charset else "no charset"
            raise InputError(where, "bad_charset", f"{name}, and its bytes are not UTF-8")
        return text
    try:
        return data.decode(_AS_SENT.get(codec, codec), "replace")
    except (LookupError, ValueError) as error:
        raise InputError(where, "bad_charset", f"charset {codec!r}: {error}") from None


def _codec(charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else name


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _word(piece: bytes | str, charset: str | None) -> str:
    """Return a piece of a header; what stood between encoded words comes as `decode_header` escapes it."""
    if isinstance(piece, str):
        return piece
    if charset is None:
        return piece.decode("raw_unicode_escape", "replace")
    return _decoded(piece, charset, "")

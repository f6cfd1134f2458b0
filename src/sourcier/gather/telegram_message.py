"""Messages of a Telegram channel as its servers give them (layer types of MTProto): each as a Post."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, Protocol

from sourcier.gather.telegram_posts import Post
from sourcier.types import Credit, Span

_QUOTE = "MessageEntityBlockquote"
_BEYOND = "\uffff"  # what comes after it takes two units of UTF-16


class Message(Protocol):
    """What is asked of a message; `forward` has what the answer told of where it came from.

    `message` is null for one of the service ("channel created"). Datetimes are aware.
    """

    id: int
    message: str | None
    date: datetime | None
    edit_date: datetime | None
    grouped_id: int | None
    entities: Sequence[Any] | None

    @property
    def forward(self) -> Any:
        """Null where it was not forwarded."""

    def to_json(self) -> str:
        """Return all of it."""


def post_of(message: Message, channel: str) -> Post:
    """Return the post that a message of the channel is."""
    url = f"https://t.me/{channel}/{message.id}"
    text = message.message or ""
    return Post(
        number=message.id,
        where=url,
        parts=tuple(part for part in _parts(text, _quotes(message, text)) if part[0]),
        published=message.date,
        updated=message.edit_date,
        url=url,
        album=str(message.grouped_id) if message.grouped_id else None,
        forward=_credit(message.forward) if message.forward else None,
    )


def _parts(text: str, quotes: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it is a quotation."""
    told = 0
    for start, end in quotes:
        if end > max(start, told):
            yield text[told:start], False
            yield text[max(start, told) : end], True
            told = end
    yield text[told:], False


def _quotes(message: Message, text: str) -> list[Span]:
    """Return the spans that are set apart as quotations, in order, in characters of the text.

    Telegram counts units of UTF-16 (https://core.telegram.org/api/entities).
    """
    quotes = [one for one in message.entities or () if type(one).__name__ == _QUOTE]
    if not quotes:
        return []
    starts = [0, *accumulate(1 + (character > _BEYOND) for character in text)]
    spans = ((one.offset, one.offset + one.length) for one in quotes)
    return sorted((_character(starts, start), _character(starts, end)) for start, end in spans)


def _character(starts: Sequence[int], unit: int) -> int:
    """Return the character that begins at a unit of UTF-16, or else the next that does."""
    return min(bisect_left(starts, unit), len(starts) - 1)


def _credit(forward: Any) -> Credit | None:
    """Return whose words were forwarded: a channel with its address, a person, or the name that is told."""
    origin = forward.chat or forward.sender
    names = (getattr(origin, key, None) for key in ("title", "first_name", "last_name"))
    name = " ".join(filter(None, names)) or forward.from_name
    handle = getattr(forward.chat, "username", None)
    post = f"/{forward.channel_post}" if forward.channel_post else ""
    return Credit(
        kind="forward",
        name=name or None,
        url=f"https://t.me/{handle}{post}" if handle else None,
        **({"published": forward.date} if forward.date else {}),
    )

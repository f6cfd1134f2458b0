"""A public channel of Telegram as an account sees it: new posts, edits and deletions, without a preview.

Telethon speaks MTProto with Telegram's own servers, whose addresses it knows and the session names; it is an
extra, and loaded when such a door is opened. Messages of a channel are numbered one by one, so the newest
hundred that were taken are asked for by number: what is empty there was deleted.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item, adapted
from sourcier.gather.telegram_account import STEP, Client, client_of, library, naming
from sourcier.gather.telegram_message import Message, post_of
from sourcier.gather.telegram_posts import HOSTS, albums, channel_of, dispatch_of, item_of
from sourcier.problems import InputError, Problem
from sourcier.types import Source

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

MOST = 100
"""The most new messages of one look, and the most known ones that are asked for again: one request each."""

SECONDS = 30.0
"""The most seconds that one look may take."""

_NAME = re.compile(r"[a-z][a-z0-9_]{3,31}", re.ASCII)


class _Place(msgspec.Struct, frozen=True):
    """Where the last look ended: the channel's id, the key to it of this account, the last message."""

    id: int
    access: int
    last: int = 0


class _Seen(msgspec.Struct, frozen=True):
    """What one look found: messages in their order, albums whole; numbers of those that are gone."""

    place: _Place
    messages: Sequence[Message]
    gone: Sequence[int]


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield the posts that came since the last look, and the newest known ones as they are now.

    Of a channel that is new to us, the newest posts. Raises InputError where it is none that anybody may
    read, the account is refused, or Telegram asks to wait.
    """
    begun, channel = time.monotonic(), _channel(visit.source)
    telethon = library(visit.source)
    with naming(telethon, visit.source.url):
        seen = asyncio.run(_look(telethon, visit, channel))
    visit.opened = True
    seconds = time.monotonic() - begun
    visit.door.pulse.opened(Fetched(visit.source.url, b"", visit.now, seconds=seconds))
    yield from _told(visit, channel, seen)
    visit.door.read[channel] = msgspec.json.encode(seen.place).decode()


def _told(visit: Visit, channel: str, seen: _Seen) -> Iterator[Item | Problem]:
    """Yield each post, bound to its messages as JSON lines; a deletion has no bytes."""
    live = {dispatch for dispatch, _ in visit.door.live()}
    for number in seen.gone:
        dispatch = dispatch_of(channel, number)
        if dispatch in live:
            yield Item(text="", dispatch=dispatch, deleted=True)
    for _, group in groupby(seen.messages, lambda one: (one.grouped_id, one.grouped_id or one.id)):
        messages = list(group)
        post = next(albums(post_of(one, channel) for one in messages))
        body = "\n".join(one.to_json() for one in messages).encode()
        held = visit.holds(body, post.where)
        yield from visit.read_in(held, adapted([post], lambda one: item_of(one, channel)))


async def _look(telethon: ModuleType, visit: Visit, channel: str) -> _Seen:
    """Return what is new, and what is known as it is now."""
    client = client_of(telethon, visit.source)
    try:
        async with asyncio.timeout(SECONDS):
            await client.connect()
            known = visit.door.read.get(channel)
            place = msgspec.json.decode(known, type=_Place) if known else None
            place = place or await _found(client, channel)
            peer = telethon.types.InputPeerChannel(place.id, place.access)
            return await (_since if place.last else _first)(client, peer, place)
    except telethon.errors.ChannelInvalidError:  # the key to it was another account's
        visit.door.read.pop(channel, None)
        raise
    finally:
        with suppress(OSError):  # a time-out is one
            async with asyncio.timeout(STEP):
                await client.disconnect()


async def _found(client: Client, channel: str) -> _Place:
    try:
        found = await client.get_entity(f"@{channel}")
    except ValueError:
        found = None
    if not getattr(found, "broadcast", False):  # in a group, or to a person, anybody writes
        message = f"@{channel} is no public channel"
        raise InputError(f"https://t.me/{channel}", "no_channel", message)
    return _Place(found.id, found.access_hash or 0)


async def _first(client: Client, peer: Any, place: _Place) -> _Seen:
    newest = await client.get_messages(peer, limit=MOST)
    messages = sorted(filter(None, newest), key=lambda one: one.id)
    last = messages[-1].id if messages else 0
    whole = _whole(messages, cut_before=len(messages) == MOST)
    return _Seen(msgspec.structs.replace(place, last=last), whole, ())


async def _since(client: Client, peer: Any, place: _Place) -> _Seen:
    """Return the messages after the last one, the oldest first, and the hundred up to it as they are.

    An album that the end of either cuts is left out: at the end it comes whole with the next look.
    """
    asked = list(range(max(1, place.last - MOST + 1), place.last + 1))
    again = list(await client.get_messages(peer, ids=asked))
    paired = len(again) == len(asked)  # else nothing tells which of them is missing
    gone = [number for number, one in zip(asked, again, strict=False) if paired and one is None]
    new = list(await client.get_messages(peer, min_id=place.last, limit=MOST, reverse=True))
    messages = sorted(filter(None, (*again, *new)), key=lambda one: one.id)
    whole = _whole(messages, cut_before=asked[0] > 1, cut_after=len(new) >= MOST)
    last = max((place.last, *(one.id for one in whole)))
    return _Seen(msgspec.structs.replace(place, last=last), whole, gone)


def _whole(
    messages: list[Message], *, cut_before: bool = False, cut_after: bool = False
) -> list[Message]:
    """Return the messages without those of an album of which others may lie beyond either end."""
    cut = {messages[0].grouped_id} if messages and cut_before else set()
    cut |= {messages[-1].grouped_id} if messages and cut_after else set()
    return [one for one in messages if not one.grouped_id or one.grouped_id not in cut]


def _channel(source: Source) -> str:
    """Return the public name; an invitation, a person's number or "me" is none."""
    name = channel_of(source)
    told = source.channel or urlsplit(source.url).netloc in HOSTS
    if not told or not _NAME.fullmatch(name):
        message = "name a public channel: https://t.me/name, or channel"
        raise InputError(source.url, "bad_url", message)
    return name

"""Item: one dispatch as a door shows it now. Every format is parsed, then adapted to this."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sourcier.types import Credit


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What an adapter makes of one entry, post, page or line; `State` turns it into a Capture.

    Datetimes are aware. `dispatch` is the publisher's own identity for it (a guid, a post number),
    null where the URL is. `publisher` overrides the source's. `deleted` tells of a withdrawal.
    """

    text: str
    published: datetime
    dispatch: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    updated: datetime | None = None
    credits: tuple[Credit, ...] = ()
    deleted: bool = False

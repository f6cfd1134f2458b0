"""The pointer: a small moving file that tells a tab without a stream whether its page is still the newest.

It is the same for all readers of a page, so that a cache can hand it out; the page is fetched again only
when the mark has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec

from sourcier.types import Story

BUSY, CALM = 15, 60
"""Seconds between two looks while something was published within the last hour, and otherwise."""
LIFETIME = 5
"""Seconds for which a cache may hand out the same pointer."""
_EPOCH = datetime.fromtimestamp(0, UTC)


def pointer(story: Story, pages: Mapping[str, str] | None = None) -> bytes:
    """Return the pointer as JSON: the page's `mark`, its `sequence`, seconds to the next look (0: none).

    `pages` are the newest page's names by language, where it has another than that of an open tab.
    """
    found: dict[str, object] = {"mark": mark(story), "sequence": story.sequence}
    found["poll"] = interval(story)
    if pages:
        found["pages"] = dict(pages)
    return json.dumps(found, separators=(",", ":")).encode()


def mark(story: Story) -> str:
    """Return a mark of all that the page is made from but the time of day."""
    timeless = msgspec.structs.replace(story, now=_EPOCH, changes=())
    return sha256(msgspec.msgpack.encode(timeless)).hexdigest()[:12]


def interval(story: Story) -> int:
    """Return in how many seconds a tab should look again; 0 for a page that is closed or past."""
    if story.closed or not story.live:
        return 0
    newest = max((entry.updated for entry in story.entries), default=_EPOCH)
    return BUSY if story.now - newest < timedelta(hours=1) else CALM

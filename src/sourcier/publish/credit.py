"""The credit that whoever republishes takes along: the origin, then the relay, then us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup

from sourcier.publish.proof import origin_name, publisher, short_hash
from sourcier.publish.view import View
from sourcier.types import Entry


def credit(view: View) -> Markup:
    """Return the credit for the newest entry that has an origin; the page itself where none has."""
    for entry in view.entries:
        if entry.state != "retracted" and entry.origins.origins:
            return entry_credit(view, entry, view.links.root, view.story.now)
    return _credit(view, view.links.root, view.story.now, origin=view.title[0])


def entry_credit(view: View, entry: Entry, address: str, read: datetime) -> Markup:
    """Return the credit of one entry, `read` at `address` then; the page's where it has no origin."""
    if not entry.origins.origins:
        return _credit(view, address, read, origin=view.title[0])
    origin = entry.origins.origins[0]
    captures = view.captures(origin.captures[:1])
    name = origin_name(view, origin)
    if not captures:
        return _credit(view, address, read, origin=name)
    more = {"key": "take.credit_captured", "hash": short_hash(captures[0])}
    if not origin.captured:
        more |= {"key": "take.credit_relayed", "relay": publisher(view, captures[0])}
    return _credit(view, address, read, origin=name, **more)


def _credit(
    view: View, address: str, read: datetime, *, key: str = "take.credit", **values: Any
) -> Markup:
    words = view.words
    return words.html(
        key,
        day=words.day(view.today(read)),
        clock=view.clock(read),
        zone=words.zone(view.story.zone),
        address=Markup('<span id="adr">{}</span>').format(address),
        **values,
    )

"""The credit that whoever republishes the page takes along: the origin, then the relay, then us."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sourcier.publish.proof import origin_name, publisher, short_hash
from sourcier.publish.view import View


def credit(view: View) -> Markup:
    """Return the credit for the newest entry that has an origin; the page itself where none has."""
    words = view.words
    common: dict[str, Any] = {
        "day": words.day(view.today(view.story.now)),
        "clock": view.clock(view.story.now),
        "zone": words.zone(view.story.zone),
        "address": Markup('<span id="adr">{}</span>').format(view.links.root),
    }
    for entry in view.entries:
        if entry.state == "retracted" or not entry.origins.origins:
            continue
        origin = entry.origins.origins[0]
        captures = view.captures(origin.captures[:1])
        name = origin_name(view, origin)
        if captures and not origin.captured:
            common |= {"relay": publisher(view, captures[0]), "hash": short_hash(captures[0])}
            return words.html("take.credit_relayed", origin=name, **common)
        return words.html("take.credit", origin=name, **common)
    return words.html("take.credit", origin=view.title[0], **common)

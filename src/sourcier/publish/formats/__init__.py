"""What others take of a story: each format is a function of a `Pack`, and a file beside the page.

::

    View -> pack.py -> Pack -+-> atom.py rss.py jsonfeed.py    feeds
                             +-> ninjs.py newsml.py             what newsrooms exchange
                             +-> cap.py geojson.py              alerts, and where things are
                             +-> jsonld.py                      what search engines read

`FORMATS` names the files. All need absolute addresses, as they are read elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sourcier.publish.formats import atom, cap, geojson, jsonfeed, jsonld, newsml, ninjs, rss
from sourcier.publish.formats.pack import Pack, pack
from sourcier.publish.view import View

LATEST = 100
"""Items that a feed holds; the data set holds all."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type and what writes it from a pack, its own address and WebSub hubs."""

    type: str
    write: Callable[[Pack, str, tuple[str, ...]], bytes]


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode(errors="replace")


FORMATS: dict[str, Format] = {
    "feed.atom": Format(atom.TYPE, atom.atom),
    "feed.rss": Format(rss.TYPE, rss.rss),
    "feed.json": Format(jsonfeed.TYPE, lambda *of: _json(jsonfeed.jsonfeed(*of))),
    "live.jsonld": Format(jsonld.TYPE, lambda of, _, __: _json(jsonld.jsonld(of))),
    "ninjs.json": Format(ninjs.TYPE, lambda of, _, __: _json(ninjs.ninjs(of))),
    "newsml.xml": Format(newsml.TYPE, lambda of, _, __: newsml.newsml(of)),
    "places.geojson": Format(geojson.TYPE, lambda of, _, __: _json(geojson.geojson(of))),
    "alerts.atom": Format(cap.TYPE, cap.alerts),
}
FEEDS = tuple(name for name in FORMATS if name.startswith("feed."))

TOPICS = (*FEEDS, "alerts.atom")
"""The files that WebSub hubs are told of."""


def written(view: View, name: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return the story of `view` in the format of file `name`; raises KeyError for an unknown one."""
    found = FORMATS[name]
    return found.write(pack(view, LATEST), view.links.data(name), hubs)

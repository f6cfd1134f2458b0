"""What others take of a story: each format is a function of a `Pack`, and a file beside the page.

::

    View -> pack.py -> Pack -+-> atom.py rss.py jsonfeed.py    feeds
                             +-> ninjs.py newsml.py             what newsrooms exchange
                             +-> cap.py geojson.py              alerts, and where things are
                             +-> jsonld.py                      what search engines read

`FORMATS` names the files. All need absolute addresses, as they are read elsewhere, and none goes out that
breaks the rules of its format (`rules`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from sourcier.publish.formats import (
    atom,
    cap,
    geojson,
    jsonfeed,
    jsonld,
    newsml,
    ninjs,
    rss,
    shapes,
    shapes_geo,
    shapes_ninjs,
)
from sourcier.publish.formats.bulletins import bulletins
from sourcier.publish.formats.pack import Pack, pack
from sourcier.publish.formats.rules import InvalidFormatError, check_json, check_xml
from sourcier.publish.view import View

LATEST = 100
"""Items that a feed holds; the data set holds all."""


Rules = str | type[Struct]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, what writes it from a pack, its own address and WebSub hubs, its rules.

    `rules` are the name of a grammar for what is XML, a shape for what is JSON.
    """

    type: str
    write: Callable[[Pack, str, tuple[str, ...]], bytes]
    rules: Rules


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode(errors="replace")


FORMATS: dict[str, Format] = {
    "feed.atom": Format(atom.TYPE, atom.atom, "atom"),
    "feed.rss": Format(rss.TYPE, rss.rss, "rss"),
    "feed.json": Format(jsonfeed.TYPE, lambda *of: _json(jsonfeed.jsonfeed(*of)), shapes.JSONFeed),
    "live.jsonld": Format(jsonld.TYPE, lambda of, _, __: _json(jsonld.jsonld(of)), shapes.LiveBlog),
    "ninjs.json": Format(ninjs.TYPE, lambda of, _, __: _json(ninjs.ninjs(of)), shapes_ninjs.Ninjs),
    "newsml.xml": Format(newsml.TYPE, lambda of, _, __: newsml.newsml(of), "newsml"),
    "places.geojson": Format(
        geojson.TYPE, lambda of, _, __: _json(geojson.geojson(of)), shapes_geo.FeatureCollection
    ),
    "alerts.atom": Format(cap.TYPE, cap.alerts, "atom"),
}
FEEDS = tuple(name for name in FORMATS if name.startswith("feed."))

TOPICS = (*FEEDS, "alerts.atom")
"""The files that WebSub hubs are told of."""


def written(view: View, name: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return the story of `view` in the format of file `name`.

    Raises KeyError for an unknown one, InvalidFormatError where the outcome would break its rules.
    """
    found = FORMATS[name]
    packed = pack(view, LATEST)
    try:
        content = found.write(packed, view.links.data(name), hubs)
    except ValueError as error:
        raise InvalidFormatError(name, str(error)) from error
    if isinstance(found.rules, str):
        check_xml(name, content, found.rules)
    else:
        check_json(name, content, found.rules)
    return content


def cap_keys(view: View) -> list[str]:
    """Return the identifiers of all CAP messages on a story's alerts."""
    return [message.key for told in bulletins(view.story) for message in told]


def cap_message(view: View, key: str) -> bytes:
    """Return the CAP message that has the identifier `key`, the same from a view in any language.

    Raises KeyError where none has it, InvalidFormatError where it would break the rules of CAP.
    """
    known = {message.key: message for told in bulletins(view.story) for message in told}
    content = cap.cap(view, known[key])
    check_xml(f"{key}.xml", content, "cap")
    return content

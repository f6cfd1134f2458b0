"""Atom (RFC 4287) with versions (RFC 5829) and tombstones for what was withdrawn (RFC 6721).

An entry keeps its id over all versions; `updated` and the link relations ``version-history`` and
``predecessor-version`` tell them apart. `source` is not used: an entry is our own text, what it rests on
stands in ``via`` links.
"""

from __future__ import annotations

from lxml import etree

from sourcier.publish.formats.pack import Item, Pack
from sourcier.publish.formats.xml import LANG, add, moment, root, written
from sourcier.publish.pictures import JPEG

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
GEORSS = "http://www.georss.org/georss"
TYPE = "application/atom+xml; charset=utf-8"


def atom(pack: Pack, address: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return the feed, which is served at `address`; `hubs` are WebSub hubs to subscribe at."""
    feed = root(ATOM, "feed", {"at": TOMBSTONES, "georss": GEORSS})
    feed.set(LANG, pack.language)
    add(feed, "id", pack.urn)
    add(feed, "title", pack.title)
    add(feed, "updated", moment(pack.updated))
    add(feed, "generator", "Sourcier")
    add(add(feed, "author"), "name", pack.publisher)
    add(feed, "link", rel="self", type="application/atom+xml", href=address)
    add(feed, "link", rel="alternate", type="text/html", href=pack.address, hreflang=pack.language)
    for hub in hubs:
        add(feed, "link", rel="hub", href=hub)
    for item in pack.items:
        (_tombstone if item.retracted else _entry)(feed, pack, item)
    return written(feed)


def _entry(feed: etree._Element, pack: Pack, item: Item) -> None:
    entry = add(feed, "entry", lang_=item.language if item.language != pack.language else None)
    add(entry, "id", item.urn)
    add(entry, "title", item.headline)
    add(add(entry, "author"), "name", pack.publisher)
    add(entry, "published", moment(item.entry.published))
    add(entry, "updated", moment(item.entry.updated))
    add(entry, "category", term=item.entry.kind, label=item.label)
    add(entry, "link", rel="alternate", type="text/html", href=item.address)
    if len(item.versions) > 1:
        before = item.versions[-2]
        add(entry, "link", rel="version-history", type="text/html", href=item.address)
        add(entry, "link", rel="predecessor-version", type="text/html", href=before.address)
    for relay in item.linked:
        add(entry, "link", rel="via", href=relay.url, title=relay.publisher)
    if shown := item.picture:
        add(
            entry,
            "link",
            rel="enclosure",
            type=JPEG,
            href=shown.jpeg.address,
            length=str(shown.jpeg.size) if shown.jpeg.size else None,
            title=shown.alt or None,
        )
    add(entry, "rights", item.credit)
    add(entry, "summary", item.text.split("\n")[0] or item.headline)
    add(entry, "content", str(item.html), type="html")
    if (place := item.place) and place.latitude is not None and place.longitude is not None:
        add(entry, "point", f"{place.latitude} {place.longitude}", namespace=GEORSS)
        add(entry, "featurename", place.name, namespace=GEORSS)


def _tombstone(feed: etree._Element, pack: Pack, item: Item) -> None:
    """Say that an entry was withdrawn, when and why; a reader that knows RFC 6721 deletes it."""
    gone = add(
        feed,
        "deleted-entry",
        namespace=TOMBSTONES,
        ref=item.urn,
        when=moment(item.entry.updated),
    )
    add(add(gone, "by", namespace=TOMBSTONES), "name", pack.publisher, namespace=ATOM)
    if item.note:
        add(gone, "comment", item.note, namespace=TOMBSTONES, lang_=pack.language)

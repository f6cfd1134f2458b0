"""RSS 2.0, for readers that know nothing newer. It cannot take an item back: a withdrawn one says so.

When an item changed is told by Atom's element, as RSS has none of its own.
"""

from __future__ import annotations

from email.utils import format_datetime

from lxml import etree

from sourcier.publish.formats.atom import ATOM
from sourcier.publish.formats.pack import Item, Pack
from sourcier.publish.formats.xml import add, moment, written
from sourcier.publish.pictures import JPEG

DC = "http://purl.org/dc/elements/1.1/"
TYPE = "application/rss+xml; charset=utf-8"


def rss(pack: Pack, address: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return the feed, which is served at `address`; `hubs` are WebSub hubs to subscribe at."""
    document = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "dc": DC})
    channel = add(document, "channel")
    add(channel, "title", pack.title)
    add(channel, "link", pack.address)
    add(channel, "description", pack.view.words("site.description"))
    add(channel, "language", pack.language)
    add(channel, "lastBuildDate", format_datetime(pack.updated))
    add(channel, "generator", "Sourcier")
    add(channel, "link", namespace=ATOM, rel="self", type="application/rss+xml", href=address)
    for hub in hubs:
        add(channel, "link", namespace=ATOM, rel="hub", href=hub)
    for item in pack.items:
        _item(channel, pack, item)
    return written(document)


def _item(channel: etree._Element, pack: Pack, item: Item) -> None:
    added = add(channel, "item")
    add(added, "title", item.gone or item.headline)
    add(added, "link", item.address)
    add(added, "guid", item.urn, isPermaLink="false")
    add(added, "pubDate", format_datetime(item.entry.published))
    if item.entry.updated > item.entry.published:
        add(added, "updated", moment(item.entry.updated), namespace=ATOM)
    if shown := item.picture:
        # The length is a must; 0 is how feeds say that they do not know it.
        add(added, "enclosure", url=shown.jpeg.address, length=str(shown.jpeg.size), type=JPEG)
    add(added, "category", item.label)
    add(added, "creator", pack.publisher, namespace=DC)
    add(added, "description", item.note or item.gone if item.retracted else str(item.html))

"""JSON Feed 1.1 with one extension, ``_sourcier``, which docs/formats.md describes.

Feeds cannot recall an item: the extension lists what was withdrawn, and gives each item its version.
"""

from __future__ import annotations

from typing import Any

from sourcier.publish.formats.pack import Item, Pack, Relay, Spring
from sourcier.publish.formats.xml import moment
from sourcier.publish.pictures import JPEG, Shown

TYPE = "application/feed+json; charset=utf-8"
ABOUT = "https://www.jsonfeed.org/version/1.1/"


def jsonfeed(pack: Pack, address: str, hubs: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the feed, which is served at `address`; `hubs` are WebSub hubs to subscribe at."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": pack.title,
        "home_page_url": pack.address,
        "feed_url": address,
        "description": pack.view.words("site.description"),
        "language": pack.language,
        "authors": [{"name": pack.publisher}],
        "expired": pack.ended is not None,
        "items": [_item(pack, item) for item in pack.standing],
        "_sourcier": {
            "about": ABOUT,
            "sequence": pack.view.story.sequence,
            "deleted": [_deleted(item) for item in pack.withdrawn],
        },
    }
    if hubs:
        feed["hubs"] = [{"type": "WebSub", "url": hub} for hub in hubs]
    return feed


def _item(pack: Pack, item: Item) -> dict[str, Any]:
    return (_picture(item, item.picture) if item.picture else {}) | {
        "id": item.urn,
        "url": item.address,
        "title": item.headline,
        "content_html": str(item.html),
        "content_text": item.text,
        "date_published": moment(item.entry.published),
        "date_modified": moment(item.entry.updated),
        "language": item.language,
        "authors": [{"name": pack.publisher}],
        "tags": [item.label],
        "_sourcier": {
            "version": item.entry.version,
            "sequence": item.entry.sequence,
            "state": item.entry.state,
            "kind": item.entry.kind,
            "credit": item.credit,
            "note": item.note or None,
            "versions": [
                {"version": one.number, "date": moment(one.at), "url": one.address}
                for one in item.versions
            ],
            "origins": [_origin(spring) for spring in item.springs],
        },
    }


def _picture(item: Item, shown: Shown) -> dict[str, Any]:
    file = shown.jpeg
    attached: dict[str, Any] = {
        "url": file.address,
        "mime_type": JPEG,
        "title": shown.alt or item.headline,
    }
    if file.size:
        attached |= {"size_in_bytes": file.size}
    return {"image": file.address, "attachments": [attached]}


def _origin(spring: Spring) -> dict[str, Any]:
    relays = [_relay(relay) for relay in spring.relays]
    return {"name": spring.name, "captured": spring.captured, "relays": relays}


def _relay(relay: Relay) -> dict[str, Any]:
    return {
        "publisher": relay.publisher,
        "url": relay.url,
        "date_published": moment(relay.published),
        "capture": relay.capture,
    }


def _deleted(item: Item) -> dict[str, Any]:
    return {
        "id": item.urn,
        "url": item.address,
        "date_deleted": moment(item.entry.updated),
        "version": item.entry.version,
        "sequence": item.entry.sequence,
        "note": item.note or None,
    }

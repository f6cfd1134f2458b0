"""ninjs 3.1 (IPTC): the story as a composite, its entries as associations.

An item keeps its `uri` over all versions; a withdrawn one comes once more as ``canceled``, without its
words, so that who holds it takes it down. `infoSources` are the origins, their relays and ourselves.
"""

from __future__ import annotations

from typing import Any

from sourcier.publish.formats.pack import Item, Pack, Spring, picture_urn
from sourcier.publish.formats.xml import moment
from sourcier.publish.pictures import JPEG, Shown

TYPE = "application/json; charset=utf-8"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}


def ninjs(pack: Pack) -> dict[str, Any]:
    """Return the story with its items, newest first."""
    return {
        "uri": pack.urn,
        "standard": STANDARD,
        "type": "composite",
        "representationType": "full",
        "version": str(pack.view.story.sequence),
        "firstCreated": moment(pack.started),
        "versionCreated": moment(pack.updated),
        "pubStatus": "usable",
        "language": pack.language,
        "headlines": [{"role": "main", "value": pack.title}],
        "altIds": [{"role": "web", "value": pack.address}],
        "infoSources": [_publisher(pack)],
        "associations": [_associated(pack, item) for item in pack.items],
    }


def _associated(pack: Pack, item: Item) -> dict[str, Any]:
    known = {
        "name": item.gone or item.headline,
        "rel": "update",
        "uri": item.urn,
        "type": "text",
        "version": str(item.entry.version),
        "firstCreated": moment(item.entry.published),
        "versionCreated": moment(item.entry.updated),
        "language": item.language,
        "altIds": [{"role": "web", "value": item.address}],
        "infoSources": [_publisher(pack)],
    }
    return known | (_canceled(item) if item.retracted else _usable(pack, item))


def _canceled(item: Item) -> dict[str, Any]:
    return {
        "pubStatus": "canceled",
        "representationType": "partial",
        "edNote": item.note or item.gone,
    }


def _usable(pack: Pack, item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "pubStatus": "usable",
        "representationType": "full",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": item.headline}],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": str(item.html)},
            {"role": "plain", "contentType": "text/plain", "value": item.text},
        ],
        "genres": [{"name": item.label, "literal": item.entry.kind}],
        "usageTerms": item.credit,
        "infoSources": [*_sources(item.springs), _publisher(pack)],
    }
    if item.picture:
        found["associations"] = [_picture(pack, item, item.picture)]
    if item.note:
        found["edNote"] = item.note
    if item.place:
        found["places"] = [_place(item)]
    if item.event:
        found["events"] = [{"id": item.event.id, "literal": item.event.type, "rel": "about"}]
    return found


def _picture(pack: Pack, item: Item, shown: Shown) -> dict[str, Any]:
    """Return the picture of an item, which goes when the item goes: its words, its file."""
    file = shown.jpeg
    rendition = {
        "name": "main",
        "href": file.address,
        "contentType": JPEG,
        "width": file.width,
        "height": file.height,
    }
    said = {"caption": shown.caption, "alt": shown.alt}
    words = [
        {"role": role, "contentType": "text/plain", "value": value}
        for role, value in said.items()
        if value
    ]
    picture: dict[str, Any] = {
        "name": shown.alt or item.headline,
        "rel": "illustration",
        "uri": picture_urn(pack, item, shown.digest),
        "type": "picture",
        "representationType": "full",
        "pubStatus": "usable",
        "language": shown.language or pack.language,
        "descriptions": words,
        "usageTerms": shown.credit or item.credit,
        "renditions": [rendition | ({"sizeInBytes": file.size} if file.size else {})],
    }
    return picture | ({"by": shown.credit} if shown.credit else {})


def _publisher(pack: Pack) -> dict[str, str]:
    return {"name": pack.publisher, "role": "publisher", "uri": pack.address}


def _sources(springs: tuple[Spring, ...]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for spring in springs:
        found.append({"name": spring.name, "role": "origin"})
        for relay in spring.relays:
            one = {"name": relay.publisher, "role": "relay", "literal": f"sha256:{relay.capture}"}
            found.append(one | ({"uri": relay.url} if relay.url else {}))
    return found


def _place(item: Item) -> dict[str, Any]:
    place = item.place
    assert place is not None
    found: dict[str, Any] = {"name": place.name, "rel": "about"}
    if place.geonames:
        found["uri"] = f"https://sws.geonames.org/{place.geonames}/"
    if place.latitude is not None and place.longitude is not None:
        point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        found["geoJSON"] = point
    return found

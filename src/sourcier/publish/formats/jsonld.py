"""JSON-LD: the live page as a schema.org LiveBlogPosting, each entry with its author, dates and sources.

``coverageEndTime`` comes only once the story is closed. What was withdrawn is left out, as readers no longer
see it; a corrected entry carries a ``CorrectionComment``.
"""

from __future__ import annotations

from typing import Any

from sourcier.publish.formats.pack import Item, Pack, Relay
from sourcier.publish.formats.xml import moment
from sourcier.publish.pictures import JPEG, Shown

TYPE = "application/ld+json; charset=utf-8"


def jsonld(pack: Pack) -> dict[str, Any]:
    """Return the page's description; its newest updates first."""
    found: dict[str, Any] = {
        "@type": "LiveBlogPosting",
        "@id": pack.urn,
        "url": pack.address,
        "headline": pack.title,
        "inLanguage": pack.language,
        "datePublished": moment(pack.started),
        "dateModified": moment(pack.updated),
        "coverageStartTime": moment(pack.started),
        "author": _organisation(pack.publisher),
        "publisher": _organisation(pack.publisher),
        "liveBlogUpdate": [posting(pack, item) for item in pack.standing],
    }
    if pack.ended is not None:
        found["coverageEndTime"] = moment(pack.ended)
    return context(found)


def context(found: dict[str, Any]) -> dict[str, Any]:
    """Return a description that stands alone: with the vocabulary that its words are of."""
    return {"@context": "https://schema.org"} | found


def posting(pack: Pack, item: Item) -> dict[str, Any]:
    """Return the description of one entry."""
    posting: dict[str, Any] = {
        "@type": "BlogPosting",
        "@id": item.urn,
        "url": item.address,
        "headline": item.headline,
        "articleBody": item.text or item.headline,
        "inLanguage": item.language,
        "datePublished": moment(item.entry.published),
        "dateModified": moment(item.entry.updated),
        "version": item.entry.version,
        "author": _organisation(pack.publisher),
        "creditText": item.credit,
    }
    based = [_work(relay) for spring in item.springs for relay in spring.relays[:1]]
    if based:
        posting["isBasedOn"] = based
    if item.entry.state == "corrected":
        posting["correction"] = _correction(item)
    if item.picture:
        posting["image"] = _image(item.picture, item.picture.language or pack.language)
    if item.place:
        posting["contentLocation"] = _place(item)
    return posting


def _image(shown: Shown, language: str) -> dict[str, Any]:
    """Return a picture; its sides are given with their unit, as a number alone is no measure there."""
    file = shown.jpeg
    image: dict[str, Any] = {
        "@type": "ImageObject",
        "contentUrl": file.address,
        "encodingFormat": JPEG,
        "width": _pixels(file.width),
        "height": _pixels(file.height),
        "inLanguage": language,
    }
    if file.size:
        image["contentSize"] = f"{file.size} B"
    said = {"creditText": shown.credit, "caption": shown.caption, "description": shown.alt}
    return image | {key: words for key, words in said.items() if words}


def _pixels(count: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _work(relay: Relay) -> dict[str, Any]:
    """Return the first dispatch of an origin: the one that the others descend from."""
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "identifier": f"sha256:{relay.capture}",
        "publisher": _organisation(relay.publisher),
        "datePublished": moment(relay.published),
    }
    known = {"url": relay.url, "name": relay.title, "inLanguage": relay.language}
    return work | {key: value for key, value in known.items() if value}


def _correction(item: Item) -> dict[str, Any]:
    comment = {"@type": "CorrectionComment", "datePublished": moment(item.entry.updated)}
    if item.note:
        comment["text"] = item.note
    return comment


def _place(item: Item) -> dict[str, Any]:
    place = item.place
    assert place is not None
    found: dict[str, Any] = {"@type": "Place", "name": place.name}
    if place.latitude is not None and place.longitude is not None:
        geo = {"latitude": place.latitude, "longitude": place.longitude}
        found["geo"] = {"@type": "GeoCoordinates"} | geo
    if place.geonames:
        found["sameAs"] = f"https://sws.geonames.org/{place.geonames}/"
    return found

"""GeoJSON (RFC 7946): the entries and alerts that have a place, in WGS 84, longitude first.

They are points, but for the areas whose polygons an alert's source gave.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sourcier.publish.formats.pack import Item, Pack
from sourcier.publish.formats.xml import moment
from sourcier.publish.strip import open_at, title
from sourcier.publish.warned import fact, geometry, graded
from sourcier.types import AlertInterval, Place

TYPE = "application/geo+json; charset=utf-8"
_OF_PLACE = {
    "place": "name",
    "geonames": "geonames",
    "country": "country",
    "precision": "precision",
}


def geojson(pack: Pack) -> dict[str, Any]:
    """Return a collection of features; `precision` tells what area a point stands for."""
    return {"type": "FeatureCollection", "features": [*_entries(pack), *_alerts(pack)]}


def _entries(pack: Pack) -> Iterator[dict[str, Any]]:
    for item in pack.standing:
        point = _point(item.place)
        if item.place and point:
            yield _feature(item.urn, point, item.place, _told(item))


def _told(item: Item) -> dict[str, Any]:
    return {
        "feature": "entry",
        "kind": item.entry.kind,
        "headline": item.headline,
        "url": item.address,
        "published": moment(item.entry.published),
        "updated": moment(item.entry.updated),
        "version": item.entry.version,
        "credit": item.credit,
    }


def _alerts(pack: Pack) -> Iterator[dict[str, Any]]:
    for alert in pack.view.story.alerts:
        told = fact(pack.view, alert)
        where = geometry(told) or _point(alert.place)
        if where:
            yield _feature(alert.id, where, alert.place, _warned(pack, alert) | graded(told))


def _warned(pack: Pack, alert: AlertInterval) -> dict[str, Any]:
    return {
        "feature": "alert",
        "hazard": alert.hazard,
        "headline": title(pack.view, alert),
        "in_force": open_at(alert, pack.updated),
        "start": moment(alert.start) if alert.start else None,
        "end": moment(alert.end) if alert.end else None,
        "end_inferred": alert.inferred_end,
        "last_seen": moment(alert.seen),
        "zone": alert.zone,
    }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _feature(
    key: str, geometry: dict[str, Any], place: Place | None, properties: dict[str, Any]
) -> dict[str, Any]:
    where = {name: getattr(place, field) if place else None for name, field in _OF_PLACE.items()}
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties | where}

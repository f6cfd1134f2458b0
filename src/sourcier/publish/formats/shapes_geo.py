"""What GeoJSON may hold (RFC 7946): points and areas, their features, a collection of these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from sourcier.publish.formats.shapes import Point, Position, Shape, Words

Ring = Annotated[list[Position], Meta(min_length=4)]


class Polygon(Shape, kw_only=True, tag_field="type", tag="Polygon"):
    """An area: its outer ring first."""

    coordinates: Annotated[list[Ring], Meta(min_length=1)]

    def __post_init__(self) -> None:
        """Refuse rings that are not closed."""
        _closed(self.coordinates)


class MultiPolygon(Shape, kw_only=True, tag_field="type", tag="MultiPolygon"):
    """An area of several parts."""

    coordinates: Annotated[list[list[Ring]], Meta(min_length=1)]

    def __post_init__(self) -> None:
        """Refuse rings that are not closed."""
        for part in self.coordinates:
            _closed(part)


def _closed(rings: list[Ring]) -> None:
    if any(ring[0] != ring[-1] for ring in rings):
        raise ValueError("a ring is not closed")


class Feature(Shape, kw_only=True):
    """A feature of a collection."""

    type: Literal["Feature"]
    id: Words
    geometry: Point | Polygon | MultiPolygon
    properties: dict[str, Any]


class FeatureCollection(Shape, kw_only=True):
    """GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[Feature]

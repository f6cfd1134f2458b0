"""What the ninjs format may hold, as `shapes` says it of the others. Source: IPTC ninjs 3.1."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from sourcier.publish.formats.shapes import (
    Address,
    Count,
    Hashed,
    Moment,
    Point,
    Shape,
    Tag,
    Urn,
    Words,
    in_order,
)


class Headline(Shape, rename="camel", kw_only=True):
    """A headline, or a body, in its role."""

    role: Words
    value: str
    content_type: Literal["text/plain", "text/html"] | None = None


class AltId(Shape, kw_only=True):
    """Where an item is to be read."""

    role: Literal["web"]
    value: Address


class InfoSource(Shape, kw_only=True):
    """Who stands behind an item: an origin, a relay, or we."""

    name: Words
    role: Literal["origin", "relay", "publisher"]
    literal: Hashed | None = None
    uri: Address | None = None


class NinjsPlace(Shape, kw_only=True):
    """The place of an item."""

    name: Words
    rel: Literal["about"]
    uri: Address | None = None
    point: Point | None = field(name="geoJSON", default=None)


class Rendition(Shape, rename="camel", kw_only=True):
    """A file of a picture."""

    name: Literal["main"]
    href: Address
    content_type: Literal["image/jpeg"]
    width: Count
    height: Count
    size_in_bytes: Count | None = None


class NinjsPicture(Shape, rename="camel", kw_only=True):
    """The picture of an item, as its association."""

    name: Words
    rel: Literal["illustration"]
    uri: Urn
    type: Literal["picture"]
    representation_type: Literal["full"]
    pub_status: Literal["usable"]
    language: Tag
    descriptions: list[Headline]
    usage_terms: Words
    renditions: Annotated[list[Rendition], Meta(min_length=1)]
    by: Words | None = None


class NinjsItem(Shape, rename="camel", kw_only=True):
    """An entry as an association; a withdrawn one is ``canceled`` and has no body."""

    name: Words
    rel: Literal["update"]
    uri: Urn
    type: Literal["text"]
    version: Annotated[str, Meta(pattern=r"^[1-9][0-9]*$")]
    first_created: Moment
    version_created: Moment
    language: Tag
    alt_ids: list[AltId]
    info_sources: list[InfoSource]
    pub_status: Literal["usable", "canceled"]
    representation_type: Literal["full", "partial"]
    ed_note: Words | None = None
    headlines: tuple[Headline, ...] = ()
    bodies: tuple[Headline, ...] = ()
    genres: tuple[dict[str, Words], ...] = ()
    usage_terms: Words | None = None
    places: tuple[NinjsPlace, ...] = ()
    events: tuple[dict[str, Words], ...] = ()
    associations: tuple[NinjsPicture, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a usable item without a body, a canceled one with one or a picture, an early change."""
        in_order(self.first_created, self.version_created)
        if (self.pub_status == "usable") != bool(self.bodies):
            raise ValueError(f"{self.pub_status} with {len(self.bodies)} bodies")
        if self.associations and self.pub_status != "usable":
            raise ValueError(f"{self.pub_status} with a picture")


class Ninjs(Shape, rename="camel", kw_only=True):
    """The story as a composite."""

    uri: Urn
    standard: dict[str, str]
    type: Literal["composite"]
    representation_type: Literal["full"]
    version: str
    first_created: Moment
    version_created: Moment
    pub_status: Literal["usable"]
    language: Tag
    headlines: list[Headline]
    alt_ids: list[AltId]
    info_sources: list[InfoSource]
    associations: list[NinjsItem]

"""What each JSON format may hold: its members, which of them are a must, and the range of their values.

Sources: jsonfeed.org/version/1.1, RFC 7946, schema.org with what search engines ask of a live blog, IPTC
ninjs 3.1. A member that no shape names is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Words = Annotated[str, Meta(pattern=r"\S")]
Address = Annotated[str, Meta(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]
Urn = Annotated[str, Meta(pattern=r"^urn:uuid:[0-9a-f-]{36}$")]
Moment = Annotated[datetime, Meta(tz=True)]
Tag = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Digits = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Hashed = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}$")]
Count = Annotated[int, Meta(ge=1)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Shape(Struct, forbid_unknown_fields=True):
    """An object that has the members named, and no other."""


def _in_order(first: datetime, then: datetime) -> None:
    if then < first:
        raise ValueError("changed before it was published")


class Named(Shape, kw_only=True):
    """Who something is by."""

    name: Words


class FeedVersion(Shape, kw_only=True):
    """One version of an item."""

    version: Count
    date: Moment
    url: Address


class FeedRelay(Shape, kw_only=True):
    """A dispatch that carried an item's words."""

    publisher: Words
    url: Address | None
    date_published: Moment
    capture: Digits


class FeedOrigin(Shape, kw_only=True):
    """An independent origin of an item."""

    name: Words
    captured: bool
    relays: list[FeedRelay]


class ItemMore(Shape, kw_only=True):
    """Our extension of an item."""

    version: Count
    sequence: int
    state: Literal["published", "corrected"]
    kind: Words
    credit: Words
    note: str | None
    versions: Annotated[list[FeedVersion], Meta(min_length=1)]
    origins: list[FeedOrigin]


class FeedItem(Shape, kw_only=True):
    """An item of a JSON Feed."""

    id: Urn
    url: Address
    title: Words
    content_html: Words
    content_text: str
    date_published: Moment
    date_modified: Moment
    language: Tag
    authors: Annotated[list[Named], Meta(min_length=1)]
    tags: list[Words]
    more: ItemMore = field(name="_sourcier")
    image: Address | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Refuse a change before the publication."""
        _in_order(self.date_published, self.date_modified)


class Deleted(Shape, kw_only=True):
    """A withdrawn item."""

    id: Urn
    url: Address
    date_deleted: Moment
    version: Count
    sequence: int
    note: str | None


class FeedMore(Shape, kw_only=True):
    """Our extension of a feed."""

    about: Address
    sequence: int
    deleted: list[Deleted]


class Hub(Shape, kw_only=True):
    """A hub that tells of what is new."""

    type: Literal["WebSub"]
    url: Address


class JSONFeed(Shape, kw_only=True):
    """JSON Feed 1.1."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: Words
    home_page_url: Address
    feed_url: Address
    description: Words
    language: Tag
    authors: list[Named]
    expired: bool
    items: list[FeedItem]
    more: FeedMore = field(name="_sourcier")
    hubs: list[Hub] = []

    def __post_init__(self) -> None:
        """Refuse items that share an id."""
        ids = [*(one.id for one in self.items), *(one.id for one in self.more.deleted)]
        if len(ids) != len(set(ids)):
            raise ValueError("two items have one id")


Position = tuple[Longitude, Latitude]
"""Longitude first (RFC 7946, 3.1.1)."""


class Point(Shape, kw_only=True, tag_field="type", tag="Point"):
    """A point."""

    coordinates: Position


class Organization(Shape, kw_only=True):
    """Who publishes or writes."""

    type: Literal["Organization"] = field(name="@type")
    name: Words


class Work(Shape, kw_only=True):
    """A dispatch that an entry rests on."""

    type: Literal["CreativeWork"] = field(name="@type")
    identifier: Hashed
    publisher: Organization
    date: Moment = field(name="datePublished")
    url: Address | None = None
    name: Words | None = None
    language: Tag | None = field(name="inLanguage", default=None)


class Correction(Shape, kw_only=True):
    """What was wrong."""

    type: Literal["CorrectionComment"] = field(name="@type")
    date: Moment = field(name="datePublished")
    text: Words | None = None


class Geo(Shape, kw_only=True):
    """Where a place is."""

    type: Literal["GeoCoordinates"] = field(name="@type")
    latitude: Latitude
    longitude: Longitude


class Located(Shape, kw_only=True):
    """The place of an entry."""

    type: Literal["Place"] = field(name="@type")
    name: Words
    geo: Geo | None = None
    same: Address | None = field(name="sameAs", default=None)


class Posting(Shape, rename="camel", kw_only=True):
    """An entry as a ``BlogPosting``."""

    type: Literal["BlogPosting"] = field(name="@type")
    id: Urn = field(name="@id")
    url: Address
    headline: Words
    article_body: Words
    in_language: Tag
    date_published: Moment
    date_modified: Moment
    version: Count
    author: Organization
    credit_text: Words
    is_based_on: list[Work] = []
    correction: Correction | None = None
    content_location: Located | None = None

    def __post_init__(self) -> None:
        """Refuse a change before the publication."""
        _in_order(self.date_published, self.date_modified)


class LiveBlog(Shape, rename="camel", kw_only=True):
    """The page as a ``LiveBlogPosting``; its coverage ends once the story is closed."""

    context: Literal["https://schema.org"] = field(name="@context")
    type: Literal["LiveBlogPosting"] = field(name="@type")
    id: Urn = field(name="@id")
    url: Address
    headline: Words
    in_language: Tag
    date_published: Moment
    date_modified: Moment
    coverage_start_time: Moment
    coverage_end_time: Moment | None = None
    author: Organization
    publisher: Organization
    live_blog_update: list[Posting]

    def __post_init__(self) -> None:
        """Refuse a coverage that ends before it starts."""
        _in_order(self.coverage_start_time, self.coverage_end_time or self.date_modified)


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
    headlines: list[Headline] = []
    bodies: list[Headline] = []
    genres: list[dict[str, Words]] = []
    usage_terms: Words | None = None
    places: list[NinjsPlace] = []
    events: list[dict[str, Words]] = []

    def __post_init__(self) -> None:
        """Refuse a usable item without a body, a canceled one with it, a change before the first."""
        _in_order(self.first_created, self.version_created)
        if (self.pub_status == "usable") != bool(self.bodies):
            raise ValueError(f"{self.pub_status} with {len(self.bodies)} bodies")


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

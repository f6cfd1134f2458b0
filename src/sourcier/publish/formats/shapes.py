"""What each JSON format may hold: its members, which of them are a must, and the range of their values.

Sources: jsonfeed.org/version/1.1, RFC 7946, schema.org with what search engines ask of a live blog. A member
that no shape names is refused.
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


def in_order(first: datetime, then: datetime) -> None:
    """Refuse a change before the publication."""
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


class Attachment(Shape, kw_only=True):
    """A file that belongs to an item."""

    url: Address
    mime_type: Literal["image/jpeg"]
    title: Words
    size_in_bytes: Count | UnsetType = UNSET


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
    attachments: list[Attachment] = []

    def __post_init__(self) -> None:
        """Refuse a change before the publication."""
        in_order(self.date_published, self.date_modified)


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


class Pixels(Shape, rename="camel", kw_only=True):
    """A side of a picture; E37 is the pixel (UN/CEFACT)."""

    type: Literal["QuantitativeValue"] = field(name="@type")
    value: Count
    unit_code: Literal["E37"]


class Image(Shape, rename="camel", kw_only=True):
    """The picture of an entry."""

    type: Literal["ImageObject"] = field(name="@type")
    content_url: Address
    encoding_format: Literal["image/jpeg"]
    width: Pixels
    height: Pixels
    in_language: Tag
    content_size: Words | None = None
    credit_text: Words | None = None
    caption: Words | None = None
    description: Words | None = None


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
    image: Image | None = None

    def __post_init__(self) -> None:
        """Refuse a change before the publication."""
        in_order(self.date_published, self.date_modified)


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
        in_order(self.coverage_start_time, self.coverage_end_time or self.date_modified)

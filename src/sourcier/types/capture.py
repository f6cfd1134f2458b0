"""Source and Capture: where dispatches come from, and one immutable version of one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

SourceKind = Literal[
    "feed",
    "page",
    "telegram",
    "telegram-client",
    "telegram-export",
    "parquet",
    "ninjs",
    "newsml",
    "cap",
    "alerts",
    "mail",
    "warc",
    "file",
    "jsonl",
]
SourceRole = Literal["official", "agency", "outlet", "witness", "aggregator"]


class Home(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The place that a source speaks of where it names none: a mayor's channel, a town's siren.

    `name` in any spelling of the gazetteer, `country` an ISO 3166-1 alpha-2 code.
    """

    name: str
    country: str
    level: Literal["settlement", "district", "region", "country"] = "settlement"


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A configured door, one table of ``sources.toml``.

    `party` names whose side an official speaks for ("UA", "RU", "NATO"), `languages` are ISO 639-1
    codes, `zone` is the IANA zone of times that come without one, `story` the slug of the story it feeds
    (null: the only one), `home` the place it speaks of where it names none, `poll` is in seconds.
    `private` allows addresses of a private network; without `robots`, robots.txt is not asked.
    `pages` is the most pages that one poll of a feed fetches for entries which carry only a blurb.
    `token` names the environment variable that holds the token of a door which asks for one, `password` that
    of the mailbox of `user`. Of a mailbox, only what `senders` (addresses, domains) sent is read, and where
    `authserv` is named, only what that server found to be theirs. `columns` names the column of a table for a
    field of a record, where they are called otherwise. `channel` is the public name of a Telegram channel,
    where the URL does not tell it, `account` how the environment variables begin that hold the account
    which reads it (``_API_ID``, ``_API_HASH``, ``_SESSION``).
    """

    id: str
    kind: SourceKind
    url: str
    publisher: str
    role: SourceRole = "outlet"
    party: str | None = None
    languages: tuple[str, ...] = ()
    zone: str = "UTC"
    story: str | None = None
    home: Home | None = None
    poll: float = 120.0
    private: bool = False
    robots: bool = True
    pages: int = 10
    token: str = "SOURCIER_ALERTS_TOKEN"  # noqa: S105 (the name of a variable)
    user: str | None = None
    password: str = "SOURCIER_MAIL_PASSWORD"  # noqa: S105 (the name of a variable)
    senders: tuple[str, ...] = ()
    authserv: str | None = None
    columns: dict[str, str] = {}
    channel: str | None = None
    account: str = "SOURCIER_TELEGRAM"


class Credit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Someone whom a dispatch credits with its words: an agency, a forwarded channel, a page.

    `published` is when the credited post came out, unset where that is not told.
    `kind` is ``agency`` ("avec AFP"), ``forward`` (a Telegram forward), ``source`` (a link or line
    that names the page the text was taken from), ``author``, or ``picture``: who made or owns a picture that
    came along, none of the words.
    """

    kind: Literal["agency", "forward", "source", "author", "picture"]
    name: str | None = None
    url: str | None = None
    published: datetime | msgspec.UnsetType = msgspec.UNSET


Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84), in GeoJSON's order."""


class AlertFact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An alert as its source gives it in fields, each bound to the characters of the text that show it.

    Spans are ``(start, end)`` in Python characters of the capture's text: `span` carries the alert, `event`
    what it warns of, `area` where, `dates` from when to when, `advice` what to do. `hazard` is null where
    only the words of `event` tell it; then `family` is taken where they tell none. `start` and `end`
    are aware; `end` is null where it is open; `onset` is when what it warns of is expected, which may be
    later than the start of the alert. `codes` are the area's geocodes, ``"FIPS6 030049"``,
    `event_codes` the event's, ``"SAME FFA"``. `polygons` are the area's rings, closed and counter-clockwise
    as GeoJSON has them, `circles` are longitude, latitude and radius in km. `severity`, `urgency` and
    `certainty` are CAP's words ("Severe", "Immediate", "Likely"), null where the source grades none.
    """

    span: tuple[int, int]
    event: tuple[int, int]
    area: tuple[int, int]
    dates: tuple[int, int]
    state: Literal["started", "ended"]
    start: datetime
    end: datetime | None = None
    onset: datetime | None = None
    hazard: str | None = None
    family: str = "weather"
    advice: tuple[int, int] | None = None
    codes: tuple[str, ...] = ()
    event_codes: tuple[str, ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    severity: str | None = None
    urgency: str | None = None
    certainty: str | None = None


class Capture(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One immutable version of one dispatch.

    `id` is the SHA-256 (hex) of the canonical content, `dispatch` the identity that all versions
    share. `text` is NFC and every offset in a claim counts Python characters of it. `published`,
    `updated` and `retrieved` are aware datetimes; `zone` is the outlet's IANA zone, in which bare
    clock times are read. `deleted` marks the capture that records a deletion: its text is empty.
    `role`, `party` and `home` are those of the source. `raw` is the SHA-256 of the bytes it was read from,
    as they were retrieved; null where they are not known. `alerts` are those that the source gives in fields.
    `quoted` are the spans of the text that its layout sets apart as the words of others (a block quotation).
    """

    id: str
    dispatch: str
    text: str
    published: datetime
    version: int = 1
    source: str | None = None
    publisher: str | None = None
    role: SourceRole | None = None
    party: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    zone: str | None = None
    updated: datetime | None = None
    retrieved: datetime | None = None
    credits: tuple[Credit, ...] = ()
    supersedes: str | None = None
    deleted: bool = False
    home: Home | None = None
    raw: str | None = None
    alerts: tuple[AlertFact, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()

"""Claims: what one capture says, each bound to the exact characters that carry it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

import msgspec

from sourcier.types.capture import Credit

Span = tuple[int, int]
"""``(start, end)`` in Python characters of the capture's text."""

Role = Literal["news", "background", "cumulative"]
Stance = Literal["asserted", "confirmed", "denied", "disputed"]
Medium = Literal[
    "telegram", "communique", "social", "broadcast", "interview", "wire", "press", "briefing"
]
Outcome = Literal[
    "killed", "injured", "casualties", "missing", "displaced", "evacuated", "detained", "trapped",
    "captured",
]  # fmt: skip
Qualifier = Literal["exact", "at_least", "more_than", "at_most", "about", "vague", "none"]
Scope = Literal["event", "period", "cumulative"]
AlertState = Literal["in_force", "started", "ended"]
TimePrecision = Literal["minute", "hour", "part_of_day", "day", "week", "month", "year"]
PlacePrecision = Literal["point", "settlement", "district", "region", "country"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of the parts of a claim."""


class Attribution(_Part, frozen=True, kw_only=True):
    """One link of the chain of speakers; a claim lists them from the last relay to the origin.

    `span` covers the noun phrase that names the speaker (its nearest named mention, for a pronoun).
    """

    name: str | None
    role: str | None
    organisation: str | None
    medium: Medium | None
    span: Span


class Time(_Part, frozen=True, kw_only=True):
    """A resolved time expression: the half-open interval [start, end), in UTC, with its IANA zone."""

    text: str
    span: Span
    start: datetime
    end: datetime
    zone: str
    precision: TimePrecision


class Place(_Part, frozen=True, kw_only=True):
    """A place mention resolved to GeoNames.

    `name` is GeoNames' main name, `geonames` its id (null where it is not listed), `country` an ISO
    3166-1 alpha-2 code, `admin1` the English name of the first-level unit; degrees are WGS 84. An
    empty `text` and span mean that the words name no place: it is the home of the source.
    """

    text: str
    span: Span
    name: str
    geonames: int | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision


class _Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="kind"):
    """The fields common to all claims. Invariant: ``text[span[0]:span[1]] == quote``.

    `time` is when it happened, `said` when the source spoke. `attribution` is empty where the outlet
    speaks in its own voice. `hedges` are the words with which the source doubts or limits the claim.
    """

    id: str
    capture: str
    dispatch: str
    span: Span
    quote: str
    attribution: tuple[Attribution, ...] = ()
    time: Time | None = None
    said: Time | None = None
    place: Place | None = None
    role: Role = "news"
    stance: Stance = "asserted"
    hedges: tuple[str, ...] = ()


class Toll(_Claim, frozen=True, kw_only=True, tag="toll"):
    """A count of victims as one source put it.

    `low` and `high` are the figures printed (null: open), `words` the number with its qualifier,
    `part_of` the id of the larger figure it is a part of.
    """

    kind: ClassVar[Literal["toll"]] = "toll"
    outcome: Outcome
    low: int | None
    high: int | None
    qualifier: Qualifier
    provisional: bool = False
    of: tuple[str, ...] = ()
    part_of: str | None = None
    scope: Scope = "event"
    words: str


class Statement(_Claim, frozen=True, kw_only=True, tag="statement"):
    """What somebody said: a quotation, or an indirect clause that is not already another claim.

    `content` is the span of the words themselves, without the quotation marks.
    """

    kind: ClassVar[Literal["statement"]] = "statement"
    mode: Literal["direct", "indirect"]
    content: Span


class Occurrence(_Claim, frozen=True, kw_only=True, tag="occurrence"):
    """Something that happened. `actor`, `target` and `means` are words of the text, or null."""

    kind: ClassVar[Literal["occurrence"]] = "occurrence"
    type: str
    actor: str | None = None
    target: str | None = None
    means: str | None = None


class Alert(_Claim, frozen=True, kw_only=True, tag="alert"):
    """A warning's state at a time. `area` and `advice` are words of the text, or null."""

    kind: ClassVar[Literal["alert"]] = "alert"
    hazard: str
    state: AlertState
    area: str | None = None
    advice: str | None = None


class Measure(_Claim, frozen=True, kw_only=True, tag="measure"):
    """Something ordered or decided: by whom, what, for what, why; words of the text, or null."""

    kind: ClassVar[Literal["measure"]] = "measure"
    actor: str | None = None
    action: str | None = None
    for_: str | None = msgspec.field(default=None, name="for")
    reason: str | None = None


Claim = Toll | Statement | Occurrence | Alert | Measure


class Mention(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="kind", tag="mention"):
    """A time or place expression of the text, bound to a claim or not."""

    capture: str
    dispatch: str
    span: Span
    quote: str
    time: Time | None = None
    place: Place | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All that `read` found in one capture.

    `credits` are those that the text itself gives ("La source de cet article se trouve sur ce
    site"), `notes` spans that are no news (greetings, calls to subscribe), as ``{"span", "kind"}``.
    """

    capture: str
    dispatch: str
    language: str
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    credits: tuple[Credit, ...] = ()
    notes: tuple[dict[str, Any], ...] = ()

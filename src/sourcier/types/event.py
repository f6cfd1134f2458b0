"""What weaving makes of claims: changes, copies, origins, ledgers, alert intervals and events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from sourcier.types.claim import Outcome, Place, Qualifier, Scope, Span, Time

ChangeKind = Literal[
    "event_opened", "event_grown", "event_merged", "event_split",
    "toll_stated", "toll_revised", "toll_disputed", "toll_settled",
    "alert_opened", "alert_observed", "alert_closed",
    "statement_added", "measure_added", "occurrence_added",
    "dispatch_edited", "dispatch_deleted", "copy_found",
    "claim_corroborated", "claim_confirmed", "claim_denied", "claim_disputed",
]  # fmt: skip
CopyKind = Literal["verbatim", "cut", "rewrite", "contains", "translation", "forward", "credit"]


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One reason for a decision: which rule, in words, and the characters that show it.

    `rule` is a stable key (``same_claimant``, ``credit_line``, ``containment``, ``same_place`` ...),
    `detail` holds the figures that the rule looked at, so that a person can be shown them in any
    language.
    """

    rule: str
    detail: dict[str, Any] = {}
    capture: str | None = None
    span: Span | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that weaving found. `at` is when it became known; `data` depends on `kind`."""

    id: str
    kind: ChangeKind
    at: datetime
    event: str | None = None
    capture: str | None = None
    dispatch: str | None = None
    claims: tuple[str, ...] = ()
    data: dict[str, Any] = {}
    why: tuple[Evidence, ...] = ()


class Copy(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A capture whose words descend from another's.

    `origin` is the capture it descends from, null where that one was never captured and only its
    name is known (`origin_name`). `share` is the part (0 to 1) of the copy's text that is the
    origin's. `lost` are words of the origin's claims that the copy dropped ("au moins").
    """

    capture: str
    kind: CopyKind
    origin: str | None = None
    origin_name: str | None = None
    share: float = 0.0
    lost: tuple[str, ...] = ()
    why: tuple[Evidence, ...] = ()


class Origin(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An independent spring of a claim: who spoke, or the first text, and all that descends from it.

    `captured` tells whether the origin's own words were captured (a filled circle on the page) or
    are known through relays alone (hollow). `captures` are those that descend from it, oldest first;
    the first is the origin's own where `captured`.
    """

    key: str
    name: str
    role: str | None = None
    medium: str | None = None
    captured: bool = False
    captures: tuple[str, ...] = ()
    why: tuple[Evidence, ...] = ()


class Origins(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How many publishers carry something, and from how many independent origins.

    `claims` are those counted, oldest first: what was asked about, and what says it again.
    """

    outlets: int = 0
    dispatches: int = 0
    origins: tuple[Origin, ...] = ()
    claims: tuple[str, ...] = ()


class TollLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of a ledger: a figure as one claimant gave it. Lines are never removed.

    `state` is ``current``, ``superseded`` (by the same claimant: `superseded_by`), ``copy`` (a
    relay of another line: `copy_of`) or ``withdrawn`` (its dispatch was deleted or edited).
    """

    claim: str
    claimant: str
    claimant_key: str
    relay: str | None
    capture: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    provisional: bool
    words: str
    quote: str
    as_of: datetime
    reported: datetime
    scope: Scope = "event"
    state: Literal["current", "superseded", "copy", "withdrawn"] = "current"
    superseded_by: str | None = None
    copy_of: str | None = None
    lost: tuple[str, ...] = ()
    why: tuple[Evidence, ...] = ()


class Ledger(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All figures of one outcome in one event, oldest first, and what they now amount to.

    `low` and `high` span the current lines of independent origins (`high` null: open upward), `best` is
    the figure that most of them give, the last reported where as many give another; `qualifier` is the
    one that fits the span. `disputed_since` is set while two independent
    current lines exclude each other; `sides` then holds their claim ids.
    """

    event: str
    outcome: Outcome
    of: tuple[str, ...] = ()
    lines: tuple[TollLine, ...] = ()
    low: int | None = None
    high: int | None = None
    best: int | None = None
    qualifier: Qualifier = "exact"
    provisional: bool = False
    disputed_since: datetime | None = None
    sides: tuple[str, ...] = ()


class AlertInterval(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An alert over an area, as an interval.

    `start` null: it began before it was first `observed`, nobody said when. `end` null: no end was
    announced. `inferred_end` flags an end by rule. `seen` is when the last word on it was captured.
    `claims` are those that stand, `former` those of earlier versions of the same dispatches.
    """

    id: str
    event: str | None
    hazard: str
    place: Place | None
    area: str | None
    zone: str
    start: datetime | None = None
    end: datetime | None = None
    inferred_end: bool = False
    observed: tuple[datetime, ...] = ()
    opened: datetime
    seen: datetime
    advice: str | None = None
    claims: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    why: tuple[Evidence, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Every claim that it was ever told by."""
        return (*self.claims, *self.former)


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Claims about the same thing. The id never changes; `merged_into` points to what absorbed it.

    `type` is the occurrence type, or ``statement``, ``measure``, ``alert`` or ``toll`` where no
    occurrence is told. `stances` maps a stance to the parties or speakers that took it.
    """

    id: str
    type: str
    place: Place | None = None
    zone: str | None = None
    time: Time | None = None
    opened: datetime
    updated: datetime
    claims: tuple[str, ...] = ()
    captures: tuple[str, ...] = ()
    origins: Origins = Origins()
    ledgers: tuple[Ledger, ...] = ()
    stances: dict[str, tuple[str, ...]] = {}
    merged_into: str | None = None

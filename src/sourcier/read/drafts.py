"""What the finders hand to `assemble`: findings with spans, before time, place and speaker are bound.

Every finder has the same shape: ``find_x(document, ...) -> tuple[XDraft, ...]``, in the order of the
text, pure, each span indexing `Document.text`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sourcier.types import (
    AlertState,
    Attribution,
    Outcome,
    Place,
    Qualifier,
    Role,
    Scope,
    Span,
    Stance,
    Time,
)


class TimeDraft(Struct, frozen=True):
    """A time expression resolved in the outlet's zone.

    `local`: "heure locale", or a bare clock time of an event told with its place, to be resolved
    again in the place's zone by `times.in_zone`. `dated`: the text gives the day as well, so that
    the day stays where the zone changes. `told`: when something was said or printed, not when it
    happened. `of_count`: up to when something was counted ("as of 9 a.m.").
    """

    time: Time
    local: bool = False
    dated: bool = True
    told: bool = False
    of_count: bool = False


class PlaceDraft(Struct, frozen=True):
    """A place mention with its gazetteer entry and the zone of that place.

    `use`: ``location`` may place a claim; ``office`` stands inside a title or institution and serves
    only if nothing else does; ``dateline``, ``metonym``, ``demonym`` and ``name`` (of some thing) never do.
    """

    place: Place
    zone: str | None
    use: Literal["location", "office", "dateline", "metonym", "demonym", "name"] = "location"


class Quotation(Struct, frozen=True):
    """Words in quotation marks: `span` with the marks, `content` without. `depth` counts from 0."""

    span: Span
    content: Span
    depth: int = 0
    closed: bool = True


class Speech(Struct, frozen=True):
    """An act of saying: who (last relay first), its cue, and the text that it answers for.

    `scope` are the spans for which the speaker answers (the clauses or sentences attributed);
    `quotations` indexes the direct quotations among them, `content` is the clause of indirect
    speech. `said` is when the source spoke. `stance` is set by verbs such as "a confirmé", "denied".
    """

    cue: Span
    attribution: tuple[Attribution, ...]
    scope: tuple[Span, ...]
    quotations: tuple[int, ...] = ()
    content: Span | None = None
    said: Span | None = None
    stance: Stance = "asserted"


class TollDraft(Struct, frozen=True):
    """A count of victims; `part_of` is the index of the larger toll in the same tuple."""

    span: Span
    words: Span
    outcome: Outcome
    low: int | None
    high: int | None
    qualifier: Qualifier
    provisional: bool = False
    of: tuple[str, ...] = ()
    part_of: int | None = None
    scope: Scope = "event"


class OccurrenceDraft(Struct, frozen=True):
    """Something that happened; the parts are spans of the text.

    `definite`: worded as something already told ("l'attaque", "the blast"); `known`: what it happened
    to is ("the ferry sank"); `plural`: a noun for several such things ("avalanches").
    """

    span: Span
    type: str
    actor: Span | None = None
    target: Span | None = None
    means: Span | None = None
    definite: bool = False
    known: bool = False
    plural: bool = False


class AlertDraft(Struct, frozen=True):
    """A warning's state; the parts are spans of the text.

    `toward` is where the words end that lead to the area ("drones heading for").
    """

    span: Span
    hazard: str
    state: AlertState
    area: Span | None = None
    advice: Span | None = None
    toward: int | None = None


class MeasureDraft(Struct, frozen=True):
    """Something ordered or decided; the parts are spans of the text."""

    span: Span
    actor: Span | None = None
    action: Span | None = None
    for_: Span | None = None
    reason: Span | None = None


class Context(Struct, frozen=True):
    """How a stretch of text is to be taken: told as news or not, hedged or not, which stance.

    `habitual`: it tells what happens again and again ("every year"), and no happening.
    """

    span: Span
    role: Role = "news"
    stance: Stance = "asserted"
    hedges: tuple[Span, ...] = ()
    habitual: bool = False

"""A text from the claims that an editor bound, in one page language: a draft to work on. Pure.

::

    bound claims -> tolls by giver and place   -> "Au moins deux morts à Soumy, selon ..."
                    occurrences, statements,      as the desk's own proposals word them
                    measures, alerts           -> the first one's headline, the others as sentences
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime

from babel.lists import format_list

from sourcier.desk.drafting import sentences
from sourcier.desk.drafting.figures import Phrase
from sourcier.desk.drafting.phrases import Phrases
from sourcier.publish.placenames import key as place_key
from sourcier.types import (
    Alert,
    AlertInterval,
    Capture,
    Claim,
    EntryKind,
    EntryText,
    Event,
    Ledger,
    Measure,
    Occurrence,
    Place,
    Statement,
    Toll,
)

_KINDS: tuple[type[Claim], ...] = (Toll, Occurrence, Alert, Statement, Measure)
"""What comes first: figures, what happened, what is in force, what was said, what was ordered."""


def compose(
    phrases: Phrases,
    claims: Iterable[Claim],
    event: Event | None,
    captures: dict[str, Capture],
) -> EntryText:
    """Return a text that tells `claims`, each by whom it is said; empty where there are none.

    A figure without a place of its own is told where `event` is. Figures that contradict each
    other in the event's ledgers are both told, and said to.
    """
    ordered = sorted(claims, key=_rank)
    tolls = [claim for claim in ordered if isinstance(claim, Toll)]
    parts = [*_tolls(phrases, tolls, event), *_others(phrases, ordered, event, captures)]
    if event and _both_sides(tolls, event):
        parts.append(("", phrases.say("toll.open")))
    if not parts:
        return EntryText(headline="", body="")
    headline, body = parts[0]
    rest = [f"{head}. {more}" if head else more for head, more in parts[1:]]
    told = " ".join(sentences.sentence(part.strip()) for part in (body, *rest) if part.strip())
    return EntryText(headline=sentences.sentence(headline), body=told)


def kind_of(claims: Iterable[Claim]) -> EntryKind:
    """Return the kind of entry that `claims` make: that of the first to be told; text for none."""
    first = min(claims, key=_rank, default=None)
    return first.kind if first else "text"


def principal(event: Event, claims: Iterable[Claim], copies: Container[str]) -> tuple[Claim, ...]:
    """Return the claims of an event that a first text tells: its standing figures, else the first of all.

    Copies tell nothing of their own.
    """
    own = {c.id: c for c in claims if c.capture not in copies and c.role == "news"}
    ledgers = sentences.current(event)
    whole = [ledger for ledger in ledgers if not ledger.of] or ledgers
    lines = (line.claim for ledger in whole for line in sentences.standing(ledger))
    tolls = [own[key] for key in lines if key in own]
    return tuple(tolls[: sentences.LINES]) or tuple(sorted(own.values(), key=_rank)[:1])


def _rank(claim: Claim) -> tuple[int, int]:
    kind = next(n for n, kind in enumerate(_KINDS) if isinstance(claim, kind))
    return kind, sentences.gravity(claim) if isinstance(claim, Toll) else 0


def _tolls(
    phrases: Phrases, tolls: Sequence[Toll], event: Event | None
) -> Iterator[tuple[str, str]]:
    """Yield a headline and its caution for what is counted in one place, by all who count the same."""
    by_giver: dict[tuple[str, str], list[Toll]] = {}
    for claim in tolls:
        giver = phrases.speaker(claim, medium=False)
        by_giver.setdefault((giver, _spot(claim, event)), []).append(claim)
    same: dict[tuple[str, str, str], list[str]] = {}
    first: dict[tuple[str, str, str], list[Toll]] = {}
    for (giver, spot), group in by_giver.items():
        figures = format_list([_figure(phrases, claim) for claim in group], locale=phrases.language)
        key = (figures, spot, group[0].scope)
        same.setdefault(key, []).append(giver)
        first.setdefault(key, []).extend(group)
    for (figures, _, scope), group in first.items():
        givers = format_list(same[figures, _, scope], locale=phrases.language)
        where = group[0].place or (event.place if event else None)
        if scope == "event":
            headline = phrases.located("toll.headline", where, figures=figures)
            said = phrases.say("toll.given_by", headline=headline, speaker=givers)
        else:
            said = phrases.say(f"toll.{scope}", phrase=figures, speaker=givers).rstrip(".")
        careful = any(claim.provisional for claim in group)
        yield said, phrases.say("toll.provisional") if careful else ""


def _spot(claim: Toll, event: Event | None) -> str:
    """Return where and over what time a figure counts: figures of one spot make one sentence."""
    where = claim.place or (event.place if event else None)
    return f"{place_key(where) if where else ''}/{claim.scope}"


def _figure(phrases: Phrases, claim: Toll) -> str:
    ledger = Ledger(event="", outcome=claim.outcome, of=claim.of)
    return Phrase(phrases.say, ledger).of(claim.low, claim.high, claim.qualifier)


def _others(
    phrases: Phrases,
    claims: Sequence[Claim],
    event: Event | None,
    captures: dict[str, Capture],
) -> Iterator[tuple[str, str]]:
    said: dict[tuple[str, str], list[Statement]] = {}
    for claim in claims:
        match claim:
            case Occurrence():
                yield _halves(sentences.occurrence_text(phrases, claim))
            case Measure():
                yield _halves(sentences.measure_text(phrases, claim))
            case Alert():
                alert = _interval(claim, event, captures[claim.capture].published)
                over = claim.state == "ended"
                yield _halves(sentences.alert_text(phrases, alert, claim, over=over))
            case Statement():
                said.setdefault((claim.capture, phrases.speaker(claim)), []).append(claim)
    for group in said.values():
        contents = {claim.id: _content(claim, captures) for claim in group}
        yield _halves(sentences.statement_text(phrases, group, contents))


def _halves(text: EntryText) -> tuple[str, str]:
    return text.headline, text.body


def _content(claim: Statement, captures: dict[str, Capture]) -> str:
    capture = captures.get(claim.capture)
    return capture.text[slice(*claim.content)] if capture else claim.quote


def _interval(claim: Alert, event: Event | None, published: datetime) -> AlertInterval:
    """Return the alert that one claim tells of, as far as that one knows."""
    place: Place | None = claim.place or (event.place if event else None)
    zone = claim.time.zone if claim.time else (event.zone if event else None)
    moment = claim.time.start if claim.time else published
    return AlertInterval(
        id="", event=None, hazard=claim.hazard, place=place, area=claim.area, zone=zone or "UTC",
        start=moment if claim.state == "started" else None,
        end=moment if claim.state == "ended" else None,
        observed=(moment,), opened=moment, seen=moment, advice=claim.advice,
    )  # fmt: skip


def _both_sides(tolls: Iterable[Toll], event: Event) -> bool:
    """Tell whether figures that exclude each other are among `tolls`."""
    bound = {claim.id for claim in tolls}
    return any(len(bound.intersection(ledger.sides)) > 1 for ledger in event.ledgers)

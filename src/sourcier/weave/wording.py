"""Wording: what the text around a toll says of it: who relays it, as of when, which figure it replaces."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from sourcier.types import Attribution, Capture, Claim, Evidence, Toll
from sourcier.weave import tables
from sourcier.weave.facts import number
from sourcier.weave.folding import fold
from sourcier.weave.rules import Rule, because

_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")


class Wording(msgspec.Struct, frozen=True, gc=False):
    """What one text says of one of its tolls.

    `outlet` is who published it, `relays` are those it names between itself and the claimant, `as_of`
    when the claimant spoke, at the latest when it was published. `revision` shows the words by which
    the figure replaces another, `replaces` are the earlier figures that the text recalls.
    """

    outlet: str
    relays: tuple[str, ...]
    as_of: datetime
    revision: Evidence | None
    replaces: frozenset[int | None]


def wording(
    toll: Toll, capture: Capture | None, beside: tuple[Claim, ...], told: datetime
) -> Wording:
    """Return the wording of a toll; `beside` are the claims of its capture, `told` its moment."""
    revision = _revision(toll, capture) if capture else None
    recalled = _in_sentence(toll, capture) if capture and revision else frozenset[int | None]()
    return Wording(
        outlet=(capture.publisher if capture else None) or toll.dispatch,
        relays=tuple(filter(None, map(_relay, toll.attribution[:-1]))),
        as_of=min(toll.said.end, told) if toll.said else told,
        revision=revision,
        replaces=_recalled(toll, beside) | recalled,
    )


def _relay(attribution: Attribution) -> str | None:
    return attribution.organisation or attribution.name


def _revision(toll: Toll, capture: Capture) -> Evidence | None:
    found = tables.pattern("revision", capture.language)
    start, end = sentence(capture.text, toll.span)
    match = found.search(fold(capture.text[start:end])) if found else None
    if match is None:
        return None
    span = (start + match.start(), start + match.end())
    return because(Rule.REVISION_TOLD, capture.id, span, words=capture.text[slice(*span)])


def _recalled(toll: Toll, beside: tuple[Claim, ...]) -> frozenset[int | None]:
    """Return the figures of the same outcome that the text tells as background, without a time."""
    return frozenset(
        number(claim)
        for claim in beside
        if isinstance(claim, Toll)
        and claim.role == "background"
        and claim.outcome == toll.outcome
        and claim.time is None
    )


def _in_sentence(toll: Toll, capture: Capture) -> frozenset[int | None]:
    told = fold(capture.text[slice(*sentence(capture.text, toll.span))])
    return tables.numbers_in(told, capture.language) - {number(toll)}


def sentence(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the sentence around a span; a long one is cut to what stands near."""
    near = max(0, span[0] - 400)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, near, span[0])), default=near)
    after = _SENTENCE_END.search(text, span[1], span[1] + 400)
    return start, after.end() if after else min(len(text), span[1] + 400)

"""Links between the findings of a text: from what each sentence tells to the drafts."""

from __future__ import annotations

from collections.abc import Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import TollDraft
from sourcier.read.tolls_parts import with_parts
from sourcier.read.tolls_scope import provisional, scope_of
from sourcier.read.tolls_told import Linked, Told


def linked(document: Document, told: Sequence[Told]) -> tuple[TollDraft, ...]:
    """Return the findings as drafts, in the order of the text."""
    found: list[Linked] = []
    for one in told:
        found += with_parts(one, found)
    places = {id(link.finding): index for index, link in enumerate(found)}
    unsettled = provisional(document, found)
    return tuple(
        _draft(link, places.get(id(link.whole)), index in unsettled, document)
        for index, link in enumerate(found)
    )


def _draft(link: Linked, whole: int | None, unsettled: bool, document: Document) -> TollDraft:
    finding = link.finding
    return TollDraft(
        span=finding.span,
        words=finding.words,
        outcome=finding.outcome,
        low=finding.low,
        high=finding.high,
        qualifier=finding.qualifier,
        provisional=unsettled,
        of=finding.of,
        part_of=whole,
        scope=scope_of(link, document),
    )

"""Claims: the records that leave the reader, numbered in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from sourcier.read.assemble_items import Item
from sourcier.read.assemble_statements import Saying
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, MeasureDraft, OccurrenceDraft, TollDraft
from sourcier.types import Alert, Claim, Measure, Occurrence, Span, Statement, Toll

_HASH = regex.compile(r"[0-9a-f]{40,}")
_SHORT = 12


def short_id(capture: str) -> str:
    """Return what the ids of a capture's claims begin with: its id, cut to 12 digits if a hash."""
    return capture[:_SHORT] if _HASH.fullmatch(capture) else capture


def claims(
    document: Document,
    items: Sequence[Item],
    sayings: Sequence[Saying],
    tolls: Sequence[TollDraft],
) -> tuple[Claim, ...]:
    """Return the claims in the order of the text; `tolls` are those to which `part_of` points."""
    rows: list[Item | Saying] = [*items, *sayings]
    rows.sort(key=lambda row: (row.span[0], -row.span[1], isinstance(row, Item)))
    prefix = short_id(document.capture.id)
    names = {id(row): f"{prefix}.{number}" for number, row in enumerate(rows, 1)}
    wholes = {id(row.draft): names[id(row)] for row in rows if isinstance(row, Item)}
    parts = [wholes.get(id(draft)) for draft in tolls]
    return tuple(_claim(document, row, names[id(row)], parts) for row in rows)


def _claim(document: Document, row: Item | Saying, name: str, parts: Sequence[str | None]) -> Claim:
    common = _common(document, row, name)
    if isinstance(row, Saying):
        return Statement(**common, mode="direct" if row.direct else "indirect", content=row.content)
    common |= {"said": row.said}
    draft = row.draft
    if isinstance(draft, TollDraft):
        return _toll(document, draft, common, parts)
    if isinstance(draft, OccurrenceDraft):
        return Occurrence(
            **common,
            **_words(document, actor=draft.actor, target=draft.target, means=draft.means),
            type=draft.type,
        )
    if isinstance(draft, AlertDraft):
        words = _words(document, area=draft.area, advice=draft.advice)
        return Alert(**common, **words, hazard=draft.hazard, state=draft.state)
    return _measure(document, draft, common)


def _common(document: Document, row: Item | Saying, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "capture": document.capture.id,
        "dispatch": document.capture.dispatch,
        "span": row.span,
        "quote": document.text[slice(*row.span)],
        "attribution": row.attribution,
        "time": row.time.time if row.time else None,
        "place": row.place.place if row.place else None,
        "role": row.role,
        "stance": row.stance,
        "hedges": tuple(document.text[slice(*hedge)] for hedge in row.hedges),
    }


def _toll(
    document: Document, draft: TollDraft, common: Mapping[str, Any], parts: Sequence[str | None]
) -> Toll:
    return Toll(
        **common,
        outcome=draft.outcome,
        low=draft.low,
        high=draft.high,
        qualifier=draft.qualifier,
        provisional=draft.provisional,
        of=draft.of,
        part_of=None if draft.part_of is None else parts[draft.part_of],
        scope=draft.scope,
        words=document.text[slice(*draft.words)],
    )


def _measure(document: Document, draft: MeasureDraft, common: Mapping[str, Any]) -> Measure:
    words = _words(
        document, actor=draft.actor, action=draft.action, for_=draft.for_, reason=draft.reason
    )
    return Measure(**common, **words)


def _words(document: Document, **spans: Span | None) -> dict[str, Any]:
    return {
        name: None if span is None else document.text[slice(*span)] for name, span in spans.items()
    }

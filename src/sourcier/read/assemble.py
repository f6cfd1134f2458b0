"""Assemble: from what the finders drafted to claims bound to time, place and speaker.

::

    finders -> drafts -> items: voiced -> bind (aged) -> merged -> inherit -> disputed -> claims
              speeches -> statements -------------------------------------------------^
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sourcier.read.alerts import find_alerts
from sourcier.read.assemble_bind import Surroundings, bind, inherit
from sourcier.read.assemble_capital import with_capital
from sourcier.read.assemble_claims import claims
from sourcier.read.assemble_items import BySentence, Draft, Findings, Item
from sourcier.read.assemble_merge import disputed, merged
from sourcier.read.assemble_speech import Voices, voiced
from sourcier.read.assemble_statements import statements
from sourcier.read.assemble_trim import without_leading_times
from sourcier.read.context import find_context
from sourcier.read.credits import find_credits, find_notes
from sourcier.read.document import Document
from sourcier.read.drafts import MeasureDraft, OccurrenceDraft, TollDraft
from sourcier.read.given import given_alerts
from sourcier.read.home import at_home
from sourcier.read.measures import find_measures
from sourcier.read.occurrences import find_occurrences
from sourcier.read.places import find_places
from sourcier.read.quoted import is_told
from sourcier.read.quotes import find_quotations
from sourcier.read.speech import find_speech
from sourcier.read.times import find_times
from sourcier.read.tolls import find_tolls
from sourcier.types import Claim, Mention, Reading, Span

_FEW = 5  # people arrested, of whom each is still told as an arrest


def assemble(document: Document, *, mentions: bool) -> Reading:
    """Return all that a document says: claims in the order of the text, credits and notes."""
    notes = find_notes(document)
    findings = find(document, tuple((note["span"][0], note["span"][1]) for note in notes))
    return Reading(
        capture=document.capture.id,
        dispatch=document.capture.dispatch,
        language=document.language,
        claims=at_home(_claims(document, findings), document.capture.home),
        mentions=_mentions(document, findings) if mentions else (),
        credits=find_credits(document),
        notes=notes,
    )


def find(document: Document, notes: tuple[Span, ...]) -> Findings:
    """Return what every finder finds; `notes` are the spans that are no news."""
    quotations = find_quotations(document)
    times = find_times(document)
    return Findings(
        quotations=quotations,
        speeches=find_speech(document, quotations),
        times=times,
        places=with_capital(document, find_places(document)),
        contexts=find_context(document),
        tolls=find_tolls(document),
        occurrences=without_leading_times(find_occurrences(document), times, document.text),
        alerts=() if document.capture.alerts else find_alerts(document),
        measures=find_measures(document),
        notes=notes,
    )


def _claims(document: Document, findings: Findings) -> tuple[Claim, ...]:
    voices = Voices(document, findings)
    around = Surroundings(document, findings, voices.said)
    items = bind(voiced(_drafts(document, findings), voices), around, document.published)
    items = merged([item for item in items if is_told(document, item)], document.folded)
    items = disputed(inherit(items, _sentences(document, items)))
    sayings = statements(document, findings, items, voices, around)
    sayings = tuple(saying for saying in sayings if is_told(document, saying))
    given = given_alerts(document, findings.places)
    return claims(document, (*items, *given), sayings, findings.tolls)


def _drafts(document: Document, findings: Findings) -> list[Draft]:
    """Return the drafts outside notes, in the order of the text.

    An arrest of more than a few people is a toll and no occurrence besides; advice that goes with an alert
    is no measure; what happens every year is no occurrence, nor are the many of a running count.
    """
    habits = BySentence(document, ((one.span, one) for one in findings.contexts if one.habitual))
    notes = BySentence(document, ((note, note) for note in findings.notes))
    advised = BySentence(document, ((a.advice, a) for a in findings.alerts if a.advice))
    counted = BySentence(document, ((t.span, t) for t in findings.tolls if _counts_detained(t)))
    running = BySentence(document, ((t.span, t) for t in findings.tolls if t.scope == "cumulative"))
    every: Iterable[Draft] = (
        *findings.tolls, *findings.occurrences, *findings.alerts, *findings.measures,
    )  # fmt: skip
    news = (
        draft
        for draft in every
        if not notes.over(draft.span)
        and not (_is_arrest(draft) and counted.over(draft.span))
        and not (isinstance(draft, MeasureDraft) and advised.over(draft.span))
        and not (isinstance(draft, OccurrenceDraft) and habits.over(draft.span))
        and not (_is_of_many(draft) and running.at(draft.span[0]))
    )
    return sorted(news, key=lambda draft: (draft.span[0], -draft.span[1], type(draft).__name__))


def _counts_detained(toll: TollDraft) -> bool:
    return toll.outcome == "detained" and not 1 <= (toll.low or 0) <= _FEW


def _is_of_many(draft: Draft) -> bool:
    return isinstance(draft, OccurrenceDraft) and draft.plural


def _is_arrest(draft: Draft) -> bool:
    return isinstance(draft, OccurrenceDraft) and draft.type == "arrest"


def _sentences(document: Document, items: Sequence[Item]) -> list[int]:
    return [document.sentence_at(item.span[0]).start for item in items]


def _mentions(document: Document, findings: Findings) -> tuple[Mention, ...]:
    """Return every time and place expression, bound to a claim or not."""
    capture = document.capture
    times = [(draft.time.span, draft.time, None) for draft in findings.times]
    places = [(draft.place.span, None, draft.place) for draft in findings.places]
    return tuple(
        Mention(
            capture=capture.id,
            dispatch=capture.dispatch,
            span=span,
            quote=document.text[slice(*span)],
            time=time,
            place=place,
        )
        for span, time, place in sorted([*times, *places], key=lambda row: row[0])
    )

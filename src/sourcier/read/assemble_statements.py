"""Statements: every quotation of a source, and the indirect speech that is no other claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sourcier.read.assemble_bind import Surroundings
from sourcier.read.assemble_items import BySentence, Findings, Item, overlap
from sourcier.read.assemble_merge import is_past
from sourcier.read.assemble_speech import Voices
from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft, Quotation, Speech, TimeDraft
from sourcier.read.numbers import number_reader
from sourcier.types import Attribution, Role, Span, Stance


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with all that is bound to it; its `time` is when it was said."""

    span: Span
    content: Span
    direct: bool
    attribution: tuple[Attribution, ...]
    time: TimeDraft | None
    place: PlaceDraft | None
    role: Role
    stance: Stance
    hedges: tuple[Span, ...]


def statements(
    document: Document,
    findings: Findings,
    items: Sequence[Item],
    voices: Voices,
    around: Surroundings,
) -> tuple[Saying, ...]:
    """Return the statements of a document: direct ones, and indirect ones where no item tells it."""
    claimed = BySentence(document, ((item.span, item) for item in items))
    notes = BySentence(document, ((note, note) for note in findings.notes))
    found: dict[tuple[Span, bool], Saying] = {}
    for speech in findings.speeches:
        for span, content in _contents(document, speech, findings.quotations, claimed):
            key = span, span != content
            if key not in found and not notes.over(span):
                found[key] = _saying(speech, span, content, voices, around, document.published)
    return tuple(found.values())


def _contents(
    document: Document, speech: Speech, quotations: Sequence[Quotation], claimed: BySentence[Item]
) -> Iterator[tuple[Span, Span]]:
    """Yield span and content; they differ by the marks of a direct quotation."""
    quoted = [quotations[index] for index in speech.quotations]
    for quotation in quoted:
        yield quotation.span, quotation.content
    if (
        speech.content is not None
        and _is_residual(speech.content, quoted, claimed)
        and not _is_a_number(document, speech.content)
    ):
        yield speech.content, speech.content


def _is_a_number(document: Document, content: Span) -> bool:
    """Tell whether a sentence says only a number ("Douze, selon l'hôpital"): of what, another one says."""
    if document.text[document.sentence_at(content[0]).start : content[0]].strip():
        return False
    words = document.words(*content)
    number = number_reader(document.language).read(words, 0) if words else None
    return number is not None and number.last == len(words)


def _is_residual(content: Span, quoted: Sequence[Quotation], claimed: BySentence[Item]) -> bool:
    in_marks = sum(overlap(content, quotation.span) for quotation in quoted)
    return not claimed.over(content) and in_marks * 2 <= content[1] - content[0]


def _saying(
    speech: Speech,
    span: Span,
    content: Span,
    voices: Voices,
    around: Surroundings,
    published: datetime,
) -> Saying:
    contexts = voices.contexts(span)
    stances = [one.stance for one in contexts if one.stance != "asserted"]
    spoken: Stance = "asserted" if span != content else speech.stance
    said = voices.said_at(speech) or around.when.stamp(span)
    old = said is not None and is_past(said, published)
    roles = [one.role for one in contexts if one.role != "news"]
    return Saying(
        span=span,
        content=content,
        direct=span != content,
        attribution=speech.attribution,
        time=said,
        place=around.where.of_saying(speech),
        role=roles[0] if roles else "background" if old else "news",
        stance=stances[-1] if stances else spoken,
        hedges=tuple(dict.fromkeys(hedge for one in contexts for hedge in one.hedges)),
    )

"""Who answers for what: the act of speech and the context in which an item stands."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sourcier.read.assemble_items import BySentence, Clauses, Draft, Findings, Item, gap, overlap
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, Context, MeasureDraft, Speech, TimeDraft, TollDraft
from sourcier.read.lexicon import lexicon
from sourcier.read.times_told import is_in_dateline
from sourcier.types import Attribution, Role, Span, Stance

_NEXT = 12
"""Characters between a time of telling and who tells: "publié mercredi par le Bureau"."""


class Voices:
    """The acts of speech, the contexts and the times of saying of one document."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self._document = document
        self._pointing = lexicon(document.language, "speech").pattern("pointing_back")
        self._tolls = findings.tolls
        self._clauses = Clauses(document)
        self._speeches = BySentence(
            document, ((scope, speech) for speech in findings.speeches for scope in speech.scope)
        )
        self._contexts = BySentence(document, ((one.span, one) for one in findings.contexts))
        self._times = BySentence(document, ((draft.time.span, draft) for draft in findings.times))
        self.said = frozenset(
            draft.time.span
            for speech in findings.speeches
            if (draft := self.said_at(speech)) is not None
        )

    def counts_on(self, draft: Draft) -> bool:
        """Tell whether a draft is a running count, or a part of one."""
        if not isinstance(draft, TollDraft):
            return False
        whole = draft if draft.part_of is None else self._tolls[draft.part_of]
        return "cumulative" in (draft.scope, whole.scope)

    def of_whole(self, draft: Draft) -> Speech | None:
        """Return who answers for the figure that a toll points back to ("two of those killed")."""
        if not isinstance(draft, TollDraft) or draft.part_of is None:
            return None
        start = self._document.sentence_at(draft.span[0]).start
        if self._pointing.search(self._document.folded, start, draft.span[1]) is None:
            return None
        return self.speech(self._tolls[draft.part_of].span)

    def speech(self, span: Span) -> Speech | None:
        """Return the narrowest act of speech that answers for `span`."""
        covering = [
            (scope[1] - scope[0], order, speech)
            for order, (scope, speech) in enumerate(self._speeches.at(span[0]))
            if overlap(scope, span) * 2 > span[1] - span[0]
        ]
        return min(covering, key=lambda entry: entry[:2])[2] if covering else None

    def contexts(self, span: Span) -> list[Context]:
        """Return the contexts over `span`, in the order of the text."""
        return [one for over, one in self._contexts.at(span[0]) if overlap(over, span)]

    def said_at(self, speech: Speech | None) -> TimeDraft | None:
        """Return when a source spoke, if the text says so."""
        if speech is None or speech.said is None or not self._is_beside(speech.said, speech):
            return None
        for over, draft in self._times.at(speech.said[0]):
            if overlap(over, speech.said):
                return draft
        return None

    def told_at(self, draft: Draft, speech: Speech | None) -> TimeDraft | None:
        """Return when a figure was given, where its sentence says so but for the verb of saying.

        "Selon un bilan publié mercredi", "the toll announced on Monday": the nearest such time. Where
        somebody answers for the figure, it stands right beside them.
        """
        if not isinstance(draft, TollDraft):
            return None
        told = [
            one
            for _, one in self._times.at(draft.span[0])
            if (one.told or one.of_count)
            and (speech is None or self._is_next_to(one, speech))
            and not is_in_dateline(self._document, one.time.span)
        ]
        return min(told, key=lambda one: gap(draft.span, one.time.span), default=None)

    @staticmethod
    def _is_next_to(time: TimeDraft, speech: Speech) -> bool:
        anchors = (speech.cue, *(link.span for link in speech.attribution))
        return any(gap(time.time.span, anchor) <= _NEXT for anchor in anchors)

    def _is_beside(self, said: Span, speech: Speech) -> bool:
        """Tell whether a time stands in the clause of the verb of saying or of its speaker."""
        anchors = (speech.cue, *(link.span for link in speech.attribution))
        return any(self._clauses.between(said, anchor) == 0 for anchor in anchors)


def voiced(drafts: Iterable[Draft], voices: Voices) -> tuple[Item, ...]:
    """Return an item for each draft, with its speaker, role, stance and hedges."""
    return tuple(_voiced(draft, voices) for draft in drafts)


def _voiced(draft: Draft, voices: Voices) -> Item:
    speech = voices.speech(draft.span)
    said = voices.said_at(speech) or voices.told_at(draft, speech)
    role: Role = "cumulative" if voices.counts_on(draft) else "news"
    return replace(
        in_context(Item(draft, role=role), voices.contexts(draft.span), speech),
        attribution=_claimants(draft, speech or voices.of_whole(draft)),
        said=said.time if said else None,
    )


def _claimants(draft: Draft, speech: Speech | None) -> tuple[Attribution, ...]:
    """Return who answers for a draft; whoever orders a measure is its actor and no claimant."""
    if speech is None:
        return ()
    if isinstance(draft, MeasureDraft) and draft.actor is not None:
        actor = draft.actor
        return tuple(link for link in speech.attribution if not overlap(link.span, actor))
    return speech.attribution


def in_context(item: Item, contexts: Iterable[Context], speech: Speech | None) -> Item:
    """Return `item` as the contexts over it and the verb of saying have it taken."""
    role: Role = item.role
    stance: Stance = speech.stance if speech else "asserted"
    hedges: list[Span] = []
    for context in contexts:
        if role == "news" and not isinstance(item.draft, AlertDraft):
            role = context.role
        stance = context.stance if context.stance != "asserted" else stance
        hedges.extend(hedge for hedge in context.hedges if hedge not in hedges)
    return replace(item, role=role, stance=stance, hedges=tuple(hedges))

"""Measures: what was ordered, by whom, for what, why.

A language's ``measures.toml`` names its triggers by shape: ``act_`` (the subject orders: "ordered",
"a décrété"), ``pass_`` (the subject is what was ordered: "is closed"), ``told_`` (the whole measure
stands in the trigger: "an inquiry has been opened").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sourcier.read.document import Document, Sentence
from sourcier.read.drafts import MeasureDraft
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.read.occurrences_words import Grammar, Words
from sourcier.types import Span

_SHAPES = ("act", "pass", "told", "trap")
_LOOKBACK = 40


def find_measures(document: Document) -> tuple[MeasureDraft, ...]:
    """Return the measures of a text, in order; plans, wishes and refusals are none."""
    return tuple(_finder(document.language).measures(document))


class _Finder:
    """Finds the measures of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._grammar = Grammar.of(words)
        self._triggers = words.scan_of(*_SHAPES)
        self._unreal = words.pattern("unreal")
        self._public = words.pattern("public")
        self._purpose = frozenset(words.words("purpose"))
        self._reason = words.pattern("reason")

    def measures(self, document: Document) -> Iterator[MeasureDraft]:
        """Yield the measures, one for each clause."""
        end = 0
        for name, match in self._triggers.finditer(document.openings):
            shape = name.partition("_")[0]
            if shape == "trap" or match.start() < end or self._is_unreal(document, match.start()):
                continue
            sentence = document.sentence_at(match.start())
            words = Words(document, (sentence.start, sentence.end), self._grammar)
            draft = self._draft(document, sentence, words, name, match.span())
            if draft is not None:
                end = draft.span[1]
                yield draft

    def _draft(
        self, document: Document, sentence: Sentence, words: Words, name: str, trigger: Span
    ) -> MeasureDraft | None:
        shape = name.partition("_")[0]
        subject, adjacent = words.subject(trigger[0])
        action = _action(words, shape, trigger, subject)
        if action is None or (name == "pass_order" and not self._is_public(document, action)):
            return None
        action = self._without_reason(document, words, action)
        start = subject[0] if subject and adjacent and shape != "told" else action[0]
        agent = words.opened((trigger[0], sentence.end), self._grammar.agent)
        return MeasureDraft(
            span=(min(start, trigger[0]), max(action[1], trigger[1])),
            actor=subject if shape == "act" else agent,
            action=action,
            for_=self._purposed(document, words, (action[0], sentence.end)),
            reason=self._reasoned(document, words, (action[0], sentence.end)),
        )

    def _purposed(self, document: Document, words: Words, span: Span) -> Span | None:
        purpose = words.opened(span, self._purpose)
        return purpose and self._without_reason(document, words, purpose)

    def _without_reason(self, document: Document, words: Words, phrase: Span) -> Span:
        reason = self._reason.search(document.folded, *phrase)
        kept = words.trimmed(phrase[0], reason.start()) if reason else None
        return kept or phrase

    def _reasoned(self, document: Document, words: Words, span: Span) -> Span | None:
        reason = self._reason.search(document.folded, *span)
        return words.after(reason.end()) if reason else None

    def _is_public(self, document: Document, action: Span) -> bool:
        return self._public.search(document.folded, *action) is not None

    def _is_unreal(self, document: Document, offset: int) -> bool:
        start = max(document.sentence_at(offset).start, offset - _LOOKBACK)
        return self._unreal.search(document.folded, start, offset) is not None


def _action(words: Words, shape: str, trigger: Span, subject: Span | None) -> Span | None:
    """Return the words that say what is ordered."""
    if shape == "act":
        return words.after(trigger[1])
    if shape == "pass":
        return None if subject is None else (subject[0], trigger[1])
    tail = words.after(trigger[1])
    return trigger[0], tail[1] if tail else trigger[1]


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(lexicon(language, "measures"))

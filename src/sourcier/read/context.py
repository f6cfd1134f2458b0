"""Context: which stretches tell news, which background, and with how much doubt.

A language's ``context.toml`` names its patterns by what they do and how far they reach:

=================  ======================================================================
``background_``    the clause tells background ("had already hit a quay")
``habit_``         the clause tells what happens again and again ("every year")
``earlier_``       from here to the end of the clause an earlier figure is told ("up from two")
``recall_``        from here to the end of the paragraph background is told ("As a reminder")
``hedge_``         the clause is doubted, in these words ("apparently", "aurait")
``unverified_``    all that the paragraph has said so far is doubted ("not independently verified")
``disputed_``      the sentence so far is told otherwise by others ("rejected the report")
=================  ======================================================================
"""

from __future__ import annotations

from functools import lru_cache

import regex

from sourcier.read.compiled import compiled
from sourcier.read.document import Document
from sourcier.read.drafts import Context
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.types import Span

_EFFECTS = ("background", "habit", "earlier", "recall", "hedge", "unverified", "disputed")
_HARD = r"[;:()]|[.!?…](?=\s)"
_MARKS = r"[«»“”„]"


def find_context(document: Document) -> tuple[Context, ...]:
    """Return the stretches that are to be taken otherwise than as news asserted, in order."""
    return _finder(document.language).contexts(document)


class _Finder:
    """Finds the contexts of one language."""

    def __init__(self, words: Lexicon) -> None:
        subordinate = words.source("subordinate")
        self._words = words.scan_of("trap", *_EFFECTS)
        self._clause_break = compiled(rf"{_HARD}|, ?(?={subordinate}\b)")
        self._speech_break = compiled(rf"{self._clause_break.pattern}|{_MARKS}")
        self._reported = words.pattern("reported")

    def contexts(self, document: Document) -> tuple[Context, ...]:
        """Return the contexts of a document."""
        found = (
            self._context(document, name.partition("_")[0], match.span())
            for name, match in self._words.finditer(document.openings)
        )
        return tuple(context for context in found if context is not None)

    def _context(self, document: Document, effect: str, cue: Span) -> Context | None:
        match effect:
            case "background":
                clause = self._clause(document, cue, self._clause_break)
                return None if self._is_reported(document, clause, cue) else _background(clause)
            case "habit":
                clause = self._clause(document, cue, self._clause_break)
                return Context(clause, role="background", habitual=True)
            case "earlier":
                return _background((cue[0], self._clause(document, cue, self._clause_break)[1]))
            case "recall":
                return _background((cue[0], _paragraph(document, cue)[1]))
            case "hedge":
                return Context(self._clause(document, cue, self._speech_break), hedges=(cue,))
            case "unverified":
                return Context((_paragraph(document, cue)[0], cue[1]), hedges=(cue,))
            case "disputed":
                start = document.sentence_at(cue[0]).start
                return Context((start, cue[1]), stance="disputed")
        return None

    def _clause(self, document: Document, cue: Span, breaks: regex.Pattern[str]) -> Span:
        sentence = document.sentence_at(cue[0])
        before = [m.end() for m in breaks.finditer(document.folded, sentence.start, cue[0])]
        after = breaks.search(document.folded, cue[1], sentence.end)
        start = before[-1] if before else sentence.start
        return start, after.start() if after else max(sentence.end, cue[1])

    def _is_reported(self, document: Document, clause: Span, cue: Span) -> bool:
        """Tell whether the past perfect is but the tense of reported speech."""
        return self._reported.search(document.folded, clause[0], cue[0]) is not None


def _background(span: Span) -> Context:
    return Context(span, role="background")


def _paragraph(document: Document, cue: Span) -> Span:
    start = document.folded.rfind("\n", 0, cue[0]) + 1
    end = document.folded.find("\n", cue[1])
    return start, end if end >= 0 else len(document.folded)


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(lexicon(language, "context"))

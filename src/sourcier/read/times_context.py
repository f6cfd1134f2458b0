"""What stands around a time expression: its tense, its place in a story, a clock told twice."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.times_atoms import TimeLexicon
from sourcier.read.times_phrases import Phrase

_CLAUSE_ENDS = frozenset(',;:.!?–—()"«»“”„\n')


def is_ahead(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    """Tell whether the words around a phrase speak of what is to come."""
    if phrase.mode == "until":
        return True
    start, end = _clause(document, phrase)
    return lexicon.holds("ahead", document.folded, start, end)


def is_second(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    """Tell whether the sentence says that its clock time is the one after the clocks went back."""
    sentence = document.sentence_at(phrase.start)
    return lexicon.holds("second_fold", document.folded, sentence.start, sentence.end)


def shares_event(document: Document, before: Phrase, phrase: Phrase) -> bool:
    """Tell whether a phrase stands so near an earlier one that it leans on it."""
    if "\n" in document.folded[before.end : phrase.start]:
        return False
    return phrase.start - before.end < 400


def _clause(document: Document, phrase: Phrase) -> tuple[int, int]:
    """Return the stretch around a phrase between signs that part clauses."""
    text, start, end = document.text, phrase.start, phrase.end
    limit = 160
    while start > 0 and text[start - 1] not in _CLAUSE_ENDS and phrase.start - start < limit:
        start -= 1
    while end < len(text) and text[end] not in _CLAUSE_ENDS and end - phrase.end < limit:
        end += 1
    return start, end

"""What stands around a time expression: its tense, its place in a story, a clock told twice."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.times_atoms import TimeLexicon
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_wall import Tense

_CLAUSE_ENDS = frozenset(',;:–—()"«»“”„\n')
_LONGEST = 160
_LEANING = frozenset({"anaphora", "shift", "samepart"})


def tense(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> Tense:
    """Return whether the words around a phrase speak of what is to come or of what is past.

    In the phrase's clause the nearest sign of tense before it tells, else the first one after it.
    A phrase that opens a sentence ("On Monday, the school will reopen") looks into the next clause.
    """
    if phrase.mode == "until":
        return "ahead"
    start, end = _clause(document, phrase)
    before = _tenses(document, lexicon, start, phrase.start)
    if before:
        return before[-1]
    after = _tenses(document, lexicon, phrase.end, end)
    if not after and document.text[end : end + 1] == ",":
        last = document.sentence_at(phrase.start).end
        after = _tenses(document, lexicon, end, _clause_end(document.text, end + 1, last))
    return after[0] if after else None


def is_second(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    """Tell whether the sentence says that its clock time is the one after the clocks went back."""
    sentence = document.sentence_at(phrase.start)
    return lexicon.holds("second_fold", document.folded, sentence.start, sentence.end)


def leans(phrase: Phrase) -> bool:
    """Tell whether a phrase means nothing without a time told before it ("the next day")."""
    return any(atom.kind in _LEANING for atom in phrase.atoms)


def shares_event(document: Document, before: Phrase, phrase: Phrase) -> bool:
    """Tell whether a phrase stands so near an earlier one that it leans on it."""
    if "\n" in document.folded[before.end : phrase.start]:
        return False
    return phrase.start - before.end < 400


def _tenses(document: Document, lexicon: TimeLexicon, start: int, end: int) -> list[Tense]:
    """Return the signs of tense between two offsets; names are none."""
    found = lexicon.pattern("tense").finditer(document.folded, start, max(start, end))
    verbs = (sign for sign in found if not document.text[sign.start()].isupper())
    return ["ahead" if verb.lastgroup == "ahead" else "past" for verb in verbs]


def _clause(document: Document, phrase: Phrase) -> tuple[int, int]:
    """Return the stretch of a phrase's sentence between signs that part clauses."""
    sentence = document.sentence_at(phrase.start)
    start, first = phrase.start, max(sentence.start, phrase.start - _LONGEST)
    while start > first and document.text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    return start, _clause_end(document.text, phrase.end, sentence.end)


def _clause_end(text: str, start: int, last: int) -> int:
    end, last = start, min(last, start + _LONGEST)
    while end < last and text[end] not in _CLAUSE_ENDS:
        end += 1
    return end

"""What stands around a time expression: its tense, its place in a story, a clock told twice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from sourcier.read.document import Document, Sentence
from sourcier.read.times_atoms import TimeLexicon
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_wall import Tense

_CLAUSE_ENDS = frozenset(',;:–—()"«»“”„\n')
_LONGEST = 160
_NEAR = 400
_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A verb that tells the tense; a bare participle ("arrested") tells it of what follows it alone."""

    start: int
    end: int
    tense: Tense
    bare: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What the sentences of a document tell of the times in them; each sentence is looked at once."""

    document: Document
    lexicon: TimeLexicon
    _signs: dict[int, tuple[_Sign, ...]] = field(default_factory=dict)
    _seconds: dict[int, bool] = field(default_factory=dict)

    def tense(self, phrase: Phrase) -> Tense:
        """Return whether the words around a phrase speak of what is to come or of what is past.

        In the phrase's clause the nearest sign before it tells, else the first one after it. A phrase
        that opens a sentence ("On Monday, the school will reopen") looks into the next clause. What
        goes on until a time goes on ahead, unless it "lasted".
        """
        text, sentence = self.document.text, self.document.sentence_at(phrase.start)
        start, end = _clause(text, phrase, sentence)
        if phrase.mode in ("until", "through"):
            lasted = self.lexicon.holds("lasted", self.document.folded, start, phrase.start)
            return "past" if lasted else "ahead"
        signs = self._signs_of(sentence)
        for sign in reversed(_between(signs, start, phrase.start)):
            if not sign.bare or self._touches(sign, phrase):
                return sign.tense
        after = _first(signs, phrase.end, end)
        if after is None and text[end : end + 1] == ",":
            after = _first(signs, end, _clause_end(text, end + 1, sentence.end))
        return after

    def is_second(self, phrase: Phrase) -> bool:
        """Tell whether the sentence says that its clock time is the one after the clocks went back."""
        sentence = self.document.sentence_at(phrase.start)
        if sentence.start not in self._seconds:
            self._seconds[sentence.start] = self.lexicon.holds(
                "second_fold", self.document.folded, sentence.start, sentence.end
            )
        return self._seconds[sentence.start]

    def _touches(self, sign: _Sign, phrase: Phrase) -> bool:
        return not self.document.text[sign.end : phrase.start].strip()

    def _signs_of(self, sentence: Sentence) -> tuple[_Sign, ...]:
        """Return a sentence's signs of tense; a word that is written as a name is none."""
        if sentence.start not in self._signs:
            folded, text = self.document.folded, self.document.text
            found = self.lexicon.pattern("tense").finditer(folded, sentence.start, sentence.end)
            self._signs[sentence.start] = tuple(
                _Sign(
                    verb.start(),
                    verb.end(),
                    "ahead" if verb.lastgroup == "ahead" else "past",
                    verb.lastgroup == "bare",
                )
                for verb in found
                if not text[verb.start()].isupper()
            )
        return self._signs[sentence.start]


def shares_event(document: Document, before: Phrase, phrase: Phrase) -> bool:
    """Tell whether a phrase stands so near an earlier one that it leans on it."""
    near = phrase.start - before.end < _NEAR
    return near and "\n" not in document.folded[before.end : phrase.start]


def _first(signs: Sequence[_Sign], start: int, end: int) -> Tense:
    return next((sign.tense for sign in _between(signs, start, end) if not sign.bare), None)


def _between(signs: Sequence[_Sign], start: int, end: int) -> Sequence[_Sign]:
    first, last = (bisect_left(signs, at, key=_START) for at in (start, end))
    return signs[first:last]


def _clause(text: str, phrase: Phrase, sentence: Sentence) -> tuple[int, int]:
    """Return the stretch of a phrase's sentence between signs that part clauses."""
    start, first = phrase.start, max(sentence.start, phrase.start - _LONGEST)
    while start > first and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    return start, _clause_end(text, phrase.end, sentence.end)


def _clause_end(text: str, start: int, last: int) -> int:
    end, last = start, min(last, start + _LONGEST)
    while end < last and text[end] not in _CLAUSE_ENDS:
        end += 1
    return end

"""The clause of an alert: from its article or its line's head to where something else is told."""

from __future__ import annotations

import regex

from sourcier.read.compiled import compiled
from sourcier.read.document import Document, Sentence
from sourcier.read.lexicon import Lexicon
from sourcier.types import Span

_LEAD_WITHIN = 28
_LEAD_REACH = 400
# The full stop of "a.m." breaks nothing, nor the comma of "7,5", nor do those of a list of names.
BREAK = regex.compile(r"[;!?()\n]|,(?!\d)|:(?=\s|$)|(?<!\b[ap]\.m)\.(?=\s|$)|\s[–—-]\s")
_NAME = r"(?:(?:the|la|le|les|du|de la) |l['’])?\p{Lu}[\p{L}'’-]*+(?: \p{Lu}[\p{L}'’-]*+){0,3}+"
_ROW = rf"(?:, {_NAME}){{0,40}}+,? (?:and|et|та|і|й|и) {_NAME}"
_NAMES_BEHIND = regex.compile(_ROW)
_NAMES_BEFORE = regex.compile(_NAME + _ROW)


class Clauses:
    """Finds the clauses of alerts in one language."""

    def __init__(self, words: Lexicon) -> None:
        self._opening = compiled(rf"{BREAK.pattern}|\b(?:{words.source('opening')})")
        self._ends = words.pattern("end")
        self._trail = compiled(rf"[,;] ?(?:{words.source('trail')})")

    def is_trail(self, document: Document, start: int) -> bool:
        """Tell whether the words at `start` say, behind a comma, for how long an alert holds."""
        return self._trail.match(document.folded, max(0, start - 2)) is not None

    def around(self, document: Document, sentence: Sentence, core: Span) -> Span:
        """Return `core` from its article or line's head to the end of its clause."""
        start, end = core
        first = max(sentence.start, start - _LEAD_REACH)
        breaks = [match.end() for match in self._opening.finditer(document.folded, first, start)]
        opening = breaks[-1] if breaks else first
        for row in _NAMES_BEFORE.finditer(document.text, first, start):
            if row.start() < opening <= row.end():
                return self._ended(document, sentence, row.start(), end)
        if start - opening <= _LEAD_WITHIN:
            start = opening
        return self._ended(document, sentence, start, end)

    def _ended(self, document: Document, sentence: Sentence, start: int, end: int) -> Span:
        """Return the words from `start` to the end of the clause that goes on at `end`."""
        stop = self._break(document, end, sentence.end)
        for more, text in ((_NAMES_BEHIND, document.text), (self._trail, document.folded)):
            if match := more.match(text, stop, sentence.end):
                stop = self._break(document, match.end(), sentence.end)
        if saying := self._ends.search(document.folded, end, stop):
            stop = saying.start()
        return _stripped(document.folded, start, max(stop, end))

    def _break(self, document: Document, start: int, end: int) -> int:
        following = BREAK.search(document.folded, start, end)
        return following.start() if following else end


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end

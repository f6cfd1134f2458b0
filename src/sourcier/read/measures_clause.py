"""The clause of a measure: what stands before its trigger and what behind, by a language's words.

A sentence is cut at signs and at the patterns ``begin`` (a clause begins behind it) and ``end``
(one ends before it); ``joined`` words cut where the words before them have a ``finite`` verb.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from sourcier.read.document import Document
from sourcier.read.lexicon import Lexicon
from sourcier.types import Span

_WHOLE = regex.compile(r"[«“\"]([^«»“”\"]*)[»”\"]")
_BEFORE = regex.compile(r"[;:!?()\[\]«»“”\"]|,(?!\d)|\s[-–—]\s")
_BEHIND = regex.compile(r"[;:!?()\[\]«»“”\"]|\s[-–—]\s|(?<=[!?…])\s|,(?!\d)")
_LISTED = regex.compile(r"(?<=[\p{Lu}\p{N}][\p{L}\p{N}'’.-]{0,24}),(?= [\p{Lu}\p{N}])")
_QUOTED = regex.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_ABBREVIATED = regex.compile(r"(?:\b\p{L}\.)+\p{L}\.$")
_ASIDE = regex.compile(", ")
_INSET = 160  # characters of an inset between two signs
_REACH = 320  # characters of a clause on either side of its trigger
_NEAR = 12  # characters before a clause in which the word that joins it stands
_LOOSE = regex.compile(r"[^\p{L}\p{N}«»“”\"%€$£()]|[«“](?![^«»“”]*[»”])")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of a language by which sentences are cut into clauses."""

    begin: regex.Pattern[str]
    end: regex.Pattern[str]
    joined: regex.Pattern[str]
    finite: regex.Pattern[str]
    passed: regex.Pattern[str]
    relative: regex.Pattern[str]
    aside: regex.Pattern[str]

    @classmethod
    def of(cls, words: Lexicon) -> Grammar:
        """Return the grammar that a language's ``measures.toml`` gives."""
        return cls(
            begin=words.pattern("begin"),
            end=words.pattern("end"),
            joined=words.pattern("joined"),
            finite=words.pattern("finite"),
            passed=words.pattern("passed"),
            relative=words.pattern("relative"),
            aside=words.pattern("aside"),
        )


class Clauses:
    """The clauses of a document, as measures need them."""

    def __init__(self, document: Document, grammar: Grammar) -> None:
        self._document = document
        self._grammar = grammar

    def subject(self, offset: int) -> Span | None:
        """Return the words before the verb at `offset`, an apposition or a relative clause kept.

        "The mayor, Ann Bell, ordered"; "the bridge, which has been closed".
        """
        if self.is_joined(offset):
            return None
        start = self._start(offset)
        found = self.trimmed(start, offset)
        if found and (pronoun := _last(self._grammar.relative, self._document.folded, *found)):
            found = self.trimmed(found[0], pronoun)
        if found and not self._grammar.relative.fullmatch(self._document.folded, *found):
            return found
        comma = self._comma_before(found[0] if found else offset)
        if comma is None:
            return None
        before = self._start(comma)
        if found is None and self._comma_before(before) == before - 1:
            return self._with_apposition(before - 1, comma)
        return self.trimmed(before, comma)

    def shared_subject(self, offset: int) -> Span | None:
        """Return the subject that a verb joined to another shares with it."""
        start = self._start(offset)
        verb = self._grammar.finite.search(self._document.folded, start, offset)
        return self.trimmed(start, verb.start()) if verb else None

    def without_aside(self, subject: Span) -> Span:
        """Return a subject without what is set apart in it and names nobody: ", in Riyadh"."""
        text = self._document.folded
        for sign in _ASIDE.finditer(text, *subject):
            if self._grammar.aside.match(text, sign.end(), subject[1]):
                return subject[0], sign.start()
        return subject

    def tail(self, offset: int) -> int:
        """Return where the clause ends that goes on at `offset`."""
        document = self._document
        stop = min(document.sentence_at(max(0, offset - 1)).end, offset + _REACH)
        if offset >= stop:
            return offset
        unquoted = _QUOTED.sub(_blanked, document.folded[offset:stop])
        if word := self._grammar.end.search(unquoted):
            unquoted = unquoted[: word.start()]
        for sign in _BEHIND.finditer(unquoted):
            if sign.group() != "," or not _LISTED.match(document.text, offset + sign.start()):
                unquoted = unquoted[: sign.start()]
                break
        return self.without_blanks(offset, offset + len(unquoted))

    def is_joined(self, offset: int) -> bool:
        """Tell whether a verb at `offset` is joined to another: "and summoned"."""
        text = self._document.folded
        end = len(text[max(0, offset - _NEAR) : offset].rstrip()) + max(0, offset - _NEAR)
        return _last(self._grammar.joined, text, max(0, offset - _NEAR), end) is not None

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return a span without loose signs, words of time and the marks of a quotation around it.

        Return None where nothing is left.
        """
        text = self._document.text
        while True:
            while start < end and _LOOSE.match(text, start, end):
                start += 1
            while end > start and _LOOSE.match(text, end - 1):
                end -= 1
            if start >= end:
                return None
            passed = self._grammar.passed
            if quoted := _WHOLE.fullmatch(text, start, end):
                start, end = quoted.span(1)
            elif match := passed.match(self._document.folded, start, end):
                start = match.end()
            elif late := _last(passed, self._document.folded, start, end):
                end = late
            else:
                return start, end

    def _start(self, offset: int) -> int:
        """Return where the clause begins in which `offset` stands."""
        folded = self._document.folded
        start = max(self._document.sentence_at(max(0, offset - 1)).start, offset - _REACH)
        for breaks in (_BEFORE, self._grammar.begin):
            found = [match.end() for match in breaks.finditer(folded, start, offset)]
            start = found[-1] if found else start
        for match in self._grammar.joined.finditer(folded, start, offset):
            if self._grammar.finite.search(folded, start, match.start()):
                start = match.end()
        return start

    def _comma_before(self, offset: int) -> int | None:
        """Return where the comma stands that comes right before `offset`, blanks aside."""
        text = self._document.text
        while offset and text[offset - 1].isspace():
            offset -= 1
        return offset - 1 if offset and text[offset - 1] == "," else None

    def _with_apposition(self, first: int, second: int) -> Span | None:
        head = self.trimmed(self._start(first), first)
        if head is None or second - first > _INSET:
            return None
        return head[0], second

    def without_blanks(self, start: int, end: int) -> int:
        """Return `end` without blanks and full stops before it, but for one of an abbreviation."""
        text = self._document.text
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",…"):
            end -= 1
        final = text[end - 1] == "." and not _ABBREVIATED.search(text, start, end)
        return end - 1 if end > start and final else end


def _blanked(quotation: regex.Match[str]) -> str:
    return "_" * len(quotation.group())


def _last(pattern: regex.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Return where the words of `pattern` begin with which a span ends."""
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    if last is None or last.end() < end or last.start() == start:
        return None
    return last.start()

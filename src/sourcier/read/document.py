"""The document: a capture's text cut into paragraphs, sentences and tokens, offsets kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import regex
import sentencex
from msgspec import Struct

from sourcier.read.fold import encodable, fold
from sourcier.read.lexicon import lexicon
from sourcier.read.scan import Found, Openings, Scan, openings
from sourcier.types import Capture

_TOKEN = regex.compile(
    r"\p{L}[\p{L}\p{M}\p{N}]*(?:['’ʼ](?=\p{L})\p{L}+)*|\p{N}+(?:[.,]\p{N}+)*|[^\s\p{L}\p{N}]"
)
_OPENING = "«“\"'’( "
_LONGEST_TITLED = 40
_PARAGRAPH = regex.compile(r"[^\n]+")
_HOUR = regex.compile(r"[0-9] ?[ap]\.m\.\s*\Z", regex.IGNORECASE)
_HOUR_REACH = 12
_WORD = regex.compile(r"\p{L}{1,12}+")


class Token(Struct, frozen=True):
    """A word, a number or one sign; `norm` is its folded form."""

    start: int
    end: int
    norm: str


class Sentence(Struct, frozen=True):
    """The span of a sentence without loose spaces; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Document:
    """A text being read. `folded` has the length of `text`; all spans index both.

    `published` is aware, `zone` the IANA zone of the outlet, `language` an ISO 639-1 code.
    """

    text: str
    language: str
    published: datetime
    zone: str
    capture: Capture

    @cached_property
    def folded(self) -> str:
        """The folded text, for matching."""
        return fold(self.text)

    @cached_property
    def openings(self) -> Openings:
        """The folded text, prepared for scans."""
        return openings(self.folded)

    def found(self, scan: Scan) -> tuple[Found, ...]:
        """Return what a scan finds in the folded text, in order; it is made but once."""
        if scan not in self._found:
            self._found[scan] = tuple(scan.finditer(self.openings))
        return self._found[scan]

    @cached_property
    def _found(self) -> dict[Scan, tuple[Found, ...]]:
        return {}

    @cached_property
    def tz(self) -> ZoneInfo:
        """The outlet's time zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order; none runs over a line break."""
        return tuple(_sentences(encodable(self.text), self.language))

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds `offset` (the next one, between two).

        Raises IndexError for a text without sentences.
        """
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return self.sentences[low]

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens between two offsets; one that an offset cuts is read anew."""
        return self._row(frozenset()).between(start, end)

    def words(
        self, start: int, end: int, elided: frozenset[str] | None = None
    ) -> tuple[Token, ...]:
        """Return the tokens between two offsets, `elided` words ("l'", "d'") cut off what follows.

        Without `elided`, those that the language lists in ``common.toml``.
        """
        return self._row(self._elided if elided is None else elided).between(start, end)

    @cached_property
    def _elided(self) -> frozenset[str]:
        return frozenset(lexicon(self.language, "common").words("elided"))

    def _row(self, elided: frozenset[str]) -> _Row:
        if elided not in self._rows:
            whole = self._row(frozenset()).tokens if elided else tokenise(self.folded)
            parts = (part for token in whole for part in _unelided(token, elided))
            self._rows[elided] = _Row(self.folded, tuple(parts))
        return self._rows[elided]

    @cached_property
    def _rows(self) -> dict[frozenset[str], _Row]:
        """The tokens of the text by the elided words that are cut off."""
        return {}


class _Row:
    """All tokens of a text, found by where they stand."""

    def __init__(self, folded: str, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self._folded = folded
        self._starts = tuple(token.start for token in tokens)
        self._ends = tuple(token.end for token in tokens)

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens between two offsets; one that an offset cuts is read anew."""
        first = bisect_left(self._ends, start + 1)
        last = bisect_right(self._starts, end - 1)
        found = self.tokens[first:last]
        if found and found[0].start < start:
            found = (*tokenise(self._folded, start, min(end, found[0].end)), *found[1:])
        if found and found[-1].end > end:
            found = (*found[:-1], *tokenise(self._folded, found[-1].start, end))
        return found


def tokenise(folded: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of a folded text between two offsets."""
    for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end):
        yield Token(match.start(), match.end(), match.group())


def _unelided(token: Token, elided: frozenset[str]) -> Iterator[Token]:
    cut = token.norm.find("'") + 1
    if not cut or token.norm[:cut] not in elided:
        yield token
        return
    middle = token.start + cut
    yield Token(token.start, middle, token.norm[:cut])
    yield from _unelided(Token(middle, token.end, token.norm[cut:]), elided)


def _sentences(text: str, language: str) -> Iterator[Sentence]:
    common = lexicon(language, "common")
    titles = common.listed("abbreviation")
    days = common.listed("after_hour")
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        begin = offset = paragraph.start()
        for piece in sentencex.segment(language, paragraph.group()):
            offset += len(piece)
            if offset < paragraph.end() and (
                _ends_with_title(text, begin, offset, titles) or _ends_with_hour(text, offset, days)
            ):
                continue
            start, end = _stripped(text, begin, offset)
            begin = offset
            if start < end:
                yield Sentence(start, end, number)


def _ends_with_title(text: str, start: int, end: int, titles: frozenset[str]) -> bool:
    """Tell whether a piece ends with a title cut short ("M."), not with an initial ("Ali M.")."""
    words = text[max(start, end - _LONGEST_TITLED) : end].split()
    if not words or words[-1].lstrip(_OPENING) not in titles:
        return False
    return len(words) < 3 or not words[-2][0].isupper()


def _ends_with_hour(text: str, end: int, days: frozenset[str]) -> bool:
    """Tell whether a piece ends with an hour ("3 p.m.") whose day or zone (`days`) goes on behind it."""
    if not _HOUR.search(text, max(0, end - _HOUR_REACH), end):
        return False
    following = _WORD.match(text, end)
    return following is not None and following.group() in days


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

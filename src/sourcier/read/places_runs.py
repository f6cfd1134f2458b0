"""Runs: the capitalised words of a text that may be one name, and what stands on either side of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sourcier.read.dictionary import is_word
from sourcier.read.document import Document
from sourcier.read.places_mentions import Word
from sourcier.read.places_use import Cues, is_given, opens_sentence

_LINKS = frozenset({"-", "‑", "'", "’", "ʼ"})
_SPACES = frozenset({" ", "\u00a0"})
_OPENINGS = frozenset({" «", " «\u00a0", " “", ' "'})
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a text from `first` up to `end`; what stands before, nearest first, and behind.

    `before` leaves articles out, which `article` tells; `gap` is what parts the run from the word behind.
    """

    first: int
    end: int
    before: tuple[str, ...]
    article: str
    after: tuple[str, ...]
    gap: str

    @property
    def last(self) -> str:
        """The nearest word before but articles, or nothing."""
        return self.before[0] if self.before else ""

    @property
    def words(self) -> range:
        """The indexes of its words."""
        return range(self.first, self.end)


def runs(document: Document, words: Sequence[Word], known: Cues) -> Iterator[Run]:
    """Yield the runs of capitalised words, in order, without words that only open a sentence."""
    at = 0
    while at < len(words):
        end = _end(document, words, at, known) if words[at].upper else at + 1
        first = _start(document, words, at, end, known) if words[at].upper else end
        if first < end:
            yield _run(document, words, first, end, known)
        at = end


def _end(document: Document, words: Sequence[Word], first: int, known: Cues) -> int:
    """Return where the run that begins at a word ends: small words are part of it between capitals."""
    end = first + 1
    while end < len(words) and end - first < _LONGEST:
        small, at = 0, end
        while at < len(words) and not words[at].upper and _is_inside(document, words, at, known):
            small, at = small + 1, at + 1
        if small > 2 or at >= len(words) or not words[at].upper:
            break
        if gap_before(document, words, at) not in _LINKS | _SPACES:
            break
        end = at + 1
    return end + _has_tail(document, words, end)


def _has_tail(document: Document, words: Sequence[Word], end: int) -> bool:
    """Tell whether a name ends with a small word behind an apostrophe ("Vava'u"), none of case."""
    tail = gap_before(document, words, end) in _LINKS - {"-", "‑"}
    return tail and not words[end].upper and words[end].key != "s"


def _is_inside(document: Document, words: Sequence[Word], at: int, known: Cues) -> bool:
    """Tell whether a small word may stand inside a name: any of some behind a hyphen, few elsewhere."""
    gap = gap_before(document, words, at)
    if gap in _LINKS:
        return words[at].key in known.compound | known.particle
    return gap in _SPACES and words[at].key in known.particle


def _start(document: Document, words: Sequence[Word], first: int, end: int, known: Cues) -> int:
    """Return the first word of a run that is not merely capitalised at the start of a sentence."""
    if end - first == 1 and words[first].key not in known.locative | known.never:
        return first
    word = words[first]
    if not opens_sentence(document, word) or gap_before(document, words, first + 1) not in _SPACES:
        return first
    plain = is_word(document.text[word.start : word.end].lower(), document.language)
    lead = word.key in known.never | known.locative | known.beside | known.of
    return first + 1 if lead or (plain and not is_given(word, document.language)) else first


def _run(document: Document, words: Sequence[Word], first: int, end: int, known: Cues) -> Run:
    before, article = _before(document, words, first, known)
    gap = gap_before(document, words, end)
    after = tuple(word.key for word in words[end : end + 3])
    return Run(first, end, before, article, after, gap)


def _before(
    document: Document, words: Sequence[Word], first: int, known: Cues
) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    article = ""
    at = first
    while at and len(found) < 3:
        gap = gap_before(document, words, at)
        if gap not in _SPACES | _LINKS and not (at == first and gap in _OPENINGS):
            break
        at -= 1
        if words[at].key in known.articles | known.one_of and not found:
            article = words[at].key
        else:
            found.append(words[at].key)
    return tuple(found), article


def gap_before(document: Document, words: Sequence[Word], at: int) -> str:
    """Return what stands between a word and the one before it, nothing where there is none."""
    return document.text[words[at - 1].end : words[at].start] if 0 < at < len(words) else ""

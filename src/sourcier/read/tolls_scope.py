"""Scope and standing of a figure: of a day, of a whole war; provisional."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sourcier.read.document import Document, Token
from sourcier.read.tolls_lexicon import TollLexicon, toll_lexicon
from sourcier.read.tolls_told import Linked
from sourcier.types import Scope

_PASSAGE = 3  # sentences


def provisional(document: Document, found: Sequence[Linked]) -> frozenset[int]:
    """Return the indexes of the findings that a "bilan provisoire" in their passage is about.

    The words are about the figures of their own sentence, else of the nearest one before it that
    counts anybody, else of the next.
    """
    starts = [sentence.start for sentence in document.sentences]
    counted: dict[int, list[int]] = defaultdict(list)
    for index, link in enumerate(found):
        if link.finding.qualifier != "vague" or link.finding.low > 1:
            counted[link.told.number].append(index)
    hits = toll_lexicon(document.language).provisional.find_matches_as_indexes(document.folded)
    numbers = {bisect_right(starts, start) - 1 for _, start, _ in hits}
    return frozenset(index for number in numbers for index in _passage(counted, number))


def _passage(counted: dict[int, list[int]], number: int) -> list[int]:
    for near in (*range(number, number - _PASSAGE - 1, -1), number + 1):
        if near in counted:
            return counted[near]
    return []


def scope_of(link: Linked, document: Document) -> Scope:
    """Return the scope that the words of the sentence give: those behind the figure first."""
    lexicon = toll_lexicon(document.language)
    cues = list(_cues(link.told.words, lexicon))
    starts = [finding.span[0] for finding in link.told.findings]
    start = link.finding.span[0]
    end = min((other for other in starts if other > start), default=link.told.sentence.end)
    behind = [scope for offset, scope in cues if start <= offset < end]
    anywhere = [scope for _, scope in cues]
    return next(iter((*behind, *anywhere)), "event")


def _cues(words: Sequence[Token], lexicon: TollLexicon) -> Iterator[tuple[int, Scope]]:
    for index, word in enumerate(words):
        scopes, _ = lexicon.scopes.match(words, index)
        if scopes:
            yield word.start, scopes[0]

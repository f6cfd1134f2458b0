"""Tolls: counts of victims, in digits or words.

    triggers -> sentences that hold one -> chunks -> frames -> findings -> links -> drafts

One fast scan of the folded text finds the sentences that hold the stem of an outcome word; only
these are cut into chunks (`tolls_chunks`) and matched against the frames of the language
(`tolls_frames`). `tolls_links` then tells parts from wholes and running counts from the event's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from sourcier.read.document import Document, Sentence, Token
from sourcier.read.drafts import TollDraft
from sourcier.read.phrases import PhraseTable
from sourcier.read.tolls_chunks import Chunker
from sourcier.read.tolls_frames import Frames
from sourcier.read.tolls_groups import with_groups
from sourcier.read.tolls_lexicon import toll_lexicon
from sourcier.read.tolls_links import linked
from sourcier.read.tolls_names import named
from sourcier.read.tolls_parts import names_part
from sourcier.read.tolls_told import Told

_SPORTING = 2  # words of sport
_AROUND = 200  # characters
_LONGEST = 250  # words of a sentence


def find_tolls(document: Document) -> tuple[TollDraft, ...]:
    """Return the tolls of a text, in order."""
    chunker, frames = _machinery(document.language)
    told = []
    for number, sentence, words in _stretches(document):
        chunks = named(chunker.chunks(words), document.text, toll_lexicon(document.language))
        findings = with_groups(chunks, frames.findings(chunks))
        if (findings or names_part(chunks)) and not _is_play(document, sentence):
            told.append(Told(number, sentence, words, chunks, findings))
    return linked(document, told)


def _stretches(document: Document) -> Iterator[tuple[int, Sentence, tuple[Token, ...]]]:
    """Yield the sentences that may tell a toll with their words, an endless one in pieces."""
    for number, sentence in _triggered(document):
        words = document.words(sentence.start, sentence.end)
        for start in range(0, len(words), _LONGEST):
            piece = words[start : start + _LONGEST]
            yield number, replace(sentence, start=piece[0].start, end=piece[-1].end), piece


def _is_play(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence tells what happens in a work, or speaks of sport with its neighbours."""
    words = toll_lexicon(document.language)
    if _hits(document, words.plot, sentence.start, sentence.end):
        return True
    start, end = _around(document.text, sentence)
    return len(_hits(document, words.sport, start, end)) >= _SPORTING


def _around(text: str, sentence: Sentence) -> tuple[int, int]:
    """Return the stretch of its paragraph that lies around a sentence: a neighbour has its own news."""
    start, end = max(0, sentence.start - _AROUND), sentence.end + _AROUND
    before, after = text.rfind("\n", start, sentence.start), text.find("\n", sentence.end, end)
    return (before + 1 if before >= 0 else start), (after if after >= 0 else end)


def _hits(document: Document, table: PhraseTable[bool], start: int, end: int) -> set[str]:
    """Return the different words between two offsets that begin a phrase of a table."""
    words = document.words(start, end)
    return {words[index].norm for index in range(len(words)) if table.match(words, index)[0]}


def _triggered(document: Document) -> Iterator[tuple[int, Sentence]]:
    """Yield the sentences that hold the stem of an outcome word, with their numbers."""
    automaton = toll_lexicon(document.language).triggers
    starts = [sentence.start for sentence in document.sentences]
    hits = automaton.find_matches_as_indexes(document.folded)
    numbers = {bisect_right(starts, start) - 1 for _, start, _ in hits}
    yield from ((number, document.sentences[number]) for number in sorted(numbers) if number >= 0)


@lru_cache(maxsize=16)
def _machinery(language: str) -> tuple[Chunker, Frames]:
    return Chunker(language), Frames(toll_lexicon(language))

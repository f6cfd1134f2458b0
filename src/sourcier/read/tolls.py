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

from sourcier.read.document import Document, Sentence
from sourcier.read.drafts import TollDraft
from sourcier.read.tolls_chunks import Chunker
from sourcier.read.tolls_frames import Frames
from sourcier.read.tolls_groups import with_groups
from sourcier.read.tolls_lexicon import toll_lexicon
from sourcier.read.tolls_links import linked
from sourcier.read.tolls_told import Told

_SPORTING = 2


def find_tolls(document: Document) -> tuple[TollDraft, ...]:
    """Return the tolls of a text, in order."""
    chunker, frames = _machinery(document.language)
    told = []
    for number, sentence in _triggered(document):
        words = document.words(sentence.start, sentence.end)
        chunks = chunker.chunks(words, document.text)
        findings = with_groups(chunks, frames.findings(chunks))
        if findings and not _is_sport(document, number):
            told.append(Told(number, sentence, words, chunks, findings))
    return linked(document, told)


def _is_sport(document: Document, number: int) -> bool:
    """Tell whether a sentence and its neighbours speak of sport."""
    around = document.sentences[max(0, number - 1) : number + 2]
    words = document.words(around[0].start, around[-1].end)
    table = toll_lexicon(document.language).sport
    hits = {words[index].norm for index in range(len(words)) if table.match(words, index)[0]}
    return len(hits) >= _SPORTING


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

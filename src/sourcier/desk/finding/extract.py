"""The part of a text that a search found, with the words it found marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sourcier.desk.finding.query import Term
from sourcier.desk.finding.terms import stem, tokens

AROUND = 90
"""How many characters of the text stand before the first word found."""
LONGEST = 280
"""How many characters an extract has at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an extract, `marked` where it is a word that was searched."""

    text: str
    marked: bool = False


def extract(text: str, terms: tuple[Term, ...]) -> tuple[Piece, ...]:
    """Return `text` from a little before the first word that `terms` ask for, in pieces."""
    spans = list(_found(text, terms))
    begin = _word_start(text, spans[0][0] - AROUND) if spans else 0
    end = min(len(text), begin + LONGEST)
    pieces: list[Piece] = [Piece("[…] ")] if begin else []
    at = begin
    for start, stop in spans:
        if stop > end:
            break
        pieces += [Piece(text[at:start]), Piece(text[start:stop], marked=True)]
        at = stop
    pieces.append(Piece(text[at:end] + (" […]" if end < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _found(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int]]:
    stems = {stem(word) for term in terms if not term.exact for word in term.words}
    whole = {word for term in terms if term.exact for word in term.words}
    starts = tuple(term.words[-1] for term in terms if term.prefix)
    for word, start, stop in tokens(text):
        if word in whole or stem(word) in stems or (starts and word.startswith(starts)):
            yield start, stop


def _word_start(text: str, at: int) -> int:
    """Return where the first word behind `at` begins; 0 for the beginning of the text."""
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return at if space < 0 else space + 1

"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
COMPARED = 1_000_000
"""The most pairs of words that are compared; longer texts are told as one replaced by the other."""
CONTEXT = 120
"""How many characters of what stayed are shown on each side of a change."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, were added or taken out."""

    kind: Literal["same", "ins", "del"]
    text: str


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in reading order; of what stayed only what is near a change."""
    if before == after:
        return ()
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    end = -tail or None
    pieces = [
        _piece("same", old[:head]),
        *_middle(old[head:end], new[head:end]),
        _piece("same", old[len(old) - tail :]),
    ]
    return tuple(_near(tuple(piece for piece in pieces if piece.text)))


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[Piece, ...]]:
    """Return the pieces of each text, by its name, that is another than before."""
    names = dict.fromkeys((*before, *after))
    found = {name: diff(before.get(name, ""), after.get(name, "")) for name in names}
    return {name: pieces for name, pieces in found.items() if pieces}


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many words both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > COMPARED:
        yield from (_piece("del", old), _piece("ins", new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield _piece("same", old[i1:i2])
        else:
            yield from (_piece("del", old[i1:i2]), _piece("ins", new[j1:j2]))


def _piece(kind: Literal["same", "ins", "del"], words: list[str]) -> Piece:
    return Piece(kind, "".join(words))


def _near(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        before, after = (CONTEXT if place else 0), (CONTEXT if place < len(pieces) - 1 else 0)
        if piece.kind != "same" or len(piece.text) <= before + after:
            yield piece
        else:
            end = piece.text[len(piece.text) - after :] if after else ""
            yield Piece("same", f"{piece.text[:before]} […] {end}")

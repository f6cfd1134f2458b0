"""A source's text cut where claims begin and end, each claim with its number. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sourcier.types import Claim

LONGEST = 1600
"""From how many characters on a text is shown by those of its paragraphs that hold claims."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, the numbers of the claims that start with it, whether in a claim, and in a bound one."""

    text: str
    numbers: tuple[int, ...] = ()
    marked: bool = False
    bound: bool = False


def pieces(text: str, claims: Mapping[int, Claim], bound: Collection[int]) -> tuple[Piece, ...]:
    """Return `text` with its `claims` (by number) marked; those in `bound` are filled."""
    inside = {n: c for n, c in claims.items() if 0 <= c.span[0] < c.span[1] <= len(text)}
    cuts = {0, len(text), *(edge for claim in inside.values() for edge in claim.span)}
    return tuple(_piece(text, start, end, inside, bound) for start, end in pairwise(sorted(cuts)))


def shortened(text: str, claims: Mapping[int, Claim], bound: Collection[int]) -> tuple[Piece, ...]:
    """Return the same of a long text's paragraphs that hold claims, a gap between them."""
    if len(text) <= LONGEST:
        return pieces(text, claims, bound)
    kept: list[Piece] = []
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        within = {n: c for n, c in claims.items() if at <= c.span[0] and c.span[1] <= end}
        if within:
            kept += _shifted(text, at, end, within, bound)
        elif not kept or kept[-1].text != "\n[…]\n":
            kept.append(Piece("\n[…]\n"))
        at = end + 1
    return tuple(kept)


def _shifted(
    text: str, start: int, end: int, claims: Mapping[int, Claim], bound: Collection[int]
) -> list[Piece]:
    cuts = {start, end, *(edge for claim in claims.values() for edge in claim.span)}
    return [_piece(text, a, b, claims, bound) for a, b in pairwise(sorted(cuts))]


def _piece(
    text: str, start: int, end: int, claims: Mapping[int, Claim], bound: Collection[int]
) -> Piece:
    here = {n for n, claim in claims.items() if claim.span[0] <= start and end <= claim.span[1]}
    starting = tuple(sorted(n for n in here if claims[n].span[0] == start))
    return Piece(text[start:end], starting, bool(here), bool(here & set(bound)))

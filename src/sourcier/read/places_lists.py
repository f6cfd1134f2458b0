"""Lists of units under one noun: "Clarke, Oconee and Walton counties" are three counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find
from sourcier.read.places_mentions import Mention, Word, mention_of
from sourcier.read.places_use import cues

_MOST = 12
_LONGEST = 4


def with_lists(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Return the mentions, those in a list before the plural of a unit's noun read as such units."""
    plurals = lexicon(document.language, "places").table("plural_unit")
    if not plurals:
        return tuple(mentions)
    listed = [
        unit
        for at, word in enumerate(words)
        if word.key in plurals
        for unit in _units(document, words, at, plurals[word.key])
    ]
    taken = {at for unit in listed for at in range(unit.first, unit.last + 1)}
    others = (one for one in mentions if not taken & set(range(one.first, one.last + 1)))
    return tuple(sorted([*others, *listed], key=lambda mention: mention.start))


def _units(document: Document, words: Sequence[Word], noun: int, unit: str) -> Iterator[Mention]:
    """Yield the names before the noun at an index, the last first, while they are names of units."""
    joins = cues(document.language).joins
    end = noun
    for _ in range(_MOST):
        name = _name_before(document, words, end, unit)
        if name is None:
            return
        yield name
        end = name.first
        if end and words[end - 1].key in joins and _gap(document, words, end) == " ":
            end -= 1
        elif _gap(document, words, end) != ", ":
            return


def _name_before(document: Document, words: Sequence[Word], end: int, unit: str) -> Mention | None:
    """Return the longest name of a unit that ends before a word."""
    start = end
    while start and words[start - 1].upper:
        if start < end and not _is_within(document, words, start):
            break
        start -= 1
    for first in range(max(start, end - _LONGEST), end):
        found = find((*(word.key for word in words[first:end]), unit))
        if found:
            return mention_of(words, first, end - 1, found)
    return None


def _is_within(document: Document, words: Sequence[Word], at: int) -> bool:
    """Tell whether a word goes on with the name of the one before it ("Elm Grove", "St. Johns")."""
    gap = _gap(document, words, at)
    return gap in {" ", "-"} or (gap == ". " and words[at - 1].key == "st")


def _gap(document: Document, words: Sequence[Word], at: int) -> str:
    """Return what stands between a word and the one before it."""
    return document.text[words[at - 1].end : words[at].start] if at else ""

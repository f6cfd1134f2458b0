"""Towns that the gazetteer lacks: told with their state, or known by the make of their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.places_choose import Surroundings
from sourcier.read.places_forms import find
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word
from sourcier.read.places_use import Cues
from sourcier.read.places_villages import unlisted

_LONGEST = 3
_MOST_PARTS = 7
_HYPHENS = frozenset({"-", "‑"})
_LINKS = _HYPHENS | {"'", "’"}


def find_unlisted(
    document: Document,
    words: Sequence[Word],
    told: Surroundings,
    chosen: Sequence[Found],
    known: Cues,
) -> Iterator[PlaceDraft]:
    """Yield a settlement without id for each unknown name that is surely one of a town.

    It stands behind a word of place, and before the short form of its state ("in Elm Grove, Neb.")
    or in one piece with small words inside ("à Saint-Aubin-sous-Roche").
    """
    taken = {at for found in chosen for at in range(found.mention.first, found.mention.last + 1)}
    for found in chosen:
        run = _before_state(document, words, found) if found.mention.short else ()
        if run and _is_free(words, run, taken, known):
            yield unlisted(document, tuple(words[at] for at in run), told, found.entry)
    for at in range(len(words)) if known.compound else ():
        run = _compound(document, words, at, known)
        if run and _is_free(words, run, taken, known):
            near = min(chosen, key=lambda found: abs(found.mention.first - at), default=None)
            yield unlisted(
                document, tuple(words[at] for at in run), told, near.entry if near else None
            )


def _is_free(words: Sequence[Word], run: range, taken: set[int], known: Cues) -> bool:
    """Tell whether a run is behind a word of place, overlaps no known place and is none itself."""
    placed = run.start > 0 and words[run.start - 1].key in known.locative
    return placed and not taken & set(run) and not find(tuple(words[at].key for at in run))


def _before_state(document: Document, words: Sequence[Word], state: Found) -> range:
    """Return the capitalised words before the comma before a state."""
    end = state.mention.first
    if not end or document.text[words[end - 1].end : state.mention.start] != ", ":
        return range(0)
    start = end
    while start and end - start < _LONGEST and words[start - 1].upper:
        if start < end and document.text[words[start - 1].end : words[start].start] != " ":
            break
        start -= 1
    return range(start, end)


def _compound(document: Document, words: Sequence[Word], first: int, known: Cues) -> range:
    """Return the words of a hyphened name that has a small word inside, none elsewhere."""
    if not words[first].upper or _gap(document, words, first) in _LINKS:
        return range(0)
    last, small = first, False
    while last - first < _MOST_PARTS and _gap(document, words, last + 1) in _LINKS:
        last += 1
        small = small or (words[last].key in known.compound and not words[last].upper)
    whole = last > first + 1 and _gap(document, words, first + 1) in _HYPHENS
    return range(first, last + 1) if small and whole else range(0)


def _gap(document: Document, words: Sequence[Word], at: int) -> str:
    """Return what stands between a word and the one before it, nothing where there is none."""
    return document.text[words[at - 1].end : words[at].start] if 0 < at < len(words) else ""

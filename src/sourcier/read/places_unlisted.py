"""Towns that the gazetteer lacks: told with their state, or known by the make of their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.dictionary import is_word
from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.places_choose import Surroundings
from sourcier.read.places_forms import find
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word
from sourcier.read.places_use import Cues, is_given
from sourcier.read.places_villages import nearest, unlisted

_LONGEST = 3
_COMMA, _COMMAS = frozenset({", "}), frozenset({", ", " ("})
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

    It stands behind a word of place, and before its state or country ("in Elm Grove, Neb.", "à
    Valrouge (Savoie)") or in one piece with small words inside ("à Saint-Aubin-sous-Roche"); or
    behind a word that leads to places alone ("near Dar Salim").
    """
    taken = {at for found in chosen for at in range(found.mention.first, found.mention.last + 1)}
    for found in chosen:
        run = _before_state(document, words, found) if _is_unit(found) else ()
        if run and _is_free(words, run, taken, known):
            yield unlisted(document, tuple(words[at] for at in run), told, found.entry)
    for at in range(len(words)):
        if not words[at].upper:
            continue
        near = nearest(chosen, words[at].start)
        run = _compound(document, words, at, known)
        run = run or (_beside(document, words, at, known) if near else run)
        if run and _is_free(words, run, taken, known):
            yield unlisted(document, tuple(words[at] for at in run), told, near)


def _is_unit(found: Found) -> bool:
    return found.mention.short or found.entry.kind in {"country", "region", "district"}


def _is_free(words: Sequence[Word], run: range, taken: set[int], known: Cues) -> bool:
    """Tell whether a run is behind a word of place, overlaps no known place and is none itself."""
    before = words[run.start - 1].key if run.start else ""
    placed = before in known.locative | known.beside | known.of
    return placed and not taken & set(run) and not find(tuple(words[at].key for at in run))


def _before_state(document: Document, words: Sequence[Word], state: Found) -> range:
    """Return the capitalised words before the comma before a state."""
    end = state.mention.first
    gap = document.text[words[end - 1].end : state.mention.start] if end else ""
    if gap not in (_COMMA if state.mention.short else _COMMAS):
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


def _beside(document: Document, words: Sequence[Word], first: int, known: Cues) -> range:
    """Return the capitalised words behind one that leads to places, none if they may be no name."""
    if not words[first].upper or first < 2 or not _leads(words, first, known):
        return range(0)
    last = first
    while last + 1 < len(words) and words[last + 1].upper and last - first < _LONGEST:
        if _gap(document, words, last + 1) not in _LINKS | {" "}:
            break
        last += 1
    run = range(first, last + 1)
    named = _is_name(document, words[first], known) and len(run) <= _LONGEST
    rest = (words[at] for at in run[1:])
    plain = any(_is_plain(word, document.language) for word in rest)
    return run if named and not plain else range(0)


def _is_plain(word: Word, language: str) -> bool:
    """Tell whether a word is a common one and no given name ("Square", not the Ali of "Mir Ali")."""
    return is_word(word.key, language) and not is_given(word, language)


def _leads(words: Sequence[Word], first: int, known: Cues) -> bool:
    """Tell whether the words before one lead to places alone ("near X", "au nord de X")."""
    before = words[first - 1].key
    return before in known.beside - known.compass or (
        before in known.of and words[first - 2].key in known.beside
    )


def _is_name(document: Document, word: Word, known: Cues) -> bool:
    """Tell whether a word is no common one, no given name and no acronym."""
    text = document.text[word.start : word.end]
    plain = is_word(text.lower(), document.language) or is_given(word, document.language)
    return not (plain or text.isupper() or word.key in known.never)


def _gap(document: Document, words: Sequence[Word], at: int) -> str:
    """Return what stands between a word and the one before it, nothing where there is none."""
    return document.text[words[at - 1].end : words[at].start] if 0 < at < len(words) else ""

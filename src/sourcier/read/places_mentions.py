"""Mentions: runs of capitalised words that the gazetteer knows, in whatever case they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from msgspec import Struct

from sourcier.read.document import Document
from sourcier.read.gazetteer_index import Hit
from sourcier.read.gazetteer_names import WORD, key
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find, find_by_sound, find_of_adjective, inflected, opens

_MOST_WORDS = 7
_JOINS = frozenset({" ", "-", "'", "’", "ʼ", "‑", "–", "\u00a0", ". ", "."})


class Word(Struct, frozen=True):
    """A word of the text with its key; `upper`: it begins with a capital."""

    start: int
    end: int
    key: str
    upper: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name a place: the first and last of `words`, and what the gazetteer has.

    `key` is that of the first word; `contained`: the text gives its region or country as well.
    """

    start: int
    end: int
    key: str
    first: int
    last: int
    hits: tuple[Hit, ...]
    contained: bool = False


def words_of(document: Document) -> tuple[Word, ...]:
    """Return the words of a text, with keys."""
    text = document.text
    return tuple(
        Word(match.start(), match.end(), key(match.group()), text[match.start()].isupper())
        for match in WORD.finditer(text)
    )


def find_mentions(document: Document, words: Sequence[Word]) -> Iterator[Mention]:
    """Yield the longest names of places in a text, in order, none overlapping another.

    A name begins with a capital, or with the common noun of a sea, a strait, a peninsula.
    """
    nouns = word_set(document.language, "area_noun")
    at = 0
    while at < len(words):
        begins = words[at].upper or words[at].key in nouns
        mention = _mention_at(document, words, at) if begins else None
        if mention:
            yield mention
        at = mention.last + 1 if mention else at + 1


def _mention_at(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    best: tuple[int, tuple[Hit, ...]] = (0, ())
    closing = word_set(document.language, "area_noun") | word_set(document.language, "region_after")
    paths: list[tuple[str, ...]] = [()]
    for last in range(first, min(first + _MOST_WORDS, len(words))):
        if last > first and document.text[words[last - 1].end : words[last].start] not in _JOINS:
            break
        forms = inflected(words[last].key, document.language)
        extended = [(*path, form) for path in paths for form in forms]
        found = tuple(hit for path in extended for hit in find(path))
        if found and (words[last].upper or words[last].key in closing):
            best = (last, found)
        paths = [path for path in extended if opens(path)]
        if not paths:
            break
    return (
        (_by_adjective(document, words, first) if best[0] <= first else None)
        or (_mention(words, first, *best) if best[1] else None)
        or _by_sound(document, words, first)
    )


def _by_adjective(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return the region or district that an adjective names ("Шосткинська громада")."""
    following = words[first + 1].key if first + 1 < len(words) else ""
    if following not in word_set(document.language, "region_after"):
        return None
    hits = find_of_adjective(words[first].key, document.language)
    return _mention(words, first, first + 1, hits) if hits else None


def _by_sound(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return a Slavic name in a spelling that no list has ("Tchassiv Iar")."""
    for last in (first + 1, first):
        run = words[first : last + 1]
        if last < len(words) and all(word.upper for word in run):
            for name in product(*(inflected(word.key, document.language) for word in run)):
                found = find_by_sound(name, document.language)
                if found:
                    return _mention(words, first, last, found)
    return None


def _mention(words: Sequence[Word], first: int, last: int, hits: tuple[Hit, ...]) -> Mention:
    opening = words[first]
    return Mention(opening.start, words[last].end, opening.key, first, last, _unique(hits))


def _unique(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.entry.geonames)
        if known is None or (hit.main and not known.main) or not hit.entry.geonames:
            best[hit.entry.geonames] = hit
    return tuple(best.values())


@lru_cache(maxsize=64)
def word_set(language: str, name: str) -> frozenset[str]:
    """Return one of the word lists of a language's places."""
    return frozenset(lexicon(language, "places").words(name))


def has_entry(run: Sequence[Word], language: str) -> bool:
    """Tell whether the gazetteer knows the first words of a run, in any case, as a name."""
    paths: list[tuple[str, ...]] = [()]
    for word in run:
        paths = [(*path, form) for path in paths for form in inflected(word.key, language)]
        if any(find(path) for path in paths):
            return True
    return False

"""Mentions: runs of capitalised words that the gazetteer knows, in whatever case they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sourcier.read.document import Document
from sourcier.read.gazetteer import gazetteer
from sourcier.read.gazetteer_index import Hit
from sourcier.read.gazetteer_names import WORD, key, skeleton
from sourcier.read.lexicon import lexicon

_MOST_WORDS = 7
_JOINS = frozenset({" ", "-", "'", "’", "ʼ", "‑", "–", "\u00a0", ". ", "."})
_ENDING = 5
_STEM = 2


@dataclass(frozen=True, slots=True)
class Word:
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
    nouns = _words(document.language, "area_noun")
    at = 0
    while at < len(words):
        begins = words[at].upper or words[at].key in nouns
        mention = _mention_at(document, words, at) if begins else None
        if mention:
            yield mention
        at = mention.last + 1 if mention else at + 1


def _mention_at(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    best: tuple[int, tuple[Hit, ...]] = (0, ())
    closing = _words(document.language, "area_noun") | _words(document.language, "region_after")
    paths: list[tuple[str, ...]] = [()]
    for last in range(first, min(first + _MOST_WORDS, len(words))):
        if last > first and document.text[words[last - 1].end : words[last].start] not in _JOINS:
            break
        forms = inflected(words[last].key, document.language)
        extended = [(*path, form) for path in paths for form in forms]
        found = tuple(hit for path in extended for hit in _find(path))
        if found and (words[last].upper or words[last].key in closing):
            best = (last, found)
        paths = [path for path in extended if _opens(path)]
        if not paths:
            break
    if not best[1]:
        return _by_sound(words, first)
    end = words[best[0]].end
    return Mention(words[first].start, end, words[first].key, first, best[0], _unique(best[1]))


def _by_sound(words: Sequence[Word], first: int) -> Mention | None:
    """Return a Slavic name in a spelling that no list has ("Tchassiv Iar"), by its skeleton."""
    for last in (first + 1, first):
        run = words[first : last + 1]
        if last >= len(words) or not all(word.upper and word.key.isascii() for word in run):
            continue
        sounds = tuple(skeleton(word.key) for word in run)
        found = _find(("~", *sounds)) if all(len(sound) > 1 for sound in sounds) else ()
        if found and sum(map(len, sounds)) > _ENDING:
            return Mention(run[0].start, run[-1].end, run[0].key, first, last, found)
    return None


def _unique(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.entry.geonames)
        if known is None or (hit.main and not known.main) or not hit.entry.geonames:
            best[hit.entry.geonames] = hit
    return tuple(best.values())


@lru_cache(maxsize=64)
def _words(language: str, name: str) -> frozenset[str]:
    return frozenset(lexicon(language, "places").words(name))


@lru_cache(maxsize=65536)
def inflected(word: str, language: str) -> tuple[str, ...]:
    """Return the forms that a word may be a case of, itself first."""
    rules = lexicon(language, "places").table("endings")
    forms = [word]
    for size in range(min(_ENDING, len(word) - _STEM), -1, -1):
        stem, ending = word[: len(word) - size], word[len(word) - size :]
        forms += [stem + other for other in rules.get(ending, ())]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=65536)
def _find(words: tuple[str, ...]) -> tuple[Hit, ...]:
    return gazetteer().find(words)


@lru_cache(maxsize=65536)
def _opens(words: tuple[str, ...]) -> bool:
    return gazetteer().opens(words)


def has_entry(run: Sequence[Word], language: str) -> bool:
    """Tell whether the gazetteer knows a run of words, in any case, as the name of a place."""
    paths: list[tuple[str, ...]] = [()]
    for word in run:
        paths = [(*path, form) for path in paths for form in inflected(word.key, language)]
    return any(_find(path) for path in paths)

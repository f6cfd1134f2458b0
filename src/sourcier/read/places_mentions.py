"""Mentions: runs of capitalised words that the gazetteer knows, in whatever case they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from msgspec import Struct

from sourcier.read.document import Document
from sourcier.read.gazetteer import region_of
from sourcier.read.gazetteer_index import Hit
from sourcier.read.gazetteer_names import WORD, key, keys
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import find, find_by_sound, find_of_adjective, inflected, opens

_MOST_ADJECTIVES = 9
_LISTED = frozenset({" ", ", ", "-", "‑"})
_MOST_WORDS = 7
_WIDE = frozenset({"country", "region", "area"})
_ARTICLE_GAPS = frozenset({" ", "\u00a0", "'", "’"})
_APOSTROPHES = frozenset({"'", "’", "ʼ"})
_JOINS = frozenset({" ", "-", "'", "’", "ʼ", "‑", "–", "\u00a0", ". ", "."})

Identity = frozenset[int | str]


class Word(Struct, frozen=True):
    """A word of the text with its key; `upper`: it begins with a capital."""

    start: int
    end: int
    key: str
    upper: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name a place: the first and last of `words`, and what the gazetteer has.

    `key` is that of the first word; `contained`: the text gives its region or country as well;
    `short`: it is the short form of a region's name; `articled`: the article before it is part of it.
    """

    start: int
    end: int
    key: str
    first: int
    last: int
    hits: tuple[Hit, ...]
    contained: bool = False
    short: bool = False
    articled: bool = False

    @property
    def identity(self) -> Identity:
        """What the mentions of one name have in common."""
        return frozenset(hit.entry.id for hit in self.hits)

    @property
    def wide(self) -> bool:
        """Whether it may be a country or one of its first-level regions."""
        return any(hit.entry.kind in {"country", "region"} for hit in self.hits)


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
        mention = None
        if begins:
            mention = _abbreviation_at(document, words, at) or _mention_at(document, words, at)
        if mention:
            yield mention
        at = mention.last + 1 if mention else at + 1


def _abbreviation_at(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return the region that an abbreviation stands for.

    One of several letters apart ("W.Va.", "D.C.") stands alone, another behind a name and a comma
    only ("Lexington, Ky.", "Dayton, OH").
    """
    table = abbreviations(document.language)
    for last in (first + 1, first):
        code = table.get(" ".join(word.key for word in words[first : last + 1]))
        region = region_of(code) if code and last < len(words) else None
        if region and _is_short_form(document, words, first, last):
            return replace(mention_of(words, first, last, (Hit(region, main=True),)), short=True)
    return None


def _is_short_form(document: Document, words: Sequence[Word], first: int, last: int) -> bool:
    text, start, end = document.text, words[first].start, words[last].end
    if first != last:
        return text[words[first].end : words[last].start] in {".", ". "} and words[last].upper
    dotted = text[end : end + 1] == "." or text[start:end].isupper()
    before = words[first - 1] if first else None
    return dotted and before is not None and before.upper and text[before.end : start] == ", "


def _mention_at(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    article = _article_before(document, words, first)
    last, found = _longest(document, words, first)
    if last > first and not _has_wide(found) and _leads_wide(document, words, first):
        return None
    if article and not _has_wide(found) and not _has_district(found):
        end, town = _longest(document, words, first, (article,))
        if town:
            return replace(mention_of(words, first, end, town), articled=True)
    if not words[first].upper and last == first:
        found = ()
    return (
        (_by_adjective(document, words, first) if last <= first else None)
        or (mention_of(words, first, last, found) if found else None)
        or _of_land(document, words, first)
        or _by_sound(document, words, first)
    )


def _has_wide(hits: tuple[Hit, ...]) -> bool:
    return any(hit.entry.kind in _WIDE for hit in hits)


def _has_district(hits: tuple[Hit, ...]) -> bool:
    """Tell whether a name is the main one of a unit below a region ("les Landes")."""
    return any(hit.main and hit.entry.kind == "district" for hit in hits)


def _leads_wide(document: Document, words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is the article of a region ("La Crète" at the start of a sentence)."""
    article = words[at].key in articles_of_names(document.language)
    return article and _has_wide(_longest(document, words, at + 1)[1])


def _article_before(document: Document, words: Sequence[Word], at: int) -> str | None:
    """Return the article of a town's name that stands before a word, alone or in a contraction."""
    if not at or not words[at].upper:
        return None
    before = words[at - 1]
    gap = document.text[before.end : words[at].start]
    return articles_of_names(document.language).get(before.key) if gap in _ARTICLE_GAPS else None


def _longest(
    document: Document, words: Sequence[Word], first: int, opening: tuple[str, ...] = ()
) -> tuple[int, tuple[Hit, ...]]:
    """Return the last word of the longest name from a word on, and its entries.

    `opening`: the keys that the name has before that word.
    """
    best: tuple[int, tuple[Hit, ...]] = (0, ())
    closing = word_set(document.language, "area_noun") | word_set(document.language, "region_after")
    paths: list[tuple[str, ...]] = [opening]
    for last in range(first, min(first + _MOST_WORDS, len(words))):
        gap = document.text[words[last - 1].end : words[last].start] if last > first else ""
        if last > first and gap not in _JOINS:
            break
        forms = inflected(words[last].key, document.language)
        extended = [(*path, form) for path in paths for form in forms]
        found = tuple(hit for path in extended for hit in find(path))
        # What follows an apostrophe is of the same word in Ukrainian ("Куп'янськ").
        ends = words[last].upper or words[last].key in closing or gap in _APOSTROPHES
        if found and ends:
            best = (last, found)
        paths = [path for path in extended if opens(path)]
        if not paths:
            break
    return best


def _by_adjective(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return the region or district that an adjective names ("Шосткинська громада")."""
    units = word_set(document.language, "region_after")
    if first + 1 < len(words) and words[first + 1].key in units:
        hits = find_of_adjective(words[first].key, document.language)
        return mention_of(words, first, first + 1, hits) if hits else None
    return _of_short_unit(words, first, document.language) or _one_of_units(document, words, first)


def _of_short_unit(words: Sequence[Word], first: int, language: str) -> Mention | None:
    """Return the unit of an adjective whose noun is shortened with a hyphen ("Сумському р-ні")."""
    last = first + 2
    short = closing_key(words, first + 1, last) if last < len(words) else ""
    unit = units_of_many(language).get(short) if "-" in short else None
    if unit is None:
        return None
    hits = (hit for form in inflected(words[first].key, language) for hit in find((form, unit)))
    found = tuple(hits) or find_of_adjective(words[first].key, language)
    return mention_of(words, first, last, found) if found else None


def closing_key(words: Sequence[Word], first: int, last: int) -> str:
    """Return the key of the last of some words, with the letter that a hyphen joins to it ("р-ні")."""
    before, word = words[last - 1], words[last]
    shortened = last > first and len(before.key) == 1 and before.end + 1 == word.start
    return f"{before.key}-{word.key}" if shortened else word.key


def _of_land(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return the raion that the word for the land around its seat means ("Нікопольщина")."""
    last = first + 1
    parted = last < len(words) and document.text[words[first].end : words[last].start]
    last = last if parted in _APOSTROPHES else first
    for ending, unit in lexicon(document.language, "places").table("land").items():
        if words[last].key.endswith(ending):
            stem = [word.key for word in words[first : last + 1]]
            name = " ".join(stem).removesuffix(ending) + unit
            hits = find(tuple(name.split()))
            return mention_of(words, first, last, hits) if hits else None
    return None


def _one_of_units(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return the unit that one of several adjectives names ("Брянской и Тульской областях")."""
    units, joins = units_of_many(document.language), word_set(document.language, "joins")
    if not units or not words[first].upper:
        return None
    for at in range(first + 1, min(first + _MOST_ADJECTIVES, len(words))):
        if document.text[words[at - 1].end : words[at].start] not in _LISTED:
            return None
        if words[at].key in units:
            return _of_unit(document, words, range(first, at), units[words[at].key])
        if not words[at].upper and words[at].key not in joins:
            return None
    return None


def _of_unit(document: Document, words: Sequence[Word], listed: range, unit: str) -> Mention | None:
    """Return the first of some listed adjectives as the name of its unit, of two words at most."""
    first = listed.start
    for last in range(first, min(first + 2, listed.stop)):
        forms = (inflected(words[at].key, document.language) for at in range(first, last + 1))
        hits = tuple(hit for form in product(*forms) for hit in find((*form, unit)))
        if hits:
            return mention_of(words, first, last, hits)
    return None


def _by_sound(document: Document, words: Sequence[Word], first: int) -> Mention | None:
    """Return a Slavic name in a spelling that no list has ("Tchassiv Iar")."""
    for last in (first + 1, first):
        run = words[first : last + 1]
        if last < len(words) and all(word.upper for word in run):
            for name in product(*(inflected(word.key, document.language) for word in run)):
                found = find_by_sound(name, document.language)
                if found:
                    return mention_of(words, first, last, found)
    return None


def mention_of(words: Sequence[Word], first: int, last: int, hits: tuple[Hit, ...]) -> Mention:
    """Return the mention that some of the words make, each entry once."""
    opening = words[first]
    return Mention(opening.start, words[last].end, opening.key, first, last, _unique(hits))


def _unique(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    best: dict[int | str, Hit] = {}
    for hit in hits:
        known = best.get(hit.entry.id)
        if known is None or (hit.main and not known.main):
            best[hit.entry.id] = hit
    return tuple(best.values())


@lru_cache(maxsize=16)
def articles_of_names(language: str) -> dict[str, str]:
    """Return the articles that names of towns begin with, by their forms in a text ("au": "le")."""
    return dict(lexicon(language, "places").table("article"))


@lru_cache(maxsize=16)
def abbreviations(language: str) -> dict[str, str]:
    """Return the codes of the regions that a language abbreviates, by the keys of the short form."""
    table = lexicon(language, "places").table("abbreviation")
    return {" ".join(keys(short)): code for short, code in table.items()}


@lru_cache(maxsize=16)
def units_of_many(language: str) -> dict[str, str]:
    """Return the units that stand in the plural behind adjectives of several, by their forms."""
    return dict(lexicon(language, "places").table("unit_of_many"))


@lru_cache(maxsize=64)
def word_set(language: str, name: str) -> frozenset[str]:
    """Return one of the word lists of a language's places."""
    return frozenset(lexicon(language, "places").words(name))

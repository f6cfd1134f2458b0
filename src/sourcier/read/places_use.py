"""How a place name is used: to place something, in a title, or for the power that sits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sourcier.read.dictionary import is_word
from sourcier.read.document import Document
from sourcier.read.lexicon import lexicon
from sourcier.read.places_forms import inflected
from sourcier.read.places_mentions import Mention, Word

Use = Literal["location", "office", "dateline", "metonym", "demonym", "name"]

_TITLE_REACH = 5
_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists of a language that tell how a place is meant."""

    never: frozenset[str]
    wary: frozenset[str]
    locative: frozenset[str]
    weak_locative: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    no_town_after: frozenset[str]
    joins: frozenset[str]
    place_noun: frozenset[str]
    office_noun: frozenset[str]
    office_after: frozenset[str]
    region_noun: frozenset[str]
    region_after: frozenset[str]
    region_before: frozenset[str]
    region_ref: frozenset[str]
    district_noun: frozenset[str]
    region_anaphor: frozenset[str]
    stative_after: frozenset[str]
    struck_noun: frozenset[str]
    village_noun: frozenset[str]
    town_noun: frozenset[str]
    compass: frozenset[str]
    compound: frozenset[str]
    area_noun: frozenset[str]
    quarter_noun: frozenset[str]
    one_of: frozenset[str]
    given_before: frozenset[str]
    given: frozenset[str]
    institution_after: frozenset[str]
    unit_alone: frozenset[str]
    street_after: frozenset[str]
    region_first: frozenset[str]
    beside: frozenset[str]
    particle: frozenset[str]
    noun_behind: frozenset[str]
    noun_bare: frozenset[str]
    island_noun: frozenset[str]
    people: frozenset[str]
    inside: frozenset[str]
    inside_not: frozenset[str]
    inside_behind: frozenset[str]
    warning_noun: frozenset[str]
    warning_for: frozenset[str]
    island: frozenset[str]
    outlet_noun: frozenset[str]
    road_noun: frozenset[str]
    road_to: frozenset[str]


@lru_cache(maxsize=16)
def cues(language: str) -> Cues:
    """Return the (cached) cues of a language."""
    words = lexicon(language, "places")
    return Cues(**{name: words.listed(name) for name in Cues.__slots__})


@dataclass(frozen=True, slots=True)
class Setting:
    """The words around a mention: keys before it (nearest first, articles left out) and after it.

    `parted`: an article stands before it; `article`: one that names of towns do not take; `capital`:
    behind a word that is capitalised as parts of names are ("City Council"); `named_after`: the name of
    an institution goes on behind it ("X Institute"), `in_name`: that of some other thing ("X Public
    Library"); `given`: it is a common given name as well.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    parted: bool
    article: bool
    follows_name: bool
    leads_name: bool
    capital: bool
    named_after: bool
    in_name: bool
    given: bool

    @property
    def last(self) -> str:
        """The nearest word before, or nothing at the start of a sentence."""
        return self.before[0] if self.before else ""


def setting(document: Document, words: Sequence[Word], mention: Mention) -> Setting:
    """Return what stands around a mention within its clause."""
    known = cues(document.language)
    before: list[str] = []
    at, edge = mention.first - 1, mention.start
    while at >= 0 and len(before) < _TITLE_REACH and _leads(document, words[at], edge, known):
        if words[at].key not in known.articles or before:
            before.append(words[at].key)
        edge, at = words[at].start, at - 1
    previous = words[mention.first - 1] if mention.first else None
    joined = previous and _near(document.text[previous.end : mention.start])
    given = mention.first == mention.last and is_given(words[mention.first], document.language)
    leads = _is_name(document, words, mention.last + 1, known, mention.end, before=False)
    named = _is_institution(document, words, mention, known)
    return Setting(
        before=tuple(before),
        after=_after(document, words, mention),
        parted=bool(previous and joined and previous.key in known.articles),
        article=bool(previous and joined and previous.key in known.no_town_after),
        follows_name=_follows_name(document, words, mention, known),
        leads_name=leads,
        capital=bool(previous and joined and _is_raised(document, previous)),
        named_after=named,
        in_name=leads and not (given or named) and _is_of_thing(document, words, mention, known),
        given=given,
    )


def _leads(document: Document, word: Word, edge: int, known: Cues) -> bool:
    """Tell whether a word stands right before an offset; a title may be cut short ("Sgt. X")."""
    gap = document.text[word.end : edge]
    return _near(gap) or (gap in {". ", ".\u00a0"} and word.key in known.given_before)


def _near(gap: str) -> bool:
    return (
        gap in {" ", "\u00a0", "-", "'", "’", "‑", "ʼ", " («", " «"}
        or gap.strip(" '’«\u00a0") == ""
    )


def _after(document: Document, words: Sequence[Word], mention: Mention) -> tuple[str, ...]:
    found: list[str] = []
    at, edge = mention.last + 1, mention.end
    while (
        at < len(words)
        and len(found) < 3
        and document.text[edge : words[at].start] in {" ", "'s ", "’s ", "-", "'", "’"}
    ):
        found.append(words[at].key)
        edge, at = words[at].end, at + 1
    return tuple(found)


def _is_name(
    document: Document, words: Sequence[Word], at: int, known: Cues, edge: int, *, before: bool
) -> bool:
    """Tell whether the word beside a mention is capitalised as parts of a name are."""
    if not 0 <= at < len(words) or not words[at].upper:
        return False
    word = words[at]
    gap = document.text[word.end : edge] if before else document.text[edge : word.start]
    shouted = document.text[word.start : word.end].isupper() and word.end - word.start > _ACRONYM
    if gap != " " or shouted:
        return False
    plain = (known.locative, known.of, known.articles, known.region_after, known.place_noun)
    if any(word.key in group for group in (*plain, known.region_noun)):
        return False
    if not before and word.key in known.office_noun | known.given_before:
        return False
    opening = (known.never, known.office_noun, known.village_noun, known.quarter_noun)
    common = any(word.key in group for group in opening)
    return not (common and opens_sentence(document, word))


def _is_raised(document: Document, word: Word) -> bool:
    """Tell whether a word is capitalised where no sentence begins."""
    return word.upper and not opens_sentence(document, word)


def _follows_name(document: Document, words: Sequence[Word], mention: Mention, known: Cues) -> bool:
    """Tell whether a mention goes on with a name.

    Before a country a common word may be capitalised all the same ("Former US envoy").
    """
    at = mention.first - 1
    if not _is_name(document, words, at, known, mention.start, before=True):
        return False
    word = words[at]
    titled = at > 0 and words[at - 1].key in known.given_before
    if not mention.wide or titled or is_given(word, document.language):
        return True
    return not is_word(document.text[word.start : word.end].lower(), document.language)


def _is_institution(
    document: Document, words: Sequence[Word], mention: Mention, known: Cues
) -> bool:
    """Tell whether the word behind a mention makes it the name of an institution."""
    at = mention.last + 1
    if at >= len(words) or document.text[mention.end : words[at].start] != " ":
        return False
    return words[at].upper and words[at].key in known.institution_after


def leads_street(document: Document, words: Sequence[Word], mention: Mention) -> bool:
    """Tell whether the word behind a mention makes it the name of a street ("X Road")."""
    at = mention.last + 1
    if at >= len(words) or document.text[mention.end : words[at].start] != " ":
        return False
    return words[at].upper and words[at].key in cues(document.language).street_after


def _is_of_thing(document: Document, words: Sequence[Word], mention: Mention, known: Cues) -> bool:
    """Tell whether the name goes on with a common word, as no person's does ("X Public Library").

    Where no "of" links nouns, it may be but the next noun.
    """
    if not known.of or mention.key in known.wary or mention.last + 1 >= len(words):
        return False
    word = words[mention.last + 1]
    return is_word(document.text[word.start : word.end].lower(), document.language)


def is_given(word: Word, language: str) -> bool:
    """Tell whether a word is a common given name, in any case."""
    names = cues(language).given
    return any(form in names for form in inflected(word.key, language))


def opens_sentence(document: Document, word: Word) -> bool:
    """Tell whether a word stands where a capital tells nothing."""
    before = document.text[max(0, word.start - 3) : word.start].rstrip(" «“„\"'—–-")
    return not before or before[-1] in ".!?…:\n"


def is_placed(around: Setting, known: Cues, *, power: bool = False) -> bool:
    """Tell whether the words before a mention place things ("à", "in", "near", "the streets of").

    "The attacks of X" places them where X is a town; where X is a `power`, it makes them.
    """
    if around.last in known.locative or around.last in known.town_noun:
        return True
    if is_warned(around, known):
        return True
    if known.of and (around.last not in known.of or len(around.before) < 2):
        return False
    noun = around.before[1] if known.of else around.last
    return noun in known.place_noun or (noun in known.struck_noun and not power)


def is_warned(around: Setting, known: Cues) -> bool:
    """Tell whether a mention is where a warning holds ("a tornado warning for X")."""
    return around.last in known.warning_for and bool(known.warning_noun & set(around.before[1:4]))


def is_island(around: Setting, known: Cues) -> bool:
    """Tell whether the noun beside a mention says that it is an island ("the island of X")."""
    noun = around.before[1:2] if around.last in known.of else around.before[:1]
    return bool(known.island & {*noun, *around.after[:1]})


def is_in_title(around: Setting, known: Cues) -> bool:
    """Tell whether a mention stands inside a title or the name of an institution."""
    if around.named_after or (around.after and around.after[0] in known.office_after):
        return True
    if known.of and around.last not in known.of:
        return False
    reach = around.before[1:] if known.of else around.before[:3]
    for word in reach:
        if word in known.office_noun:
            return True
        if word in known.locative or word in known.place_noun:
            return False
    return False


def is_at_road_end(around: Setting, known: Cues) -> bool:
    """Tell whether a mention only tells where a road leads ("every road to X")."""
    if around.last not in known.road_to:
        return False
    return any(word in known.road_noun for word in around.before[1:3])


def is_quarter(around: Setting, known: Cues) -> bool:
    """Tell whether a mention is a street or a quarter that bears the name of a place.

    "La rue de Paris" bears it; "une rue de Paris", one of several, is in Paris.
    """
    if any(word in known.one_of for word in around.before[1:4]):
        return False
    if known.of and around.last not in known.of:
        return around.last in known.quarter_noun and not around.parted
    reach = around.before[1:2] if known.of else around.before[:1]
    return any(word in known.quarter_noun for word in reach)

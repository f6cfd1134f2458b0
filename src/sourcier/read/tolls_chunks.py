"""Chunks: a sentence as a row of counts, groups of people, outcome words and the words between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from sourcier.read.document import Token
from sourcier.read.numbers import Number, NumberReader, number_reader
from sourcier.read.tolls_lexicon import (
    Kinds,
    Tag,
    Tags,
    TollLexicon,
    kinds_of,
    outcome_of,
    toll_lexicon,
)
from sourcier.types import Outcome, Span

_WORD = regex.compile(r"\p{L}.*")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_AGES = regex.compile(r"[,(] 0 (?:[,.)]|\p{L}+ 0\b)|[,(] 0 \p{L}+ 0 (?:[,.)]|$)")
_SIGNS = {",": "comma", "(": "comma", ")": "comma", ":": "colon", "–": "dash", "—": "dash", "-": "dash", ";": "stop", ".": "stop", "!": "stop", "?": "stop", "/": "stop"}  # fmt: skip
_SILENT = frozenset("\"'«»“”„‹›[]*_")
_WORDS = frozenset(("word",))
_NAMES = frozenset(("word", "name"))
_OLDEST = 110
_OF_AGE = 18
_GROUP_ATTRIBUTES = frozenset(("captured", "detained"))
_FILLERS = frozenset(("others", "modifier", "of", "definite", "age"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a sentence over `span`; `words` is the number with its qualifier.

    `outcomes` maps a kind of the chunk to the outcome that it tells.
    """

    kinds: Kinds
    span: Span
    outcome: Outcome | None = None
    number: Number | None = None
    words: Span | None = None
    core: Span | None = None
    of: tuple[str, ...] = ()
    part: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands behind a number or article: where it ends and what it is."""

    end: int
    tags: Tags = ()
    of: tuple[str, ...] = ()
    others: bool = False
    part: bool = False
    unknown: bool = False


class Chunker:
    """Cuts sentences of one language into chunks."""

    def __init__(self, language: str) -> None:
        self._words: TollLexicon = toll_lexicon(language)
        self._numbers: NumberReader = number_reader(language)

    def chunks(self, words: Sequence[Token], text: str) -> tuple[Chunk, ...]:
        """Return the chunks of the words of a sentence of `text`; quotation marks are left out."""
        loud = [word for word in words if word.norm not in _SILENT]
        return tuple(self._walk(loud, text))

    def _walk(self, words: Sequence[Token], text: str) -> Iterator[Chunk]:
        index = 0
        while index < len(words):
            chunk, index = self._chunk(words, index)
            is_name = chunk.kinds == _WORDS and text[chunk.span[0]].isupper()
            yield Chunk(_NAMES, chunk.span) if is_name else chunk

    def _chunk(self, words: Sequence[Token], index: int) -> tuple[Chunk, int]:
        tags, end = self._words.phrases.match(words, index)
        kinds = kinds_of(tags)
        if "idiom" in kinds:
            return self._plain(words, index, end, frozenset(("word",)))
        if not kinds & {"nobody", "including"}:
            number = self._numbers.read(words, index)
            if number and number.last >= end:
                return self._counted(words, number)
        if "plural_article" in kinds:
            return self._indefinite(words, index, end)
        if kinds & {"determiner", "definite"}:
            return self._determined(words, index, end, tags)
        if kinds & {"group", "modifier"}:
            head = self._head(words, index)
            if "group" in kinds_of(head.tags):
                return self._person(words, index, head)
        if "nobody" in kinds:
            return self._nobody(words, index, end)
        if not tags:
            return self._plain(words, index, index + 1, frozenset((self._unlisted(words[index]),)))
        return self._tagged(words, index, end, tags)

    def _unlisted(self, word: Token) -> str:
        if word.norm.endswith(self._words.adverb_endings):
            return "adverb"
        return _SIGNS.get(word.norm, "word")

    def _tagged(
        self, words: Sequence[Token], index: int, end: int, tags: Tags
    ) -> tuple[Chunk, int]:
        kinds = kinds_of(tags)
        outcome, end = self._merged(words, end, outcome_of(tags, *kinds))
        if kinds <= {"other", "modifier", "label", "age"}:
            kinds = frozenset(("adverb",)) if "other" in kinds else frozenset(("word",))
        return Chunk(kinds, _span(words, index, end), outcome), end

    def _merged(
        self, words: Sequence[Token], end: int, outcome: Outcome | None
    ) -> tuple[Outcome | None, int]:
        """Take "killed or wounded" as one outcome, casualties."""
        if outcome not in ("killed", "injured"):
            return outcome, end
        joint, then = self._words.phrases.match(words, end)
        if "and" not in kinds_of(joint):
            return outcome, end
        tags, behind = self._words.phrases.match(words, then)
        second = outcome_of(tags, "state", "noun", "fall")
        if {outcome, second} != {"killed", "injured"} or self._numbers.read(words, behind):
            return outcome, end
        return "casualties", behind

    def _counted(self, words: Sequence[Token], number: Number) -> tuple[Chunk, int]:
        first = number.first
        if self._is_label(words, number):
            return self._plain(words, first, number.last, frozenset(("thing",)))
        if number.article:
            return self._determined(words, first, number.last, (), number)
        if self._is_age(words, number.last):
            return self._aged(words, first, number.last)
        head = self._head(words, number.last)
        span, spoken = _span(words, first, head.end), _span(words, first, number.last)
        core = _span(words, number.core, number.last)
        if "thing" in kinds_of(head.tags):
            return self._plain(words, first, head.end, frozenset(("thing",)))
        outcome = outcome_of(head.tags, "state", "noun")
        if outcome in _GROUP_ATTRIBUTES and self._trailing_group(words, head.end)[1]:
            outcome = None
        if outcome and not head.unknown:
            outcome, end = self._merged(words, head.end, outcome)
            end, of = self._trailing_group(words, end)
            kinds = frozenset(("tally",))
            span = _span(words, first, end)
            spoken = span if words[first].norm in self._words.without else spoken
            return Chunk(kinds, span, outcome, number, spoken, core, head.of + of, head.part), end
        if "captive" in kinds_of(head.tags) and not head.unknown:
            held = outcome_of(head.tags, "captive")
            kinds = frozenset(("captives", "count"))
            return Chunk(kinds, span, held, number, spoken, core, head.of, head.part), head.end
        kind = _kind(number, head)
        kinds = frozenset((kind,))
        return Chunk(kinds, span, None, number, spoken, core, head.of, head.part), head.end

    def _head(self, words: Sequence[Token], index: int) -> _Head:
        """Find the noun that a number counts, behind "of", "others" and a few adjectives."""
        end, others, part, unknown, of = index, False, False, 0, False
        position = index
        while position < len(words):
            tags, behind = self._words.phrases.match(words, position)
            kinds = kinds_of(tags)
            if "group" in kinds:
                return self._group_head(words, behind, tags, part)
            if kinds & {"state", "noun", "thing", "idiom", "captive"}:
                known = Tag("thing") if "idiom" in kinds else None
                if known or not unknown:
                    part |= of and self._words.bare_persons
                return _Head(behind, (known,) if known else tags, others=others, part=part)
                break
            if kinds & _FILLERS:
                others |= "others" in kinds
                of |= "of" in kinds
                part |= bool(kinds & {"definite", "plural_article"})
                end = behind if "others" in kinds and not unknown else end
            elif tags or unknown == self._words.adjectives or not self._is_content(words, position):
                break
            else:
                unknown += 1
                end = position + 1
            position = max(behind, position + 1)
        person = unknown > 0 and self._is_person(words[end - 1].norm)
        return _Head(
            end, (), others=others or person, part=part, unknown=unknown > 0 and not person
        )

    def _group_head(self, words: Sequence[Token], end: int, tags: Tags, part: bool) -> _Head:
        """Read a group's noun with those behind it: "police officers"; "police cars" are things."""
        groups = [tag.group for tag in tags if tag.group]
        while True:
            more, behind = self._words.phrases.match(words, end)
            if "thing" in kinds_of(more) and self._is_attribute(words[end - 1].norm):
                return _Head(behind, (Tag("thing"),))
            if "group" not in kinds_of(more):
                break
            groups, end = [*groups, *(tag.group for tag in more if tag.group)], behind
        of = tuple(group for group in groups if group not in ("person", "part"))[-1:]
        return _Head(end, tags, of, others=True, part=part or "part" in groups)

    def _is_attribute(self, word: str) -> bool:
        """Tell whether a group's name may say of what kind the thing behind it is."""
        return self._words.compounds or word.endswith(self._words.adjective_endings)

    def _trailing_group(self, words: Sequence[Token], end: int) -> tuple[int, tuple[str, ...]]:
        """Take the people behind a participle: "nine wounded soldiers"."""
        tags, behind = self._words.phrases.match(words, end)
        if "group" not in kinds_of(tags):
            return end, ()
        head = self._group_head(words, behind, tags, part=False)
        return head.end, head.of

    def _determined(
        self,
        words: Sequence[Token],
        index: int,
        end: int,
        tags: Tags,
        number: Number | None = None,
    ) -> tuple[Chunk, int]:
        """Read what an article opens: one person, a known group, the victims; else a plain word."""
        definite = "definite" in kinds_of(tags)
        head = self._head(words, end)
        outcome = outcome_of(head.tags, "state", "noun") if not head.unknown else None
        if outcome and (definite or (number and self._words.counting_articles)):
            return self._victims(words, index, head, outcome, number)
        if "group" in kinds_of(head.tags):
            counts = number is not None and self._words.counting_articles
            spoken = _span(words, number.first, number.last) if number and counts else None
            chunk, end = self._person(words, index, head, definite=definite, spoken=spoken)
            known = "the" in kinds_of(tags) and "one" in chunk.kinds
            return (replace(chunk, kinds=chunk.kinds | {"known"}) if known else chunk), end
        behind = self._after_figure(words, end)
        if self._is_age(words, behind):
            return self._aged(words, index, behind)
        return self._plain(words, index, end, frozenset(("definite",)))

    def _indefinite(self, words: Sequence[Token], index: int, end: int) -> tuple[Chunk, int]:
        """Read "des civils", "des blessés": some, their number open."""
        head = self._head(words, end)
        kinds = kinds_of(head.tags)
        span = _span(words, index, head.end)
        if "group" in kinds:
            return Chunk(frozenset(("some",)), span, words=span, of=head.of), head.end
        if kinds & {"state", "noun"} and not head.unknown:
            outcome = outcome_of(head.tags, "state", "noun")
            return Chunk(frozenset(("tally",)), span, outcome, words=span), head.end
        return self._plain(words, index, end, frozenset(("of",)))

    def _victims(
        self,
        words: Sequence[Token],
        index: int,
        head: _Head,
        outcome: Outcome,
        number: Number | None,
    ) -> tuple[Chunk, int]:
        span = _span(words, index, head.end)
        if number is None:
            return Chunk(frozenset(("victims",)), span, outcome), head.end
        spoken = _span(words, number.first, number.last)
        kinds = frozenset(("tally",))
        return Chunk(kinds, span, outcome, number, spoken, spoken, head.of), head.end

    def _person(
        self,
        words: Sequence[Token],
        index: int,
        head: _Head,
        *,
        definite: bool = False,
        spoken: Span | None = None,
    ) -> tuple[Chunk, int]:
        """Read people without a number: one, some, or (definite) a group told of before."""
        kinds = self._number_of(words, head, definite)
        span = _span(words, index, head.end)
        return Chunk(kinds, span, words=spoken or span, of=head.of), head.end

    def _number_of(self, words: Sequence[Token], head: _Head, definite: bool) -> Kinds:
        if self._is_plural(words[head.end - 1].norm):
            return frozenset(("group",)) if definite else frozenset(("some",))
        if not self._words.bare_persons:
            return frozenset(("one",))
        subject = words[head.end - 1].norm.endswith(self._words.subject_endings)
        return frozenset(("one", "some", "subject") if subject else ("one", "some"))

    def _aged(self, words: Sequence[Token], index: int, behind: int) -> tuple[Chunk, int]:
        """Read "(a) 44-year-old (woman)", the age standing at `behind`: one person, or no one."""
        _, end = self._words.phrases.match(words, behind)
        years = words[behind - 1].norm
        of = ("children",) if years.isdecimal() and int(years) < _OF_AGE else ()
        head = self._head(words, end)
        if "group" in kinds_of(head.tags):
            return self._person(words, index, replace(head, of=of or head.of))
        kind = "one" if words[behind].norm == "-" else "word"
        return Chunk(frozenset((kind,)), _span(words, index, end), of=of), end

    def _after_figure(self, words: Sequence[Token], index: int) -> int:
        number = self._numbers.read(words, index) if index < len(words) else None
        return number.last if number else index

    def _nobody(self, words: Sequence[Token], index: int, end: int) -> tuple[Chunk, int]:
        span = _span(words, index, end)
        number = Number(index, end, 0, 0, "none")
        return Chunk(frozenset(("nobody",)), span, None, number, span), end

    def _plain(
        self, words: Sequence[Token], index: int, end: int, kinds: Kinds
    ) -> tuple[Chunk, int]:
        return Chunk(kinds, _span(words, index, end)), end

    def _is_age(self, words: Sequence[Token], index: int) -> bool:
        return "age" in kinds_of(self._words.phrases.match(words, index)[0])

    def _is_label(self, words: Sequence[Token], number: Number) -> bool:
        """Tell whether a figure names something: "Bus 3", "in 2023", or an age between commas."""
        if not number.figure or number.core == 0:
            return False
        before = words[number.core - 1]
        tags, _ = self._words.phrases.match(words, number.core - 1)
        if "label" in kinds_of(tags):
            return True
        if _YEAR.fullmatch(words[number.core].norm) and number.low == int(words[number.core].norm):
            dated = words[max(0, number.core - 2)].norm.isdigit()
            return number.first == number.core and (before.norm != "," or dated)
        return self._is_ages(words, number)

    def _is_ages(self, words: Sequence[Token], number: Number) -> bool:
        """Tell whether a figure is an age between commas: ", 19,", ", 19 and 20,"."""
        if number.first != number.core or not 0 < (number.high or 0) < _OLDEST:
            return False
        around = [word.norm for word in words[max(0, number.first - 3) : number.last + 2]]
        row = " ".join("0" if norm.isdigit() else norm for norm in around)
        return bool(_AGES.search(row))

    def _is_content(self, words: Sequence[Token], index: int) -> bool:
        word = words[index].norm
        if not _WORD.match(word) or word in self._words.function:
            return False
        return self._numbers.read(words, index) is None

    def _is_person(self, word: str) -> bool:
        return word.endswith(self._words.person_endings) if self._words.person_endings else False

    def _is_plural(self, word: str) -> bool:
        if word in self._words.singulars:
            return False
        return word in self._words.plurals or word.endswith(self._words.plural_endings)


def _kind(number: Number, head: _Head) -> str:
    if head.unknown:
        return "unknown"
    if head.others:
        return "count"
    return "zero" if number.qualifier == "none" else "bare"


def _span(words: Sequence[Token], first: int, last: int) -> Span:
    return words[first].start, words[last - 1].end

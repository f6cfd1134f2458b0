"""Heads: what stands behind a number or an article, people, victims or things."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from sourcier.read.document import Token
from sourcier.read.figures import Number
from sourcier.read.numbers import NumberReader, number_reader
from sourcier.read.tolls_lexicon import Kinds, Tag, Tags, TollLexicon, kinds_of, toll_lexicon

_WORD = regex.compile(r"\p{L}.*")
_FILLERS = frozenset(("others", "modifier", "of", "definite", "age"))
_HEADS = frozenset(("state", "noun", "captive"))
_OF = frozenset(("of", "plural_article"))
_COUNTED = frozenset(("group", "noun"))
_THINGS = frozenset(("thing", "idiom"))
_NO_GROUPS = frozenset(("person", "part", "pair"))
_THING = (Tag("thing"),)


class Head(Struct, frozen=True):
    """What a number counts: it ends before the token `end` and is what `tags` say.

    `of`: the group of people it names. `others`: it names people. `part`: "of them", "of the
    injured". `pair`: a couple. `unknown`: a noun that no list holds.
    """

    end: int
    tags: Tags = ()
    of: tuple[str, ...] = ()
    others: bool = False
    part: bool = False
    pair: bool = False
    unknown: bool = False

    def is_kind(self, *kinds: str) -> bool:
        """Tell whether the noun is of one of these kinds."""
        return any(tag.kind in kinds for tag in self.tags)


class _Seen(Struct, frozen=True):
    """What a head was found to have so far; `end` is behind the last word that belongs to it.

    `body`: the last word names one that may kill, so that "the army killed" tells of no victims.
    """

    end: int
    unknown: int = 0
    others: bool = False
    part: bool = False
    of: bool = False
    body: bool = False


class Heads:
    """Finds heads in one language."""

    def __init__(self, language: str) -> None:
        self._words: TollLexicon = toll_lexicon(language)
        self._numbers: NumberReader = number_reader(language)

    def read(self, words: Sequence[Token], index: int) -> Head:
        """Return the head that starts at `index`, behind "of", "others" and a few adjectives."""
        seen, position = _Seen(index), index
        while position < len(words):
            tags, behind = self._words.phrases.match(words, position)
            kinds = kinds_of(tags)
            if "group" in kinds and not ("others" in kinds and self._is_head(words, behind)):
                return self.group(words, behind, tags, part=seen.part)
            if kinds & _THINGS:
                if not self._names_kind(words, position, behind):
                    return Head(behind, _THING)
                seen, position = replace(seen, end=behind), behind
                continue
            if kinds & _HEADS:
                if seen.unknown or (seen.body and "act" in kinds):
                    break
                part = seen.part or (seen.of and self._words.bare_persons)
                return Head(behind, tags, others=seen.others, part=part)
            if number := self._whole(words, index, position):
                return replace(self.read(words, number.last), part=True)
            further = self._further(words, position, behind, tags, seen)
            if further is None:
                break
            seen, position = further, max(behind, position + 1)
        return self._unlisted(words, seen)

    def group(self, words: Sequence[Token], end: int, tags: Tags, *, part: bool = False) -> Head:
        """Read a group's noun with those behind it: "police officers"; "police cars" are things."""
        groups = [tag.group for tag in tags if tag.group]
        while True:
            more, behind = self._words.phrases.match(words, end)
            kinds = kinds_of(more)
            if "thing" in kinds and self._is_attribute(words[end - 1].norm):
                return Head(behind, _THING)
            if "group" not in kinds or Tag("group", group="part") in more:
                break
            groups, end = [*groups, *(tag.group for tag in more if tag.group)], behind
        of = tuple(group for group in groups if group not in _NO_GROUPS)[-1:]
        part = part or "part" in groups
        return Head(end, tags, of, others=True, part=part, pair="pair" in groups)

    def joined(self, words: Sequence[Token], head: Head) -> Head:
        """Return a counted head with the plural that "and" joins to it: "340 учнів і вчителів"."""
        if not (self._words.bare_persons and head.others):
            return head
        joint, then = self._words.phrases.match(words, head.end)
        tags, behind = self._words.phrases.match(words, then)
        plural = behind > then and words[behind - 1].norm.endswith(self._words.plural_endings)
        counted = "and" in kinds_of(joint) and "group" in kinds_of(tags) and plural
        return replace(head, end=behind) if counted else head

    def trailing(self, words: Sequence[Token], end: int) -> Head:
        """Return the people behind a participle, "nine wounded soldiers", or an empty head."""
        tags, behind = self._words.phrases.match(words, end)
        return self.group(words, behind, tags) if "group" in kinds_of(tags) else Head(end)

    def age_end(self, words: Sequence[Token], index: int) -> int:
        """Return the index behind an age, "62 лет", "трёх и девяти лет", or `index` where none is."""
        at = index
        while number := self._numbers.read(words, at) if at < len(words) else None:
            tags, behind = self._words.phrases.match(words, number.last)
            if "age" in kinds_of(tags):
                return behind
            joint = words[number.last].norm if number.last < len(words) else ""
            if joint != "," and "and" not in kinds_of(tags):
                break
            at = number.last + 1
        return index

    def _further(
        self, words: Sequence[Token], position: int, behind: int, tags: Tags, seen: _Seen
    ) -> _Seen | None:
        """Go on over a word that may stand before the noun; None where none may."""
        kinds = kinds_of(tags)
        if kinds & _FILLERS:
            others = "others" in kinds
            return replace(
                seen,
                end=behind if others and not seen.unknown else seen.end,
                others=seen.others or others,
                of=seen.of or "of" in kinds,
                part=seen.part or bool(kinds & {"definite", "plural_article"}),
                body="body" in kinds,
            )
        if tags or seen.unknown == self._words.adjectives or not self._is_noun(words, position):
            return None
        return replace(seen, end=position + 1, unknown=seen.unknown + 1)

    def _unlisted(self, words: Sequence[Token], seen: _Seen) -> Head:
        person = seen.unknown > 0 and words[seen.end - 1].norm.endswith(self._words.person_endings)
        unknown = seen.unknown > 0 and not person
        part = seen.part and (unknown or person)
        return Head(seen.end, (), others=seen.others or person, part=part, unknown=unknown)

    def _is_noun(self, words: Sequence[Token], index: int) -> bool:
        """Tell whether an unlisted word may be a noun or an adjective."""
        word = words[index].norm
        if not _WORD.match(word) or word in self._words.function:
            return False
        return self._numbers.read(words, index) is None

    def _whole(self, words: Sequence[Token], index: int, position: int) -> Number | None:
        """Return the larger number of "(three) of the twelve miners", or None."""
        links = self._kinds(words, index) & _OF
        return self._numbers.read(words, position) if links and position > index else None

    def _is_head(self, words: Sequence[Token], index: int) -> bool:
        return "noun" in self._kinds(words, index)

    def _kinds(self, words: Sequence[Token], index: int) -> Kinds:
        return kinds_of(self._words.phrases.match(words, index)[0])

    def _names_kind(self, words: Sequence[Token], position: int, behind: int) -> bool:
        """Tell whether a thing says of what kind those behind it are: "truck driver", "fire deaths"."""
        if not self._words.compounds or words[position].norm.endswith(self._words.plural_endings):
            return False
        tags = self._words.phrases.match(words, behind)[0]
        return behind == position + 1 and any(
            tag.kind in _COUNTED and tag.group != "part" for tag in tags
        )

    def _is_attribute(self, word: str) -> bool:
        """Tell whether a group's name may say of what kind the thing behind it is."""
        return self._words.compounds or word.endswith(self._words.adjective_endings)

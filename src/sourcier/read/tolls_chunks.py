"""Chunks: a sentence as a row of counts, groups of people, outcome words and the words between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sourcier.read.document import Token
from sourcier.read.figures import Number
from sourcier.read.numbers import NumberReader, number_reader
from sourcier.read.tolls_ages import is_label
from sourcier.read.tolls_chunk import ONE, Chunk, count, kinds_counted, plain, span_of, told_of
from sourcier.read.tolls_heads import Head, Heads
from sourcier.read.tolls_lexicon import (
    Kinds,
    Tags,
    TollLexicon,
    kinds_of,
    outcome_of,
    toll_lexicon,
)
from sourcier.types import Outcome, Span

_SIGNS = {
    **dict.fromkeys(",()", "comma"),
    ":": "colon",
    **dict.fromkeys("–—-", "dash"),
    **dict.fromkeys(";.!?/", "stop"),
}
_SILENT = frozenset("\"'«»“”„‹›[]*_")
_SAID_OF_ONE = frozenset(("be", "have", "grave"))
_OF_AGE = 18
_ATTRIBUTES = frozenset(("captured", "detained"))
_PLAIN = frozenset(("others", "modifier", "definite", "age", "label"))


class Chunker:
    """Cuts sentences of one language into chunks."""

    def __init__(self, language: str) -> None:
        self._words: TollLexicon = toll_lexicon(language)
        self._numbers: NumberReader = number_reader(language)
        self._heads = Heads(language)

    def chunks(self, words: Sequence[Token]) -> tuple[Chunk, ...]:
        """Return the chunks of the words of a sentence; quotation marks are left out."""
        loud = [word for word in words if word.norm not in _SILENT]
        return tuple(self._walk(loud))

    def _walk(self, words: Sequence[Token]) -> Iterator[Chunk]:
        index = 0
        while index < len(words):
            chunk, index = self._chunk(words, index)
            yield chunk

    def _chunk(self, words: Sequence[Token], index: int) -> tuple[Chunk, int]:
        tags, end = self._words.phrases.match(words, index)
        kinds = kinds_of(tags)
        if "idiom" in kinds:
            return plain(words, index, end, "word")
        if "nobody" in kinds:
            return self._nobody(words, index, end)
        if "including" in kinds:
            return self._tagged(words, index, end, tags)
        number = self._numbers.read(words, index)
        if number and number.last >= end:
            return self._counted(words, number)
        return self._uncounted(words, index, end, tags)

    def _uncounted(
        self, words: Sequence[Token], index: int, end: int, tags: Tags
    ) -> tuple[Chunk, int]:
        kinds = kinds_of(tags)
        if "plural_article" in kinds:
            return self._indefinite(words, index, end)
        if kinds & {"determiner", "definite"}:
            return self._determined(words, index, end, tags)
        if kinds & {"group", "modifier"}:
            head = self._heads.read(words, index)
            if head.is_kind("group") and not head.part:
                return self._person(words, index, head)
        if not tags:
            return plain(words, index, index + 1, self._unlisted(words[index]))
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
        if kinds <= _PLAIN:
            kinds = frozenset(("adverb" if "others" in kinds else "word",))
        return Chunk(kinds, span_of(words, index, end), outcome), end

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
        if {outcome, second} != {"killed", "injured"} or self._is_number(words, behind):
            return outcome, end
        return "casualties", behind

    def _counted(self, words: Sequence[Token], number: Number) -> tuple[Chunk, int]:
        """Read what a number opens: victims, people, an age, or things."""
        first, last = number.first, number.last
        if is_label(words, number, self._words):
            return plain(words, first, last, "thing")
        if number.article:
            return self._determined(words, first, last, (), number)
        if self._is_age(words, last):
            return self._aged(words, first, last)
        if (behind := self._heads.age_end(words, first)) > last:
            return plain(words, first, behind, "thing")
        head = self._heads.joined(words, self._heads.read(words, last))
        if head.is_kind("thing"):
            return plain(words, first, head.end, "thing")
        if head.is_kind("state", "noun"):
            return self._tally(words, number, head)
        held = outcome_of(head.tags, "captive")
        kinds = ("captives", "count") if held else kinds_counted(number, head)
        return count(words, number, head, kinds, held or outcome_of(head.tags, "group")), head.end

    def _tally(self, words: Sequence[Token], number: Number, head: Head) -> tuple[Chunk, int]:
        """Read a number of victims: "nine wounded soldiers"; captured soldiers are but soldiers."""
        outcome, end = self._merged(words, head.end, outcome_of(head.tags, "state", "noun"))
        behind = self._heads.trailing(words, end)
        whole = replace(head, end=behind.end, of=behind.of)
        if outcome in _ATTRIBUTES and behind.end > end:
            return count(words, number, whole, ("count",), None), whole.end
        grave = ("grave",) if head.is_kind("grave") else ()
        kinds = ("tally", *grave, *(("part", "parted") if head.part else ()))
        chunk = count(words, number, whole, kinds, outcome)
        if words[number.first].norm in self._words.without:
            chunk = replace(chunk, words=chunk.span)
        return chunk, whole.end

    def _indefinite(self, words: Sequence[Token], index: int, end: int) -> tuple[Chunk, int]:
        """Read "des civils", "des blessés": some, their number open."""
        head = self._heads.read(words, end)
        span = span_of(words, index, head.end)
        if head.is_kind("group"):
            return Chunk(frozenset(("some",)), span, words=span, of=head.of), head.end
        if head.is_kind("state", "noun"):
            outcome = outcome_of(head.tags, "state", "noun")
            return Chunk(frozenset(("tally",)), span, outcome, words=span), head.end
        return plain(words, index, end, "of")

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
        counts = number is not None
        spoken = span_of(words, index, end) if counts else None
        head = self._heads.read(words, end)
        if head.is_kind("state", "noun") and (
            definite or (counts and self._words.counting_articles)
        ):
            return self._victims(words, index, head, number)
        if head.is_kind("group"):
            if number and head.part and self._is_plural(words[head.end - 1].norm):
                return count(words, number, head, ("count", "part"), None), head.end
            chunk, end = self._person(words, index, head, definite=definite, spoken=spoken)
            return told_of(chunk, kinds_of(tags)), end
        behind = self._after_figure(words, end)
        if self._is_age(words, behind):
            return self._aged(words, index, behind, spoken)
        if number and self._words.counting_articles:
            if head.others and not head.unknown:
                return count(words, number, head, ("bare",), None), head.end
            if self._is_followed(words, end) or self._is_share(words, index, end):
                return count(words, number, Head(end), ("bare",), None), end
        return plain(words, index, end, "definite")

    def _is_share(self, words: Sequence[Token], index: int, end: int) -> bool:
        """Tell whether "one" stands in a list before a place: "deux à Vaugris, une à Lestrade"."""
        kinds = kinds_of(self._words.phrases.match(words, end)[0])
        before = kinds_of(self._words.phrases.match(words, index - 1)[0]) if index else kinds
        listed = "and" in before or (index > 0 and words[index - 1].norm == ",")
        return listed and "preposition" in kinds

    def _is_followed(self, words: Sequence[Token], index: int) -> bool:
        """Tell whether what follows "one" is said of him: "one has died", "un grave"."""
        return bool(_SAID_OF_ONE & kinds_of(self._words.phrases.match(words, index)[0]))

    def _victims(
        self, words: Sequence[Token], index: int, head: Head, number: Number | None
    ) -> tuple[Chunk, int]:
        outcome = outcome_of(head.tags, "state", "noun")
        if number is None:
            span = span_of(words, index, head.end)
            person = self._heads.trailing(words, head.end)
            if person.end > head.end and not self._is_plural(words[person.end - 1].norm):
                return self._person(words, index, person, definite=True)
            if outcome == "casualties" and not self._is_plural(words[head.end - 1].norm):
                return Chunk(ONE | {"known"}, span, words=span), head.end
            return Chunk(frozenset(("victims",)), span, outcome), head.end
        kinds = ("tally", "part", "parted") if head.part else ("tally",)
        return count(words, number, head, kinds, outcome), head.end

    def _person(
        self,
        words: Sequence[Token],
        index: int,
        head: Head,
        *,
        definite: bool = False,
        spoken: Span | None = None,
    ) -> tuple[Chunk, int]:
        """Read people without a number: one, a pair, some, or (definite) a group told of before."""
        span = span_of(words, index, head.end)
        if head.pair:
            pair = Number(index, head.end, 2, 2, "exact", core=index)
            return count(words, pair, head, ("count",), None), head.end
        kinds = self._number_of(words[head.end - 1].norm, definite)
        return Chunk(kinds, span, words=spoken or span, of=head.of), self._behind(words, head)

    def _behind(self, words: Sequence[Token], head: Head) -> int:
        """Return the index behind a head, and behind the age that bare nouns have there: "a man 62"."""
        return self._heads.age_end(words, head.end) if self._words.bare_persons else head.end

    def _number_of(self, noun: str, definite: bool) -> Kinds:
        if self._is_plural(noun) and definite:
            return frozenset(("group",))
        known = ("some",) if self._is_plural(noun) else ("one", "some")
        if not self._words.bare_persons:
            return frozenset(known[:1])
        subject = noun.endswith(self._words.subject_endings)
        return frozenset((*known, "subject") if subject else known)

    def _aged(
        self, words: Sequence[Token], index: int, behind: int, spoken: Span | None = None
    ) -> tuple[Chunk, int]:
        """Read "(a) 44-year-old (woman)", the age standing at `behind`: one person, or no one."""
        _, end = self._words.phrases.match(words, behind)
        years = words[behind - 1].norm
        of = ("children",) if years.isdecimal() and int(years) < _OF_AGE else ()
        head = self._heads.read(words, end)
        if head.is_kind("group"):
            return self._person(words, index, replace(head, of=of or head.of), spoken=spoken)
        kind = "one" if words[behind].norm == "-" else "word"
        span = span_of(words, index, end)
        return Chunk(frozenset((kind,)), span, words=spoken or span, of=of), end

    def _nobody(self, words: Sequence[Token], index: int, end: int) -> tuple[Chunk, int]:
        span = span_of(words, index, end)
        number = Number(index, end, 0, 0, "none")
        return Chunk(frozenset(("nobody",)), span, None, number, span), end

    def _after_figure(self, words: Sequence[Token], index: int) -> int:
        number = self._numbers.read(words, index) if index < len(words) else None
        return number.last if number else index

    def _is_number(self, words: Sequence[Token], index: int) -> bool:
        return index < len(words) and self._numbers.read(words, index) is not None

    def _is_age(self, words: Sequence[Token], index: int) -> bool:
        return "age" in kinds_of(self._words.phrases.match(words, index)[0])

    def _is_plural(self, word: str) -> bool:
        if word in self._words.singulars:
            return False
        return word in self._words.plurals or word.endswith(self._words.plural_endings)

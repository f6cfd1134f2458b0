"""A chunk: one count, group of people, outcome word or other word of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from sourcier.read.document import Token
from sourcier.read.figures import Number
from sourcier.read.tolls_heads import Head
from sourcier.read.tolls_lexicon import Kinds
from sourcier.types import Outcome, Span

ONE = frozenset(("one",))


class Chunk(Struct, frozen=True):
    """One piece of a sentence over `span`; its letter in the frames goes by its `kinds`.

    A count has a `number`, `words` (the number with its qualifier) and `core` (without). `of`: the
    group of people. `part`: it counts a part of others told of.
    """

    kinds: Kinds
    span: Span
    outcome: Outcome | None = None
    number: Number | None = None
    words: Span | None = None
    core: Span | None = None
    of: tuple[str, ...] = ()
    part: bool = False


def kinds_counted(number: Number, head: Head) -> tuple[str, ...]:
    """Return the kinds of a number before a head that tells no outcome."""
    if head.unknown:
        return ("unknown",)
    if head.others:
        return ("count", "part") if head.part else ("count",)
    return ("zero",) if number.qualifier == "none" else ("bare",)


def count(
    words: Sequence[Token],
    number: Number,
    head: Head,
    kinds: tuple[str, ...],
    outcome: Outcome | None,
) -> Chunk:
    """Return the chunk of a number with its head."""
    return Chunk(
        kinds=frozenset(kinds),
        span=span_of(words, number.first, head.end),
        outcome=outcome,
        number=number,
        words=span_of(words, number.first, number.last),
        core=span_of(words, number.core, number.last),
        of=head.of,
        part=head.part,
    )


def told_of(person: Chunk, article: Kinds) -> Chunk:
    """Return a single person as known where "the" stands before, as kin where "his" does."""
    if person.kinds != ONE:
        return person
    for word, kind in (("the", "known"), ("possessive", "kin")):
        if word in article:
            return replace(person, kinds=person.kinds | {kind})
    return person


def plain(words: Sequence[Token], index: int, end: int, kind: str) -> tuple[Chunk, int]:
    """Return a chunk that is of one kind and no more, and the index behind it."""
    return Chunk(frozenset((kind,)), span_of(words, index, end)), end


def span_of(words: Sequence[Token], first: int, last: int) -> Span:
    """Return the offsets of the words `first` to `last` (half-open)."""
    return words[first].start, words[last - 1].end

"""Phrase tables: which listed words or phrases start at a token, the longest one first.

An entry is one or more words as they look folded. ``{,e,s}`` stands for each of its endings, a
trailing ``*`` for any ending, ``*`` alone for any word: ``"port{é,ée} disparu*"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

import regex

from sourcier.read.document import Token, tokenise

Value = TypeVar("Value")

_REMEMBERED = 4096
_BRACE = regex.compile(r"\{([^{}]*)\}")


def expand(entry: str) -> Iterator[str]:
    """Yield an entry with each of its braces' alternatives in turn."""
    brace = _BRACE.search(entry)
    if brace is None:
        yield entry
        return
    for choice in brace.group(1).split(","):
        yield from expand(entry[: brace.start()] + choice + entry[brace.end() :])


@dataclass(slots=True)
class _Node(Generic[Value]):
    values: list[Value] = field(default_factory=list)
    words: dict[str, _Node[Value]] = field(default_factory=dict)
    stems: dict[str, _Node[Value]] = field(default_factory=dict)

    def next(self, word: str) -> Iterator[_Node[Value]]:
        """Yield what `word` leads to: the exact entry first, then stems from the longest down."""
        if word in self.words:
            yield self.words[word]
        if not self.stems:
            return
        for length in range(len(word), -1, -1):
            if word[:length] in self.stems:
                yield self.stems[word[:length]]


class PhraseTable(Generic[Value]):
    """Listed phrases with their values; a phrase may carry several."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        self._starts = lru_cache(_REMEMBERED)(lambda word: tuple(self._root.next(word)))
        for entry, value in entries:
            for phrase in expand(entry):
                self._add(phrase, value)

    @classmethod
    def of(cls, lists: Mapping[Value, Iterable[str]]) -> PhraseTable[Value]:
        """Return the table of ``value -> its phrases``."""
        return cls((entry, value) for value, entries in lists.items() for entry in entries)

    def match(self, words: Sequence[Token], index: int) -> tuple[tuple[Value, ...], int]:
        """Return the values of the longest phrase that starts at `index`, and the index behind it.

        Where none does, return ``((), index)``.
        """
        starts = self._starts(words[index].norm) if index < len(words) else ()
        if not starts:
            return (), index
        best: Sequence[Value] = ()
        end = index
        for node in starts:
            values, reached = _longest(node, words, index + 1)
            if values and reached > end:
                best, end = values, reached
        return tuple(best), end

    def first_words(self) -> frozenset[str]:
        """Return the words with which phrases start; there must be no stems among them."""
        return frozenset(self._root.words)

    def values(self) -> Iterator[tuple[Value, ...]]:
        """Yield the values of every phrase."""
        nodes = [self._root]
        while nodes:
            node = nodes.pop()
            nodes += [*node.words.values(), *node.stems.values()]
            if node.values:
                yield tuple(node.values)

    def __contains__(self, word: str) -> bool:
        """Tell whether a single (folded) word is an entry."""
        return any(node.values for node in self._root.next(word))

    def _add(self, phrase: str, value: Value) -> None:
        node = self._root
        for word in words_of(phrase):
            branch = node.stems if word.endswith("*") else node.words
            node = branch.setdefault(word.removesuffix("*"), _Node())
        if value not in node.values:
            node.values.append(value)


def _longest(node: _Node[Value], words: Sequence[Token], index: int) -> tuple[Sequence[Value], int]:
    best: Sequence[Value] = node.values
    end = index
    if index < len(words):
        for follower in node.next(words[index].norm):
            values, reached = _longest(follower, words, index + 1)
            if values and reached > end:
                best, end = values, reached
    return best, end


def words_of(phrase: str) -> list[str]:
    """Return the words of an entry as `Document.words` cuts them; "l'" and ``*`` are kept."""
    return [word for part in phrase.split() for word in _cut(part)]


def _cut(part: str) -> Iterator[str]:
    if part == "*" or part.endswith("'"):
        yield part
        return
    stem = part.endswith("*")
    tokens = [token.norm for token in tokenise(part.removesuffix("*"))]
    yield from tokens[:-1]
    yield tokens[-1] + ("*" if stem else "")

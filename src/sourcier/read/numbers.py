"""Number expressions in digits and words: what they say at least, at most, and how exactly.

"au moins une vingtaine" is 20 to open, at_least; "от 10 до 15" is 10 to 15, exact. The words of a
language stand in its ``numbers.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from sourcier.read.document import Token
from sourcier.read.figures import (
    Number,
    exact_number,
    figure_at,
    is_decimal,
    is_free,
    joined,
    may_follow,
    number_range,
    qualified,
)
from sourcier.read.lexicon import lexicon
from sourcier.read.phrases import PhraseTable
from sourcier.types import Qualifier

_PRE: tuple[Qualifier, ...] = ("at_least", "more_than", "at_most", "about")


@lru_cache(maxsize=16)
def number_reader(language: str) -> NumberReader:
    """Return the (cached) reader of a language's numbers."""
    return NumberReader(language)


class NumberReader:
    """Reads the number expression that starts at a given token."""

    def __init__(self, language: str) -> None:
        data = lexicon(language, "numbers")
        self._cardinals = _values(data.table("cardinals"))
        self._collectives = _values(data.table("collectives"))
        self._units = _values(data.table("units"))
        self._fractions = _values(data.table("fractions"))
        self._vague = _values(data.table("vague"))
        self._pre = PhraseTable.of({name: data.words(name) for name in _PRE})
        self._post = PhraseTable.of({name: data.words(f"after_{name}") for name in _PRE})
        self._words = PhraseTable(
            (entry, name)
            for name in (
                "articles",
                "none",
                "between",
                "between_range",
                "from",
                "or",
                "glue",
                "maybe",
                "suffix",
            )
            for entry in data.words(name)
        )
        self._starts = frozenset().union(*(table.first_words() for table in self._tables()))

    def read(self, words: Sequence[Token], index: int) -> Number | None:
        """Return the number expression that starts at `index`, or None."""
        norm = words[index].norm
        if norm not in self._starts and not norm[0].isdigit():
            return None
        found = self._between(words, index) or self._qualified(words, index)
        if found:
            return found if is_free(words, found) else None
        end = self._is("none", words, index)
        return Number(index, end, 0, 0, "none", core=index) if end else None

    def _tables(self) -> tuple[PhraseTable[Any], ...]:
        return (
            self._cardinals, self._collectives, self._units, self._fractions, self._vague,
            self._pre, self._words,
        )  # fmt: skip

    def _is(self, name: str, words: Sequence[Token], index: int) -> int:
        """Return the index behind a word of the list `name`, 0 where there is none."""
        names, end = self._words.match(words, index)
        return end if name in names else 0

    def _qualified(self, words: Sequence[Token], index: int) -> Number | None:
        qualifiers, start = self._pre.match(words, index)
        number = self._spread(words, start, counted=start > index)
        if number is None:
            return None
        if not qualifiers:
            qualifiers, end = self._behind(words, number.last)
            number = replace(number, last=end)
        number = replace(number, first=index, core=start)
        return qualified(number, qualifiers[0]) if qualifiers else number

    def _behind(self, words: Sequence[Token], index: int) -> tuple[tuple[Qualifier, ...], int]:
        """Read a qualifier behind a number, but not "plus" of "12 et plus de 30"."""
        qualifiers, end = self._post.match(words, index)
        if any(self._pre.match(words, place)[1] > end for place in range(index, end)):
            return (), index
        return qualifiers, end

    def _between(self, words: Sequence[Token], index: int) -> Number | None:
        """Read "entre 10 et 15", "from nine to eleven"."""
        start = self._is("between", words, index)
        low = self._core(words, start) if start else None
        then = self._is("between_range", words, low.last) if low else 0
        high = self._core(words, then) if then else None
        return number_range(low, high, index) if low and high else None

    def _spread(
        self, words: Sequence[Token], index: int, *, counted: bool = False
    ) -> Number | None:
        """Read one number, or two as in "ten or twelve", "dozens, perhaps a hundred".

        `counted`: a qualifier stands before it, so that "тысячи" is one thousand, not thousands.
        """
        low = self._core_number(words, index) if counted else None
        low = low or self._core(words, index)
        if low is None:
            return None
        behind = low.last + (low.last < len(words) and words[low.last].norm == ",")
        maybe = self._is("maybe", words, behind)
        then = maybe or (0 if self._is_step(words, index) else self._is("or", words, low.last))
        high = self._core(words, then) if then else None
        if high is None or (high.article and high.last == then + 1):
            return low
        return number_range(low, high, index) or low

    def _is_step(self, words: Sequence[Token], index: int) -> bool:
        """Tell whether a number stands behind "from", as in "rose from nine to eleven"."""
        return index > 0 and bool(self._is("from", words, index - 1))

    def _core(self, words: Sequence[Token], index: int) -> Number | None:
        vague, end = self._vague.match(words, index)
        if vague and not self._core_number(words, end):
            return Number(index, end, int(vague[0]), None, "vague")
        return self._core_number(words, index)

    def _core_number(self, words: Sequence[Token], index: int) -> Number | None:
        article = self._is("articles", words, index)
        return (
            self._multiple(words, index, 1, article or index)
            or self._fraction(words, index)
            or self._digits(words, index)
            or (self._spelt(words, index, article) if article else None)
            or self._spelt(words, index, index)
            or (Number(index, article, 1, 1, "exact", article=True) if article else None)
        )

    def _fraction(self, words: Sequence[Token], index: int) -> Number | None:
        values, end = self._fractions.match(words, index)
        return self._multiple(words, index, values[0], end) if values else None

    def _multiple(
        self, words: Sequence[Token], first: int, factor: float, index: int
    ) -> Number | None:
        """Read the noun of a round number behind its factor: "(une) quinzaine", "two dozen"."""
        for table in (self._collectives, self._units):
            values, end = table.match(words, index)
            if values:
                value = int(factor * values[0])
                return Number(first, end, value, value, "about")
        values, end = self._cardinals.match(words, index)
        if values and values[0] >= 1000 and factor % 1:
            return exact_number(first, end, factor * values[0])
        return None

    def _digits(self, words: Sequence[Token], index: int) -> Number | None:
        value, end = figure_at(words, index)
        if value is None:
            return None
        factors, behind = self._cardinals.match(words, end)
        if factors and factors[0] >= 1000:
            value, end = value * factors[0], behind
        elif is_decimal(words[index].norm):
            return None
        exact = exact_number(index, self._suffixed(words, end), value, figure=True)
        return self._multiple(words, index, value, end) or exact

    def _suffixed(self, words: Sequence[Token], end: int) -> int:
        """Return the index behind the ending of a figure: "20-ти", "3-х"."""
        glued = (
            end < len(words) and words[end].norm == "-" and words[end].start == words[end - 1].end
        )
        return self._is("suffix", words, end + 1) or end if glued else end

    def _spelt(self, words: Sequence[Token], first: int, index: int) -> Number | None:
        """Read number words from `index`, an article before them ("a hundred and five") at `first`."""
        value, end = self._sum(words, index)
        if value is None or (index > first and value < 100):
            return None
        article = value == 1 and end == self._is("articles", words, first)
        exact = replace(exact_number(first, end, value), article=article)
        return self._multiple(words, first, value, end) or exact

    def _sum(self, words: Sequence[Token], index: int) -> tuple[int | None, int]:
        """Add up number words: "deux cent cinquante-trois mille" and so on."""
        total, current, end = 0, None, index
        while True:
            start = end if current is None else self._is("glue", words, end) or end
            values, behind = self._cardinals.match(words, start)
            fits = bool(values) and may_follow(current, int(values[0]), glued=start > end)
            if not fits:
                break
            value = int(values[0])
            if value >= 1000:
                total, current = total + (current or 1) * value, 0
            else:
                current = joined(current, value)
            end = behind
        return (None, index) if current is None else (total + current, end)


def _values(table: dict[str, Any]) -> PhraseTable[float]:
    return PhraseTable.of({float(value): entries for value, entries in table.items()})

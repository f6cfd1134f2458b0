"""Figures that count nobody: house and flight numbers, years, ages set between commas."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sourcier.read.document import Token
from sourcier.read.figures import Number
from sourcier.read.tolls_lexicon import TollLexicon, kinds_of

_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_AGES = regex.compile(r"[,(] 0 (?:[,.)]|\p{L}+ 0\b)|[,(] 0 \p{L}+ 0 (?:[,.)]|$)")
_SIGNS = frozenset(",.;:)")
_OLDEST = 110
_LAST_DAY = 31


def is_label(words: Sequence[Token], number: Number, lexicon: TollLexicon) -> bool:
    """Tell whether a figure names something: "Bus 3", "in 2023", or an age between commas."""
    if not number.figure or number.core == 0:
        return False
    second = number.core > 2 and words[number.core - 2].norm.isdecimal()
    if any(
        _is_labelled(words, number.core - steps, lexicon) for steps in ((1, 3) if second else (1,))
    ):
        return True
    if _is_day(words, number, lexicon):
        return True
    return _is_year(words, number) or _is_age(words, number)


def _is_day(words: Sequence[Token], number: Number, lexicon: TollLexicon) -> bool:
    """Tell whether a figure is a day's: "on March 2, ..." with no people behind it, "on Nov. 2"."""
    dotted = number.core > 1 and words[number.core - 1].norm == "."
    if "month" not in kinds_of(lexicon.phrases.match(words, number.core - 1 - dotted)[0]):
        return False
    return (
        (dotted and number.low <= _LAST_DAY)
        or number.last == len(words)
        or words[number.last].norm in _SIGNS
    )


def _is_labelled(words: Sequence[Token], index: int, lexicon: TollLexicon) -> bool:
    return "label" in kinds_of(lexicon.phrases.match(words, index)[0])


def _is_year(words: Sequence[Token], number: Number) -> bool:
    norm = words[number.core].norm
    if not _YEAR.fullmatch(norm) or number.low != int(norm) or number.first != number.core:
        return False
    dated = number.core > 1 and words[number.core - 2].norm.isdecimal()
    return words[number.core - 1].norm != "," or dated


def _is_age(words: Sequence[Token], number: Number) -> bool:
    """Tell whether a figure is an age between commas: ", 19,", ", 19 and 20,"."""
    if number.first != number.core or not 0 < (number.high or 0) < _OLDEST:
        return False
    around = [word.norm for word in words[max(0, number.first - 3) : number.last + 2]]
    row = " ".join("0" if norm.isdecimal() else norm for norm in around)
    return bool(_AGES.search(row))

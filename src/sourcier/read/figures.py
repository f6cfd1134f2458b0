"""Figures: what a number is, how digits are read and number words joined into one."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from sourcier.read.document import Token
from sourcier.types import Qualifier

_GROUPED = regex.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = regex.compile(r"[0-9]{1,10}")
_DECIMAL = regex.compile(r"[0-9]{1,4}[.,][0-9]{1,2}")
_TRIPLET = regex.compile(r"[0-9]{3}")
_HIGHEST = 10_000_000_000
_BINDING_LEFT = frozenset("-:/.,#№$€£°")
_UNITS_OF_SIGN = frozenset("%°€$£")


class Number(Struct, frozen=True):
    """A number over the tokens `first` to `last` (half-open).

    `low` and `high` are the figures printed, `high` None where it is open. `article`: a lone
    "un", "une", "a", which counts one only before a person. `figure` tells that it is in digits.
    `core` is where the number itself starts, behind its qualifier.
    """

    first: int
    last: int
    low: int
    high: int | None
    qualifier: Qualifier
    article: bool = False
    figure: bool = False
    core: int = -1

    def bare(self) -> Number:
        """Return the number without an "up to", which behind "rose" is a plain "to"."""
        if self.qualifier != "at_most" or self.high is None:
            return self
        return replace(self, first=self.core, low=self.high, qualifier="exact")


def exact_number(first: int, last: int, value: float, *, figure: bool = False) -> Number:
    """Return a number over tokens that says `value` exactly, cut off at ten thousand million."""
    whole = min(int(value), _HIGHEST)
    return Number(first, last, whole, whole, "exact", figure=figure)


def may_follow(current: int | None, value: int, *, glued: bool) -> bool:
    """Tell whether a number word may follow what was read of the same number so far."""
    if current is None:
        return True
    if value >= 1000:
        return current > 0 and not glued
    if value == 100:
        return 1 < current < 20
    if value == 20 and current == 4:
        return True
    if current == 0:
        return value < 1000
    room = 20 if current % 100 in (60, 80) else 10 if current % 100 >= 20 else 0
    return value < 100 if current % 100 == 0 else current % 10 == 0 and value < room


def joined(current: int | None, value: int) -> int:
    """Return what the number words read so far say with one more: "four twenties", "two hundred"."""
    if value == 100 and current:
        return current * 100
    if value == 20 and current == 4:
        return 80
    return (current or 0) + value


def figure_at(words: Sequence[Token], index: int) -> tuple[float | None, int]:
    """Read digits: "1200", "1.200", "1,200", "1 200" (the space one character wide), "1,5"."""
    norm = words[index].norm if index < len(words) else ""
    if _GROUPED.fullmatch(norm):
        return float(norm.replace(".", "").replace(",", "")), index + 1
    if _DECIMAL.fullmatch(norm):
        return float(norm.replace(",", ".")), index + 1
    if not _PLAIN.fullmatch(norm):
        return None, index
    end = index + 1
    while len(norm) <= 3 and end < len(words) and _continues(words[end - 1], words[end]):
        norm_end = words[end].norm
        words_joined = "".join(word.norm for word in words[index:end]) + norm_end
        if len(words_joined) > 10:
            break
        end += 1
    return float("".join(word.norm for word in words[index:end])), end


def is_decimal(norm: str) -> bool:
    """Tell whether digits are written with a fraction, be it none ("7.00"): people are never counted so."""
    return bool(_DECIMAL.fullmatch(norm)) and not _GROUPED.fullmatch(norm)


def _continues(left: Token, right: Token) -> bool:
    return right.start == left.end + 1 and bool(_TRIPLET.fullmatch(right.norm))


def number_range(low: Number, high: Number, first: int) -> Number | None:
    """Return the range from one number to another, None where it does not rise."""
    top = high.high if high.high is not None else None
    if top is not None and top <= low.low:
        return None
    qualifier = "vague" if "vague" in (low.qualifier, high.qualifier) else low.qualifier
    return Number(first, high.last, low.low, top, qualifier, figure=low.figure, core=first)


def qualified(number: Number, qualifier: Qualifier) -> Number:
    """Return a number with the qualifier that stands beside it."""
    if qualifier in ("at_least", "more_than"):
        return replace(number, high=None, qualifier=qualifier)
    if qualifier == "at_most":
        return replace(number, low=0, high=number.high or number.low, qualifier=qualifier)
    if number.qualifier == "vague":
        return number
    return replace(number, qualifier=qualifier)


def is_free(words: Sequence[Token], number: Number) -> bool:
    """Tell whether a figure stands on its own: not in "F-16", "11:52", "45 %", "24/7"."""
    if not number.figure:
        return True
    before = words[number.core - 1] if number.core > 0 else None
    after = words[number.last] if number.last < len(words) else None
    first, last = words[number.core], words[number.last - 1]
    if before and before.end == first.start and before.norm in _BINDING_LEFT:
        return False
    return not (after and (after.norm in _UNITS_OF_SIGN or _glued(last, after)))


def _glued(last: Token, after: Token) -> bool:
    return last.end == after.start and (after.norm in ":/" or after.norm[0].isalnum())

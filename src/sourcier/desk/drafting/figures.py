"""Figures in words: "au moins deux morts", "between ten and 12 injured". Pure."""

from __future__ import annotations

from babel.lists import format_list
from babel.numbers import format_decimal

from sourcier.messages import Messages
from sourcier.types import Ledger, TollLine

_BOUNDED = ("at_least", "more_than", "at_most", "about", "exact")


def number(say: Messages, n: int, *, feminine: bool = False) -> str:
    """Return `n` in words where the language's list reaches it, else in figures."""
    words: list[str] = say.raw("numbers.words")
    if feminine and "numbers.feminine" in say and n < len(say.raw("numbers.feminine")):
        words = say.raw("numbers.feminine")
    return words[n] if n < len(words) else format_decimal(n, locale=say.language)


def line_phrase(say: Messages, line: TollLine, ledger: Ledger) -> str:
    """Return what one line of a ledger says: "au moins deux morts"."""
    return Phrase(say, ledger).of(line.low, line.high, line.qualifier)


def ledger_phrase(say: Messages, ledger: Ledger) -> str:
    """Return what a ledger amounts to; both ends where its sides exclude each other."""
    phrase = Phrase(say, ledger)
    if ledger.disputed_since and ledger.low is not None and ledger.high is not None:
        return phrase.ranged("or", ledger.low, ledger.high)
    return phrase.of(ledger.low, ledger.high, ledger.qualifier)


class Phrase:
    """A figure with its qualifier and its noun, for one outcome and the groups it counts."""

    def __init__(self, say: Messages, ledger: Ledger) -> None:
        self._say = say
        self._outcome = f"outcome.{ledger.outcome}"
        self._groups = tuple(group for group in ledger.of if f"group.{group}" in say)

    def of(self, low: int | None, high: int | None, qualifier: str) -> str:
        """Return the phrase for the bounds `low` and `high` (null: open)."""
        if qualifier == "none" or high == 0:
            return self._say(f"{self._outcome}.none")
        if low and high and low != high and qualifier != "at_most":
            return self.ranged("between", low, high)
        if high and not low:
            return self._qualified("at_most", high)
        n = high if low is None else low
        if n is None or qualifier == "vague":
            return self._vague(n or 1)
        return self._qualified(qualifier if qualifier in _BOUNDED else "exact", n)

    def ranged(self, key: str, low: int, high: int) -> str:
        """Return both ends: "dix ou douze blessés", in figures where either has no word."""
        if low == 0:
            none = self._say(f"{self._outcome}.none")
            return self._say(
                f"qualifier.{key}", low=none, phrase=self._counted(high, self._number(high))
            )
        pair = [self._number(low), self._number(high)]
        if any(text[0].isdigit() for text in pair):
            pair = [self._figure(low), self._figure(high)]
        return self._say(f"qualifier.{key}", low=pair[0], phrase=self._counted(high, pair[1]))

    def _qualified(self, key: str, n: int) -> str:
        text = self._figure(n) if self._plain(key) else self._number(n)
        return self._say(f"qualifier.{key}", phrase=self._counted(n, text))

    def _plain(self, key: str) -> bool:
        return "numbers.plain" in self._say and key in self._say.raw("numbers.plain")

    def _figure(self, n: int) -> str:
        return format_decimal(n, locale=self._say.language)

    def _number(self, n: int) -> str:
        if self._groups and self._plain("group"):
            return self._figure(n)
        return number(self._say, n, feminine=self._gender() == "f")

    def _gender(self) -> str | None:
        holder = f"group.{self._groups[0]}" if self._groups else self._outcome
        return self._say.raw(f"{holder}.gender") if f"{holder}.gender" in self._say else None

    def _counted(self, n: int, text: str) -> str:
        if not self._groups:
            return self._say(f"{self._outcome}.count", n, count=text)
        nouns = [self._say(f"group.{group}", n) for group in self._groups]
        state = f"{self._outcome}.state"
        if f"{state}.{self._gender()}" in self._say:
            state = f"{state}.{self._gender()}"
        return self._say(
            "group.counted",
            count=text,
            group=format_list(nouns, locale=self._say.language),
            state=self._say(state, n),
        )

    def _vague(self, n: int) -> str:
        table: dict[str, str] = self._say.raw("vague")
        floor = max((int(key) for key in table if int(key) <= n), default=1)
        own = self._say.raw(self._outcome)
        many = own["many"]
        return table[str(floor)].format(many=many, of_many=own.get("of_many", many))

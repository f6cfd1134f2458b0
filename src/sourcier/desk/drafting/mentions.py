"""Which cards a text names: whole words, in the forms that the desk's languages give them. Pure.

A name is found where its words follow each other, nothing but a space, a hyphen, an apostrophe or a
quotation mark between them. Cyrillic words meet without their endings ("Сапсаном" is "Сапсан"), others as
they are or with an s. A word that the name has with a capital needs one in the text, one that it has in
capitals (an acronym) needs them all: "град" is hail, "Град" a weapon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sourcier.desk.drafting.cards import Card
from sourcier.desk.finding.terms import stem, tokens

LONGEST = 20_000
"""From how many characters on a text is not looked through."""

_JOINT = re.compile(r"[\s\-‐‑'’ʼ\"«»“”„]{1,4}")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


class _Word(NamedTuple):
    """A word: folded, as it is written, and whether it follows the one before it closely."""

    folded: str
    written: str
    joined: bool


class Mentions:
    """Finds the names of some cards; retired ones are left out."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = {card.id: card for card in cards if not card.retired}
        self._names: dict[str, list[tuple[tuple[_Word, ...], str]]] = defaultdict(list)
        for card in self._cards.values():
            for name in card.names:
                if words := tuple(_words(name)):
                    self._names[_key(words[0].folded)].append((words, card.id))

    def among(self, texts: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards that some texts name, the one named first before the others."""
        found: dict[str, None] = {}
        for text in texts if self._names else ():
            found |= dict.fromkeys(self._in(text[:LONGEST]))
        return tuple(self._cards[key] for key in found)

    def _in(self, text: str) -> Iterator[str]:
        said = tuple(_words(text))
        for place, word in enumerate(said):
            for key in _keys(word.folded):
                for name, card in self._names.get(key, ()):
                    if _fits(name, said[place : place + len(name)]):
                        yield card


def _words(text: str) -> Iterator[_Word]:
    last = None
    for folded, start, end in tokens(text):
        joined = last is not None and _JOINT.fullmatch(text, last, start) is not None
        yield _Word(folded, text[start:end], joined)
        last = end


def _key(word: str) -> str:
    return stem(word) if _CYRILLIC.match(word) else word


def _keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a name may stand that begins with this word of a text."""
    key = _key(word)
    return (key, key[:-1]) if key.endswith("s") else (key,)


def _fits(name: tuple[_Word, ...], said: tuple[_Word, ...]) -> bool:
    return len(name) == len(said) and all(
        _key(mine.folded) in _keys(word.folded)
        and _cased(mine.written, word.written)
        and (place == 0 or word.joined)
        for place, (mine, word) in enumerate(zip(name, said, strict=True))
    )


def _cased(name: str, written: str) -> bool:
    """Tell whether a word is written with the capitals that the name has."""
    if len(name) > 1 and name.isupper():
        return written[: len(name)].isupper()
    return not name[0].isupper() or written[0].isupper()

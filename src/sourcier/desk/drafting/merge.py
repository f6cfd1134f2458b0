"""Two versions of a text that grew from one, put together word by word. Pure.

Where only one of them changed something, that is taken; where both changed the same words differently,
somebody has to choose (`Clash`). Changes touch each other where no word of the common text stands between
them. After diff3 (Khanna, Kunal, Pierce: "A Formal Investigation of Diff3", 2007), on words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

Choice = Literal["mine", "theirs", "both"]

_WORD = re.compile(r"\s+|\w+|[^\w\s]")

Words = tuple[str, ...]
_Places = tuple[int, int, int]
"""Where a word stands in the common text, in theirs and in mine."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Words that both changed: as they were, and what each made of them (empty: taken out)."""

    base: str
    theirs: str
    mine: str

    def chosen(self, choice: Choice) -> str:
        """Return the words of a choice; both are theirs, then mine, a space between them where none is."""
        if choice != "both":
            return self.mine if choice == "mine" else self.theirs
        apart = not self.theirs or not self.mine or self.theirs[-1:].isspace()
        return self.theirs + ("" if apart or self.mine[:1].isspace() else " ") + self.mine


Part = str | Clash


@dataclass(frozen=True, slots=True)
class Merge:
    """A text put together: settled words and clashes, in their order."""

    parts: tuple[Part, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Return what has to be chosen."""
        return tuple(part for part in self.parts if isinstance(part, Clash))

    def text(self, choices: Mapping[int, Choice] | None = None) -> str:
        """Return the text with a choice for each clash by its number; mine where none is made."""
        made, numbers = choices or {}, iter(range(len(self.parts)))
        return "".join(
            part if isinstance(part, str) else part.chosen(made.get(next(numbers), "mine"))
            for part in self.parts
        )


def merge(base: str, theirs: str, mine: str) -> Merge:
    """Put two texts together that both grew from `base`.

    Costs about linear time for texts that have much in common; words that a long text repeats all the time
    hold two versions together only beside others.
    """
    words, other, own = _words(base), _words(theirs), _words(mine)
    parts: list[Part] = []
    for part in _parts(words, other, own):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part:
            parts.append(part)
    return Merge(tuple(parts))


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text))


def _parts(base: Words, theirs: Words, mine: Words) -> Iterator[Part]:
    """Return the words that all three share, and between them what became of the others."""
    before = (0, 0, 0)
    shared = _shared(base, _matches(base, theirs), _matches(base, mine))
    for now in chain(shared, [(len(base), len(theirs), len(mine))]):
        if now != before:
            yield _settled(
                base[before[0] : now[0]], theirs[before[1] : now[1]], mine[before[2] : now[2]]
            )
        if now[0] < len(base):
            yield base[now[0]]
            before = (now[0] + 1, now[1] + 1, now[2] + 1)


def _shared(base: Words, there: dict[int, int], here: dict[int, int]) -> Iterator[_Places]:
    """Return where the words stand that all three have; spaces hold nothing together by themselves."""
    run: list[_Places] = []
    for at in sorted(there.keys() & here.keys()):
        now = (at, there[at], here[at])
        if run and now != tuple(place + 1 for place in run[-1]):
            yield from _anchored(base, run)
            run = []
        run.append(now)
    yield from _anchored(base, run)


def _anchored(base: Words, run: list[_Places]) -> list[_Places]:
    return run if any(not base[at].isspace() for at, _, _ in run) else []


def _settled(base: Words, theirs: Words, mine: Words) -> Part:
    if mine in (base, theirs):
        return "".join(theirs)
    if theirs == base:
        return "".join(mine)
    return Clash("".join(base), "".join(theirs), "".join(mine))


def _matches(base: Words, other: Words) -> dict[int, int]:
    """Return where each word of `base` that was kept stands in `other`."""
    head = _same(base, other)
    tail = _same(base[head:][::-1], other[head:][::-1])
    middle = SequenceMatcher(None, base[head : len(base) - tail], other[head : len(other) - tail])
    found = {at: at for at in range(head)}
    for start, there, size in middle.get_matching_blocks():
        found |= {head + start + n: head + there + n for n in range(size)}
    shift = len(other) - len(base)
    return found | {at: at + shift for at in range(len(base) - tail, len(base))}


def _same(one: Sequence[str], two: Sequence[str]) -> int:
    """Return how many words two versions have in common from their start."""
    for count, (a, b) in enumerate(zip(one, two, strict=False)):
        if a != b:
            return count
    return min(len(one), len(two))

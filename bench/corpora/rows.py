"""What a measurement yields: tallies, errors with their context, and rows of the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

MARKS = ("⟦", "⟧")
A = TypeVar("A")
B = TypeVar("B")
Measure = Literal["F1", "accuracy"]


@dataclass(frozen=True)
class Error:
    """One thing that went wrong.

    `kind` says what is to be mended, in words that other corpora share ("toll: claimant missing");
    `detail` parts the cases of a kind, `key` is the word or value that tells a case from others.
    `context` is the text around it with the place in question between marks: it is shown on a
    terminal alone, never written to a page. `span` is that place, in characters of the document.
    """

    kind: str
    key: str
    document: str
    context: str
    span: tuple[int, int] = (0, 0)
    detail: str = ""


@dataclass
class Tally:
    """Counts of one item: of `found` things `right` are right, of `wanted` ones `met` were found."""

    right: int = 0
    found: int = 0
    met: int = 0
    wanted: int = 0
    errors: list[Error] = field(default_factory=list)

    def judge(self, correct: bool, answered: bool = True) -> None:
        """Count one question that has one answer, right, wrong or not given."""
        self.add(int(correct), int(answered), int(correct), 1)

    def add(self, right: int, found: int, met: int, wanted: int) -> None:
        """Count the answers of one document."""
        self.right += right
        self.found += found
        self.met += met
        self.wanted += wanted

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.met / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; 0 where there was something to find and nothing right."""
        if not self.wanted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


Tallies = dict[str, Tally]
"""The tallies of a document or a corpus, by item."""


@dataclass(frozen=True)
class Item:
    """What is measured: its name, its measure, the target set for it, a figure reported elsewhere.

    An ``accuracy`` is the share of the questions that were answered rightly. Errors of an item that
    is not `ranked` are left out of the costliest: they stand under another item, or are none by
    the project's own conventions.
    """

    name: str
    measure: Measure = "F1"
    target: float | None = None
    reported: str = ""
    ranked: bool = True

    def figure(self, tally: Tally) -> float | None:
        """Return a tally's figure by this item's measure; None where nothing was wanted."""
        return tally.f1 if self.measure == "F1" else tally.recall


@dataclass(frozen=True)
class Beside:
    """Another system's tally on `documents` documents; None where it is not installed."""

    name: str
    tally: Tally | None
    documents: int


@dataclass(frozen=True)
class Row:
    """One line of the table: an item of a corpus, over `documents` of its `of` documents."""

    corpus: str
    item: Item
    documents: int
    of: int
    ours: Tally
    peers: tuple[Beside, ...] = ()

    @property
    def figure(self) -> float | None:
        return self.item.figure(self.ours)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is no target or no figure."""
        if self.item.target is None or self.figure is None:
            return None
        return self.figure >= self.item.target


def merged(parts: Iterable[Tallies]) -> Tallies:
    """Return the sums of tallies, item by item."""
    total: Tallies = defaultdict(Tally)
    for part in parts:
        for item, tally in part.items():
            total[item].add(tally.right, tally.found, tally.met, tally.wanted)
            total[item].errors += tally.errors
    return total


def excerpt(text: str, span: Sequence[int], around: int = 160) -> str:
    """Return the words of a span between marks with `around` characters each side, in one line."""
    start, end = span[0], span[1]
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return " ".join((before + MARKS[0] + text[start:end] + MARKS[1] + after).split())


def sampled(documents: Sequence[A], sample: int | None) -> list[A]:
    """Return `sample` documents spread evenly over the corpus, or all of them."""
    if sample is None or sample >= len(documents):
        return list(documents)
    return [documents[i * len(documents) // sample] for i in range(sample)]


def matched(
    ones: Sequence[A], others: Sequence[B], agree: Callable[[A, B], bool]
) -> list[tuple[int, int]]:
    """Return index pairs of things that agree, as many as possible, each used once."""
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, other in enumerate(others):
            if j not in seen and agree(ones[i], other):
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(ones)):
        place(i, set())
    return sorted((i, j) for j, i in taken.items())

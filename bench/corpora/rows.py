"""What a measurement yields: tallies, errors with their context, and rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

MARKS = ("⟦", "⟧")
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True)
class Error:
    """One thing that went wrong.

    `kind` is what the error has in common with others, `key` the word or value that tells it from
    others of its kind, `context` the words around it with the place in question between marks.
    """

    kind: str
    key: str
    document: str
    context: str


@dataclass
class Tally:
    """Counts of one item: of `found` things `right` are right, of `wanted` ones `met` were found."""

    right: int = 0
    found: int = 0
    met: int = 0
    wanted: int = 0
    errors: list[Error] = field(default_factory=list)

    def judge(self, correct: bool) -> None:
        """Count one question that has one answer, right or wrong."""
        self.add(int(correct), 1, int(correct), 1)

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


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `measure` is ``F1`` or ``accuracy`` (then the figure is the share of `wanted` that was met).
    `target` is None where none was set. `peer` names another system measured in the same run;
    `theirs` is None where it is not installed, `beside` the number of documents that it was given,
    spread over the corpus, where those are fewer than ours. `published` is a figure reported elsewhere.
    """

    corpus: str
    item: str
    measure: str
    documents: int
    ours: Tally
    target: float | None = None
    peer: str | None = None
    theirs: Tally | None = None
    published: str = ""
    beside: int | None = None

    @property
    def figure(self) -> float | None:
        return self.value(self.ours)

    def value(self, tally: Tally) -> float | None:
        """Return a tally's figure by this row's measure."""
        return tally.f1 if self.measure == "F1" else tally.recall


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

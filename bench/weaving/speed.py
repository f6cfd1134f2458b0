"""How fast claims are woven into a story, by its length: claims a CPU second, memory, and the curve.

``python -m bench.weaving.speed [CLAIMS]`` prints a line for each power of ten up to CLAIMS (100,000).
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bench.weaving.stream import Dispatch, Stream
from sourcier.weave import Known, weave

MARKS = (1_000, 10_000, 100_000, 1_000_000)
LAST = 2_000
"""Claims before a mark over which the speed there is measured, or half of all."""
BATCH = 16
"""Dispatches woven at a time, as a desk takes them from its doors."""


class Point(NamedTuple):
    """Claims a CPU second when so many are known, and since the first; the process's memory in MB."""

    known: int
    rate: float
    average: float
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.rate:,.0f} claims a CPU second, {self.average:,.0f} since the first, "
            f"{self.memory:,.0f} MB"
        )


def curve(longest: int) -> Iterator[Point]:
    """Yield the point at each mark up to the longest."""
    known, stream = Known(), Stream().dispatches()
    count, spent = 0, 0.0
    for mark in (mark for mark in MARKS if mark <= longest):
        for until in (mark - min(LAST, mark // 2), mark):
            before = count, spent
            while count < until:
                claims, cost = _take(known, islice(stream, BATCH))
                count, spent = count + claims, spent + cost
        rate = (count - before[0]) / (spent - before[1])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Point(mark, rate, count / spent, memory)


def _take(known: Known, dispatches: Iterator[Dispatch]) -> tuple[int, float]:
    """Weave some dispatches in; return how many claims they have and the CPU seconds it took."""
    batch = list(dispatches)
    claims = [claim for dispatch in batch for claim in dispatch.claims]
    start = time.process_time()
    weave((dispatch.capture for dispatch in batch), claims, known)
    return len(claims), time.process_time() - start


if __name__ == "__main__":
    for point in curve(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000):
        print(f"{point.known:>9,} claims: {point}", flush=True)

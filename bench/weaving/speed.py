"""How fast claims are woven into a story, by its length: claims a CPU second, memory, and the curve."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice

from bench.weaving.stream import Dispatch, Stream
from sourcier.weave import Known, weave

MARKS = (1_000, 10_000, 100_000, 1_000_000)
WINDOW = 2_000
"""Claims over which the cost at a mark is measured."""
BATCH = 16
"""Dispatches woven at a time, as a desk takes them from its doors."""


def curve(longest: int) -> Iterator[tuple[int, float, float]]:
    """Yield ``(claims known, claims a CPU second there, MB of the process)`` at each mark."""
    known = Known()
    stream = Stream().dispatches()
    count, seconds = 0, 0.0
    for mark in (mark for mark in MARKS if mark <= longest):
        while count < mark - WINDOW // 2:
            count += _take(known, islice(stream, BATCH))[0]
        done, seconds = 0, 0.0
        while done < WINDOW:
            claims, cost = _take(known, islice(stream, BATCH))
            done, seconds = done + claims, seconds + cost
        count += done
        yield mark, done / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _take(known: Known, dispatches: Iterator[Dispatch]) -> tuple[int, float]:
    """Weave some dispatches in; return how many claims they have and the CPU seconds it took."""
    batch = list(dispatches)
    claims = [claim for dispatch in batch for claim in dispatch.claims]
    start = time.process_time()
    weave((dispatch.capture for dispatch in batch), claims, known)
    return len(claims), time.process_time() - start


if __name__ == "__main__":
    for mark, rate, memory in curve(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        print(f"{mark:>9,} claims: {rate:,.0f} a second, {memory:,.0f} MB")

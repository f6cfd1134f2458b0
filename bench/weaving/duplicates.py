"""How fast near-duplicates are found, beside datasketch's MinHash LSH where that is installed.

Both are given the texts of the invented war one after the other, and asked for each which earlier ones it
shares most of its words with; reading and weaving play no part. Right is a text whose like is found:
one with the same words, or with the first two thirds of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import islice
from typing import Any, NamedTuple

from bench.weaving.stream import Stream
from sourcier.types import Capture
from sourcier.weave.copies import Copies

THRESHOLD = 0.5
PERMUTATIONS = 128
"""datasketch's own defaults, but for the threshold: cut copies share about half of all words."""


class Pace(NamedTuple):
    """Dispatches a CPU second, and how many of them were found to be like an earlier one."""

    rate: float
    found: int


def paces(many: int = 2_000) -> dict[str, Pace]:
    """Return the pace of each finder on the same texts."""
    captures = [dispatch.capture for dispatch in islice(Stream().dispatches(), many)]
    finders: dict[str, Callable[[Sequence[Capture]], int]] = {"sourcier": _ours}
    if find_spec("datasketch"):
        finders["datasketch"] = _datasketch
    return {name: _paced(partial(finder, captures), many) for name, finder in finders.items()}


def _paced(run: Callable[[], int], many: int) -> Pace:
    start = time.process_time()
    found = run()
    return Pace(many / (time.process_time() - start), found)


def _ours(captures: Sequence[Capture]) -> int:
    known: dict[str, Capture] = {}
    copies = Copies(known, {})
    for capture in captures:
        known[capture.id] = capture
        copies.add(capture)
    return len(copies.copies)


def _datasketch(captures: Sequence[Capture]) -> int:
    """Find the like of each text by its shingles of four words, as ours are."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found, unused-ignore]

    index: Any = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found = 0
    for capture in captures:
        words = capture.text.lower().split()
        prints: Any = MinHash(num_perm=PERMUTATIONS)
        prints.update_batch([" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)])
        found += bool(index.query(prints))
        index.insert(capture.id, prints)
    return found


if __name__ == "__main__":
    for name, pace in paces().items():
        print(f"{name}: {pace.rate:,.0f} dispatches a second, {pace.found:,} with a like")

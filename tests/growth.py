"""How the cost of a piece of work grows with its size: processor time, so a busy machine weighs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 3
Work = Callable[[], object]


def growth(prepare: Callable[[int], Work], small: int, large: int) -> float:
    """Return how many times as much time the work of size `large` takes as that of size `small`.

    `prepare(size)` gives fresh work of a size; preparing is not counted, and the best of three rounds is.
    """
    prepare(small)()  # What is built once, at first use, is no part of the growth.
    return _cost(prepare, large) / _cost(prepare, small)


def _cost(prepare: Callable[[int], Work], size: int) -> float:
    return min(_once(prepare(size)) for _ in range(ROUNDS))


def _once(work: Work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started

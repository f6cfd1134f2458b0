"""Reads damaged news-like texts until the time is up: ``python -m bench.fuzz --minutes 10``.

The minutes are of processor time: ten are ten of one core. Each text is a function of a seed, an
integer. A text that raises, whose claims do not hold, or that takes longer than its length allows is
told with its seed; ``--seed N --texts 1`` reads it again.
Returns 1 where anything was found.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from random import Random

from bench.corpora.source import LANGUAGES
from bench.newslike import damaged, sentences
from bench.properties import broken

SECONDS, SECONDS_PER_CHARACTER = 0.5, 0.001
"""What two readings of a text may take in processor time: many times the usual."""


def fault(seed: int) -> str | None:
    """Return what is wrong with the reading of a seed's text, or None."""
    text, language = damaged(Random(seed))
    start = time.process_time()
    try:
        faults = broken(text, language)
    except Exception:  # noqa: BLE001  (whatever is raised is what is being looked for)
        faults = [traceback.format_exc(limit=-4)]
    taken = time.process_time() - start
    if taken > SECONDS + SECONDS_PER_CHARACTER * len(text):
        faults.append(f"{taken:.1f} s for {len(text)} characters")
    return f"seed {seed} ({language}): {'; '.join(faults)}\n{text!r}\n" if faults else None


def main() -> int:
    """Read until the time or the texts are up; tell how many were read and what was found."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.fuzz", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--minutes", type=float, default=10, help="processor time (10)")
    parser.add_argument("--texts", type=int, default=sys.maxsize, help="how many texts at most")
    parser.add_argument("--seed", type=int, help="the first seed (one of the clock)")
    options = parser.parse_args()
    first = int(time.time()) * 1_000_000 if options.seed is None else options.seed
    until = time.process_time() + 60 * options.minutes
    read = found = 0
    print(f"fuzz: seeds from {first}", flush=True)
    for language in LANGUAGES:  # what is built once, at first use, is no cost of a text
        broken(" ".join(sentences(language)[:60]), language)
    while read < options.texts and time.process_time() < until:
        told = fault(first + read)
        read += 1
        if told:
            found += 1
            print(told, flush=True)
    print(f"fuzz: {read} texts read, seeds {first} to {first + read - 1}, {found} with faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

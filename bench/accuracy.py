"""How well the reader reads: ``make accuracy`` prints one page and writes ``bench/accuracy.md``.

The golden dispatches are looked for in ``$SOURCIER_SHARED/gold``, public corpora in
``$SOURCIER_SHARED/corpora`` (else in ``../shared``), other systems among the installed packages;
what is absent is left out, with a line that says so. Progress goes to standard error.

- ``--sample 60`` reads that many documents of each corpus, which the page then says;
- ``--only muc4`` measures one corpus, ``--errors muc4`` shows its commonest kinds of errors with
  their context; neither writes the page.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.corpora import gold, gva, messages, muc4, places, polnear, timebank, wikiwars
from bench.corpora.corpus import Corpus, measured
from bench.corpora.peers import versions
from bench.corpora.report import errors, page
from bench.corpora.rows import Row
from bench.corpora.source import SHARED

REPORT = Path(__file__).parent / "accuracy.md"
CORPORA: tuple[Corpus, ...] = (
    *gold.CORPORA,
    *messages.CORPORA,
    muc4.CORPUS,
    gva.CORPUS,
    polnear.CORPUS,
    timebank.CORPUS,
    wikiwars.CORPUS,
    *places.CORPORA,
)
KEYS = tuple(dict.fromkeys(corpus.key for corpus in CORPORA))


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--only", choices=KEYS, action="append", help="this corpus alone")
    parser.add_argument("--sample", type=int, metavar="N", help="N documents of each corpus (all)")
    parser.add_argument(
        "--beside", type=int, metavar="N", default=60, help="N documents to other systems (60)"
    )
    parser.add_argument("--errors", choices=KEYS, help="show a corpus's commonest errors")
    parser.add_argument("--kinds", type=int, default=12, help="kinds of errors to show (12)")
    parser.add_argument("--examples", type=int, default=3, help="examples of each kind (3)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (one a core)")
    return parser.parse_args()


def rows_of(names: list[str], options: argparse.Namespace) -> list[Row]:
    """Measure the corpora of these names."""
    chosen = [corpus for corpus in CORPORA if corpus.key in names]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        return [
            row
            for corpus in chosen
            for row in measured(corpus, pool, options.sample, options.beside)
        ]


def main() -> int:
    """Measure and print; write the page where everything was measured."""
    options = arguments()
    names = [options.errors] if options.errors else options.only or list(KEYS)
    rows = rows_of(names, options)
    if not rows:
        print(f"accuracy: nothing to measure in {SHARED}", file=sys.stderr)
        return 0
    report = page(rows, versions())
    print(report)
    if options.errors:
        print(errors(rows, options.kinds, options.examples))
    elif names == list(KEYS):
        REPORT.write_text(report, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Print the table of all corpora and write it to ``bench/corpora.md``, or show errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Protocol

from bench.corpora import gva, muc4, places, polnear, timebank
from bench.corpora.report import errors, table
from bench.corpora.rows import Row
from bench.corpora.source import FOLDER


class Score(Protocol):
    """What measures a corpus: `sample` of its documents, the peer on `beside` of them."""

    def __call__(self, sample: int | None, beside: int | None = None) -> list[Row]: ...


CORPORA: dict[str, Score] = {
    "muc4": muc4.score,
    "gva": gva.score,
    "polnear": polnear.score,
    "timebank": timebank.score,
    "places": places.score,
}
REPORT = Path(__file__).parents[1] / "corpora.md"


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpora", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="N documents of each corpus")
    parser.add_argument("--beside", type=int, metavar="N", help="N documents to the other systems")
    parser.add_argument("--only", choices=CORPORA, action="append", help="this corpus alone")
    parser.add_argument("--errors", choices=CORPORA, help="show a corpus's costliest errors")
    parser.add_argument("--kinds", type=int, default=12, help="kinds of errors to show (12)")
    parser.add_argument("--examples", type=int, default=3, help="examples of each kind (3)")
    return parser.parse_args()


def main() -> int:
    """Measure; 1 where there is no corpus."""
    options = arguments()
    names = [options.errors] if options.errors else options.only or list(CORPORA)
    rows = [row for name in names for row in scored(name, options.sample, options.beside)]
    if not rows:
        return 1
    print(table(rows))
    if options.errors:
        print("\n" + errors(rows, options.kinds, options.examples))
    elif options.sample is None and not options.only:
        REPORT.write_text(report(rows), encoding="utf-8")
    return 0


def scored(name: str, sample: int | None, beside: int | None) -> list[Row]:
    """Return a corpus's rows; none, with a line that says so, where it is absent."""
    rows = CORPORA[name](sample, beside)
    if not rows:
        print(f"corpora: no {name} in {FOLDER}: left out", file=sys.stderr)
    return rows


def report(rows: list[Row]) -> str:
    """Return the page that stands beside the code."""
    return (
        "# Accuracy on public corpora\n\n"
        "`python -m bench.corpora` writes this page; the module of each corpus says what counts\n"
        "as right. _Italics_: short of the target. P and R: precision and recall of ours. Peer\n"
        "here: another system, measured in the same run by the same rules. Reported: figures\n"
        "published or measured elsewhere, not always by the same rules.\n\n"
        f"{table(rows)}\n"
    )


if __name__ == "__main__":
    sys.exit(main())

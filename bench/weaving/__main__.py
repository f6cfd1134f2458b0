"""Print how well the weaver weaves, and write it to ``bench/weaving.md``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.corpora.source import present
from bench.weaving import chains, duplicates, families, pairs, shootings, sirens, speed

REPORT = Path(__file__).parents[1] / "weaving.md"


class Row(NamedTuple):
    """A figure beside its target."""

    what: str
    on: str
    target: str
    measured: str


def events(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how pages of one incident come together."""
    if not present(shootings.PAGES):
        return
    ours, peer = shootings.score(options.pages)
    on = f"GVA, the first {ours.pages:,} pages"
    beside = f"{ours.f1:.3f} (precision {ours.precision:.3f}, recall {ours.recall:.3f})"
    yield Row("events: pairwise F1", on, "0.78", beside)
    yield Row("a TF-IDF stream with a 7-day window", on, "0.60 reported", f"{peer.f1:.3f}")
    yield Row("events: BCubed F1", on, "-", f"{ours.cubed_f1:.3f}; the stream {peer.cubed_f1:.3f}")


def same_event(_: argparse.Namespace) -> Iterator[Row]:
    """Yield how pairs of dispatches of one event are told from others."""
    parts = (
        ("golden dispatches in two languages", "0.95", pairs.across_languages()),
        ("news pairs in Russian or English", "0.90", pairs.news()),
    )
    for on, target, (captures, told) in parts:
        if not told:
            continue
        ours, peer = pairs.score(captures, told)
        on = f"{len(told):,} {on}, {ours.same} of one event"
        figure = f"{ours.f1:.3f} ({ours.both} of {ours.found} found)"
        yield Row("pairs of one event: F1", on, target, figure)
        yield Row("words compared by TF-IDF", on, "-", f"{peer.f1:.3f}")


def copies(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how copies are told from reports of their own."""
    score, kinds = families.score(options.families)
    there = sum(many for many, _ in kinds.values())
    on = f"{options.families} invented families, {there:,} copies"
    yield Row("copy pairs: F1", on, "0.95", f"{score.f1:.3f}")
    yield Row("origin of a copy correct", on, "0.97", f"{score.origins / there:.3f}")
    yield Row("copies counted as an origin of their own", on, "none", str(score.counted))
    yield Row("independent reports taken for copies", on, "-", str(score.taken))


def ledgers(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how many invented revision chains end with the right ledger."""
    many = options.chains
    right = many - sum(1 for _ in chains.wrong(many))
    yield Row("right final ledger", f"{many} invented chains", "0.95", f"{right / many:.3f}")


def alerts(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how well the intervals of real alerts are found again."""
    if not present(sirens.LIST.name):
        return
    score = sirens.score(options.alerts)
    on = f"the first {score.wanted:,} official alerts, replayed with losses and repeats"
    yield Row("alert intervals: F1, to the minute, level right", on, "0.99", f"{score.f1:.4f}")


def cost(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how fast claims are woven into a growing story."""
    for point in speed.curve(options.claims):
        on = f"an invented war at {point.known:,} claims"
        print(f"{on}: {point}", file=sys.stderr, flush=True)
        yield Row("speed, memory", on, "2,000; 1 GB", str(point))


def alike(options: argparse.Namespace) -> Iterator[Row]:
    """Yield how fast near-duplicates are found, beside a peer in the same run."""
    on = f"{options.dispatches:,} dispatches of the invented war"
    for name, pace in duplicates.paces(options.dispatches).items():
        figure = f"{pace.rate:,.0f} a CPU second; {pace.found:,} with a like"
        target = "2,500" if name == "sourcier" else "-"
        yield Row(f"near-duplicates: {name}", on, target, figure)


# Those that are timed come first: what the others leave in memory would slow them.
PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "alike": alike,
    "cost": cost,
    "events": events,
    "pairs": same_event,
    "copies": copies,
    "ledgers": ledgers,
    "alerts": alerts,
}


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(prog="python -m bench.weaving", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone")
    parser.add_argument("--pages", type=int, default=1_000, help="pages on shootings (1,000)")
    parser.add_argument("--families", type=int, default=200, help="families of copies (200)")
    parser.add_argument("--chains", type=int, default=60, help="revision chains (60)")
    parser.add_argument("--alerts", type=int, default=8_000, help="alerts to replay (8,000)")
    parser.add_argument("--dispatches", type=int, default=2_000, help="to compare (2,000)")
    parser.add_argument(
        "--claims", type=int, default=10_000, help="of the war (10,000; to a million)"
    )
    return parser.parse_args()


def main() -> int:
    """Measure; a part whose texts are absent is left out."""
    options = arguments()
    rows: list[Row] = []
    for name in options.only or PARTS:
        print(f"weaving: {name} ...", file=sys.stderr)
        rows += PARTS[name](options)
    page = report(rows)
    print(page)
    if not options.only:
        REPORT.write_text(page, encoding="utf-8")
    return 0


def report(rows: list[Row]) -> str:
    """Return the page that stands beside the code."""
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        "# Accuracy and speed of the weaver\n\n`python -m bench.weaving` writes this page; the module "
        "of each part says what counts as right.\n\n"
        f"| what | on | target | measured |\n|---|---|---|---|\n{lines}\n"
    )


if __name__ == "__main__":
    sys.exit(main())

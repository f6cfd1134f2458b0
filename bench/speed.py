"""How fast the reader reads: ``python -m bench.speed`` prints it and writes ``bench/speed.md``.

- dispatches a second: full reading of the golden dispatches in one process on one core, by CPU
  time, so that other work on the machine does not count; median of the runs after a first one.
- first reading: the same for the first run, in which no text was read before: what is remembered
  of words stems from one short dispatch in each language.
- peak memory: the process's greatest resident set after those runs.
- ready: wall time from the start of a fresh process to the end of its first reading of a short
  dispatch, and the CPU time of that process; medians of the runs. On a busy machine the first is
  the longer, on an idle one they are the same. The first start on a machine, with an empty cache,
  is measured once: it indexes the places and compiles the patterns.
- cost over length: CPU time for invented texts of up to a million characters, and the exponent of
  the power law that fits them best (1 is linear).
- beside it, where spaCy's small English pipeline is installed: its dispatches a second on the
  same texts, and the ratio.

Each part runs in a process of its own, so that none pays for another's memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.chart import chart
from bench.corpora.peers import spacy_pipeline
from bench.corpora.source import LANGUAGES, SHARED, golden_capture
from bench.corpora.source import golden as golden_records
from bench.texts import text_of
from sourcier.read import read
from sourcier.types import Capture

REPORT = Path(__file__).parent / "speed.md"
CHART = Path(__file__).parent / "speed.svg"
FASTEST, LARGEST, SOONEST = 150, 700, 2.0
"""The targets: dispatches a second or more, megabytes or less, seconds or less."""
LENGTHS = (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
GREETING = "Two people were hurt in Port Selwyn on Tuesday."
FIRST = (
    "from datetime import datetime, UTC\n"
    "from sourcier.read import read\n"
    "from sourcier.types import Capture\n"
    f"read(Capture(id='a', dispatch='a', text={GREETING!r},"
    " published=datetime(2024, 5, 1, tzinfo=UTC), language='en'))"
)


def capture_of(text: str, **given: Any) -> Capture:
    """Return an English capture of a text; `given` overrides its fields."""
    fields: dict[str, Any] = {
        "id": "a",
        "dispatch": "a",
        "published": datetime(2024, 5, 1, 12, tzinfo=UTC),
        "language": "en",
    }
    return Capture(text=text, **{**fields, **given})


def golden() -> list[Capture]:
    """Return the golden dispatches as captures."""
    return [golden_capture(record) for code in LANGUAGES for record in golden_records(code)]


def cost(work: Callable[[], object]) -> float:
    """Return the CPU seconds that a piece of work takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def throughput(runs: int) -> tuple[float, float, float]:
    """Return our dispatches a second, those of texts never read before, and the peak memory in MB."""
    captures = golden()
    for language in LANGUAGES:
        read(capture_of(GREETING, language=language))

    def work() -> None:
        for capture in captures:
            read(capture)

    fresh = len(captures) / cost(work)
    rate = _rate(work, len(captures), runs)
    return rate, fresh, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peer_throughput(runs: int) -> float | None:
    """Return the dispatches a second of spaCy's small English pipeline; None where absent."""
    pipeline = spacy_pipeline()
    if not pipeline:
        return None
    texts = [capture.text for capture in golden()]
    return _rate(lambda: [pipeline(text) for text in texts], len(texts), runs)


def _rate(work: Callable[[], object], many: int, runs: int) -> float:
    work()
    return many / statistics.median(cost(work) for _ in range(runs))


def ready(runs: int) -> tuple[float, float]:
    """Return the wall and CPU seconds from the start of a process to its first reading."""
    walls, cpus = zip(*(_started() for _ in range(runs)), strict=True)
    return statistics.median(walls), statistics.median(cpus)


def first_start() -> tuple[float, float]:
    """Return the same with an empty cache, as on a machine where the reader never ran."""
    with tempfile.TemporaryDirectory() as folder:
        return _started({"XDG_CACHE_HOME": folder})


def _started(given: Mapping[str, str] | None = None) -> tuple[float, float]:
    start, before = time.perf_counter(), _children()
    subprocess.run([sys.executable, "-c", FIRST], check=True, env={**os.environ, **(given or {})})
    return time.perf_counter() - start, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def curve(longest: int) -> list[tuple[int, float]]:
    """Return the CPU seconds for texts of growing length."""
    read(capture_of(text_of(LENGTHS[0])))
    return [(length, _reading_cost(length)) for length in LENGTHS if length <= longest]


def _reading_cost(length: int) -> float:
    capture = capture_of(text_of(length))
    return cost(lambda: read(capture))


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through points in log-log coordinates."""
    xs, ys = [log(x) for x, _ in points], [log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work` returns in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


@dataclass(frozen=True)
class Measured:
    """What was measured: dispatches a second of ours, of ours read for the first time and of the peer
    (None: not installed), MB at most, wall and CPU seconds to the first reading (`first`: with an
    empty cache), CPU seconds for texts of some lengths, how many processes waited for a core."""

    rate: float
    fresh: float
    peer: float | None
    memory: float
    ready: tuple[float, float]
    first: tuple[float, float]
    points: list[tuple[int, float]]
    load: float


def measured(runs: int, longest: int) -> Measured:
    """Measure everything; what is being measured goes to standard error."""
    load = os.getloadavg()[0]
    _say("dispatches a second")
    rate, fresh, memory = apart(throughput, runs)
    _say("spaCy on the same texts")
    peer = apart(peer_throughput, runs)
    _say("cost over length")
    points = apart(curve, longest)
    _say("ready")
    ready(1)
    return Measured(rate, fresh, peer, memory, ready(runs), first_start(), points, load)


def _say(what: str) -> None:
    print(f"speed: {what}", file=sys.stderr, flush=True)


def report(found: Measured, runs: int) -> str:
    """Return all measurements as Markdown."""
    wall, cpu = found.ready
    first, first_cpu = found.first
    rows = (
        ("dispatches a second", f"{FASTEST} or more", f"{found.rate:.0f}", found.rate >= FASTEST),
        ("peak memory", f"{LARGEST} MB or less", f"{found.memory:.0f} MB", found.memory <= LARGEST),
        (
            "ready",
            f"{SOONEST:.0f} s or less",
            f"{wall:.2f} s ({cpu:.2f} s of CPU)",
            wall <= SOONEST,
        ),
    )
    table = "\n".join(
        f"| {what} | {target} | {figure} | {'met' if met else 'short'} |"
        for what, target, figure, met in rows
    )
    return (
        f"# Speed and memory of the reader\n\n`make bench` writes this page. {_today()}: {runs} runs, "
        f"medians, one core, Python {sys.version.split()[0]}. {_noise(found.load)}\n\n"
        f"| what | target | measured | verdict |\n|---|---|---:|---|\n{table}\n\n"
        f"Texts that were never read before, one run: {found.fresh:.0f} dispatches a second. The first "
        f"start on a machine, which fills the cache: {first:.1f} s ({first_cpu:.1f} s of CPU).\n\n"
        f"spaCy's small English pipeline on the same texts, in the same run: {_beside(found)}.\n\n"
        f"## Cost over length\n\n![Processor time over length]({CHART.name})\n\n"
        f"{_curve(found.points)}\n\n"
        f"Exponent: {exponent(found.points):.2f} over all lengths, "
        f"{exponent(found.points[-3:]):.2f} over the three longest (1 is linear).\n"
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _noise(load: float) -> str:
    """Return what other work there was; it costs CPU time, too, where cores share their caches."""
    cores = os.cpu_count() or 1
    busy = "a busy machine: figures are worse than on an idle one" if load > cores / 2 else "idle"
    return f"Load before the run: {load:.1f} on {cores} cores ({busy})."


def _beside(found: Measured) -> str:
    if found.peer is None:
        return "not installed (`make peers`)"
    return f"{found.peer:.0f} dispatches a second; ours is {found.rate / found.peer:.1f} times that"


def _curve(points: Sequence[tuple[int, float]]) -> str:
    rows = "\n".join(
        f"| {length:,} | {seconds:.3f} | {1e6 * seconds / length:.1f} |"
        for length, seconds in points
    )
    return f"| characters | seconds | microseconds a character |\n|---:|---:|---:|\n{rows}"


def main() -> int:
    """Measure, print and write the page with its chart; nothing where there are no dispatches."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure speed.")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement (5)")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="longest text, characters")
    options = parser.parse_args()
    if not golden():
        print(f"speed: no golden dispatches in {SHARED}: nothing measured", file=sys.stderr)
        return 0
    found = measured(options.runs, options.longest)
    page = report(found, options.runs)
    print(page)
    REPORT.write_text(page, encoding="utf-8")
    CHART.write_text(chart(found.points), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

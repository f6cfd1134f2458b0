"""The page of all measurements, and the errors of a corpus with their context.

The page holds figures, names of documents and spans; no words of a corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.corpora.rows import Beside, Error, Item, Row

HEAD = (
    "| corpus | item | documents | wanted | P | R | F1 | target | verdict "
    "| beside it, same run | reported elsewhere |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---|---|---|"
)
INTRODUCTION = """# Accuracy of the reader

`make accuracy` measures all of this in one run and writes this page; the module of each corpus in
`bench/corpora` says what counts as right. P, R, F1: precision, recall and their harmonic mean; the
figure that the target is set for is **bold**: F1, or, for questions with one answer each, the share
answered rightly, which is R. Beside it: other systems, on the documents named, in the same run and
by the same rules. Reported elsewhere: figures published or measured by others, not always by the
same rules.
"""
COSTLIEST = """## The ten costliest kinds of errors

Over all rows. A case costs 100 / (what its row wants), that is the points of the row that it takes
away; rows that want fewer than 50 count as wanting 50. What one row misses may be another's error
too: a wrong day is a wrong occurrence. Examples by document and characters.
"""
LEAST_WANTED = 50


def page(rows: Sequence[Row], peers: Mapping[str, str]) -> str:
    """Return the page; `peers` are the versions of the other systems that are installed."""
    aimed = [row for row in rows if row.met is not None]
    short = [row for row in aimed if not row.met]
    sections = [
        INTRODUCTION,
        _documents(rows),
        _installed(peers),
        f"{len(aimed) - len(short)} of {len(aimed)} targets are met.\n",
        table(rows) + "\n",
        COSTLIEST,
        costliest(rows) + "\n",
        "## What stands in the way of the targets not met\n",
        "\n".join(map(_obstacles, short)) + "\n" if short else "Nothing: all are met.\n",
    ]
    return "\n".join(sections)


def _documents(rows: Iterable[Row]) -> str:
    some = {row.corpus: f"{row.corpus} {row.documents} of {row.of}" for row in rows}
    if all(row.documents == row.of for row in rows):
        return "All documents of every corpus that is here were read.\n"
    return f"Documents read, spread evenly over each corpus: {', '.join(some.values())}.\n"


def _installed(peers: Mapping[str, str]) -> str:
    if not peers:
        return "No other system is installed here: `make peers` installs some.\n"
    return "Other systems: " + ", ".join(f"{name} {peers[name]}" for name in peers) + ".\n"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as Markdown."""
    return "\n".join([HEAD, *map(_line, rows)])


def _line(row: Row) -> str:
    cells = [
        row.corpus,
        row.item.name,
        str(row.documents),
        str(row.ours.wanted),
        number(row.ours.precision),
        _bold(row.ours.recall, row.item.measure == "accuracy"),
        _bold(row.ours.f1, row.item.measure == "F1"),
        "-" if row.item.target is None else f"{row.item.target:.2f}",
        verdict(row),
        ", ".join(_beside(row.item, peer) for peer in row.peers) or "-",
        row.item.reported or "-",
    ]
    return "| " + " | ".join(cells) + " |"


def verdict(row: Row) -> str:
    """Say whether a row meets its target, and how far it falls short."""
    if row.met is None:
        return "-"
    return "met" if row.met else f"short by {(row.item.target or 0) - (row.figure or 0):.3f}"


def number(figure: float | None) -> str:
    """Return a figure with three decimals."""
    return "-" if figure is None else f"{figure:.3f}"


def _bold(figure: float | None, bold: bool) -> str:
    return f"**{number(figure)}**" if bold else number(figure)


def _beside(item: Item, peer: Beside) -> str:
    if peer.tally is None:
        return f"{peer.name} not installed"
    return f"{peer.name} {number(item.figure(peer.tally))} (on {peer.documents})"


@dataclass
class Cases:
    """The cases of one kind of error: their cost in points, how many in which corpus, the first."""

    cost: float = 0.0
    where: Counter[str] = field(default_factory=Counter)
    example: str = ""


def ranked(rows: Iterable[Row]) -> list[tuple[str, Cases]]:
    """Return the kinds of errors, costliest first."""
    kinds: dict[str, Cases] = defaultdict(Cases)
    for row in rows:
        for error in row.ours.errors if row.item.ranked else ():
            cases = kinds[error.kind]
            cases.cost += 100 / max(LEAST_WANTED, row.ours.wanted)
            cases.where[row.corpus] += 1
            start, end = error.span
            cases.example = cases.example or f"{row.corpus}, {error.document}, {start} to {end}"
    return sorted(kinds.items(), key=lambda item: (-item[1].cost, item[0]))


def costliest(rows: Iterable[Row], many: int = 10) -> str:
    """Return the costliest kinds of errors as Markdown."""
    lines = [
        f"| {kind} | {cases.cost:.1f} | {cases.where.total()} | "
        + ", ".join(f"{corpus} {count}" for corpus, count in cases.where.most_common(5))
        + f" | {cases.example} |"
        for kind, cases in ranked(rows)[:many]
    ]
    head = "| kind | cost | cases | most in | for example |\n|---|---:|---:|---|---|"
    return "\n".join([head, *lines])


def _obstacles(row: Row, many: int = 3) -> str:
    """Name the commonest errors of a row."""
    counted = Counter(error.kind for error in row.ours.errors)
    commonest = "; ".join(f"{kind} ({count})" for kind, count in counted.most_common(many))
    return f"- {row.corpus}, {row.item.name}, {verdict(row)}: {commonest or 'see its parts'}."


def errors(rows: Sequence[Row], kinds: int, examples: int = 3) -> str:
    """Return the commonest kinds of errors of some rows, each with its keys and examples in context."""
    grouped: dict[str, list[Error]] = defaultdict(list)
    for row in rows:
        for error in row.ours.errors:
            detail = f" ({error.detail})" if error.detail else ""
            grouped[f"{row.corpus}, {row.item.name}: {error.kind}{detail}"].append(error)
    most = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))[:kinds]
    return "\n\n".join(
        f"## {len(cases)} x {kind}\n{_common(cases)}\n" + _examples(cases, examples)
        for kind, cases in most
    )


def _common(cases: Sequence[Error], many: int = 15) -> str:
    """Return the commonest keys of some errors with their counts, those seen twice or more."""
    counted = Counter(" ".join(error.key.split()) for error in cases).most_common(many)
    return "commonest: " + ", ".join(
        f"{key or '(none)'} {count}" for key, count in counted if count > 1
    )


def _examples(cases: Sequence[Error], many: int) -> str:
    """Return examples of the commonest keys, a key once, then spread over the rest."""
    counted = Counter(error.key for error in cases)
    by_key = {error.key: error for error in reversed(cases)}
    best = sorted(by_key.values(), key=lambda error: -counted[error.key])
    chosen = best[:many] + [e for e in cases if e not in best[:many]][: max(0, many - len(best))]
    return "\n".join(f"- {error.document}: {' '.join(error.context.split())}" for error in chosen)

"""The table of all corpora, and the errors of one of them with their context."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bench.corpora.rows import Error, Row, Tally

HEAD = "| corpus | item | measure | documents | wanted | target | ours | P | R | peer here | reported |"
RULE = "|---|---|---|---:|---:|---:|---:|---:|---:|---|---|"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as Markdown; a figure that misses its target is in italics."""
    return "\n".join([HEAD, RULE, *map(_line, rows)])


def _line(row: Row) -> str:
    cells = [
        row.corpus,
        row.item,
        row.measure,
        str(row.documents),
        str(row.ours.wanted),
        "-" if row.target is None else f"{row.target:.2f}",
        _ours(row),
        *_parts(row),
        _peer(row),
        row.published or "-",
    ]
    return "| " + " | ".join(cells) + " |"


def _ours(row: Row) -> str:
    figure = row.figure
    if figure is None:
        return "-"
    short = row.target is not None and figure < row.target
    return f"_{figure:.3f}_" if short else f"**{figure:.3f}**"


def _parts(row: Row) -> tuple[str, str]:
    if row.measure != "F1":
        return "", ""
    return _number(row.ours.precision), _number(row.ours.recall)


def _number(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _peer(row: Row) -> str:
    if row.peer is None:
        return "-"
    if row.theirs is None:
        return f"{row.peer} not installed"
    some = f" (on {row.beside})" if row.beside and row.beside < row.documents else ""
    return f"{row.peer} {_value(row, row.theirs)}{some}"


def _value(row: Row, tally: Tally) -> str:
    return _number(row.value(tally))


def errors(rows: Sequence[Row], kinds: int, examples: int = 3) -> str:
    """Return the kinds of errors that cost most, each with its commonest words and examples."""
    grouped: dict[str, list[Error]] = defaultdict(list)
    for row in rows:
        for error in row.ours.errors:
            grouped[f"{row.corpus} {row.item}: {error.kind}"].append(error)
    ranked = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))[:kinds]
    return "\n\n".join(
        f"## {len(cases)} x {kind}\n{_common(cases)}\n" + _examples(cases, examples)
        for kind, cases in ranked
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

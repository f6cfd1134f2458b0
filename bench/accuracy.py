"""How well the reader reads: one table over the golden dispatches, per language and item.

``make accuracy`` runs it: it prints the table and writes ``bench/accuracy.md``. The golden
dispatches are looked for in ``$SOURCIER_SHARED/gold``, else in ``../shared/gold``.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from sourcier.read import read
from sourcier.types import Capture

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SOURCIER_SHARED") or HERE.parents[1] / "shared")
LANGUAGES = ("fr", "en", "uk", "ru")

Record = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Pair:
    """A golden dispatch and what the reader made of it, both as plain data."""

    gold: Record
    ours: list[Record]

    def both(self, kind: str) -> tuple[list[Record], list[Record]]:
        """Return the golden claims and ours of one kind."""
        return (
            [claim for claim in self.gold["claims"] if claim["kind"] == kind],
            [claim for claim in self.ours if claim["kind"] == kind],
        )


@dataclass
class Score:
    """Found, right and wanted; the keys that were missed or made up, with their dispatch."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[tuple[str, Key]] = field(default_factory=list)
    made_up: list[tuple[str, Key]] = field(default_factory=list)

    def add(self, dispatch: str, gold: Iterable[Key], ours: Iterable[Key]) -> None:
        """Count one dispatch."""
        expected, actual = Counter(gold), Counter(ours)
        self.right += (expected & actual).total()
        self.found += actual.total()
        self.wanted += expected.total()
        self.missed += [(dispatch, key) for key in (expected - actual).elements()]
        self.made_up += [(dispatch, key) for key in (actual - expected).elements()]

    @property
    def f1(self) -> float | None:
        """F1; None where there was nothing to find and nothing found."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else None


def pairs(language: str) -> list[Pair]:
    """Read the golden dispatches of a language."""
    path = SHARED / "gold" / f"{language}.jsonl"
    golden = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    return [Pair(record, reading(record)) for record in golden]


def reading(record: Record) -> list[Record]:
    """Return our claims of one golden dispatch, as plain data."""
    capture = Capture(
        id=record["id"],
        dispatch=record["id"],
        text=record["text"],
        published=datetime.fromisoformat(record["published"]),
        zone=record["zone"],
        language=record["language"],
        publisher=record["publisher"],
    )
    claims: list[Record] = msgspec.to_builtins(read(capture).claims)
    return claims


def toll_key(claim: Record) -> Key:
    return claim["outcome"], claim["low"], claim["high"], claim["qualifier"]


def speaker(claim: Record) -> str:
    """Return the origin of a claim, case and articles aside."""
    if not claim["attribution"]:
        return ""
    origin = claim["attribution"][-1]
    return str(origin["name"] or origin["organisation"] or origin["role"] or "").casefold()


def same_speaker(gold: Record, ours: Record) -> bool:
    """Tell whether two claims name the same origin, whatever the case of its words."""
    one, other = speaker(gold), speaker(ours)
    return one == other or (bool(one) and bool(other) and _stems(one) == _stems(other))


def _stems(name: str) -> list[str]:
    return [word[: max(4, len(word) - 3)] for word in name.split() if len(word) > 2]


def place_key(claim: Record) -> Any:
    """Return the name and the country of a place, which tell places apart as their ids do."""
    place = claim["place"]
    return (place["name"], place["country"]) if place else None


def day(claim: Record) -> str | None:
    """Return the day of a claim in the zone of its time."""
    time = claim["time"]
    if not time:
        return None
    start = datetime.fromisoformat(time["start"]).astimezone(ZoneInfo(time["zone"]))
    return start.date().isoformat()


def occurrence_key(claim: Record) -> Key:
    return claim["type"], place_key(claim), day(claim)


def alert_key(claim: Record) -> Key:
    return claim["state"], claim["hazard"], place_key(claim) or claim["area"]


def measure_key(claim: Record) -> Key:
    return (claim["span"][0] // 40,)


def time_key(claim: Record) -> Key | None:
    time = claim["time"]
    return (instant(time["start"]), instant(time["end"])) if time else None


def instant(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(ZoneInfo("UTC")).isoformat()


def keyed(kind: str, key: Callable[[Record], Key]) -> Callable[[Sequence[Pair]], Score]:
    """Return a measure that compares the claims of a kind by a key."""

    def measure(corpus: Sequence[Pair]) -> Score:
        score = Score()
        for pair in corpus:
            gold, ours = pair.both(kind)
            score.add(pair.gold["id"], map(key, gold), map(key, ours))
        return score

    return measure


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Return intersection over union of two spans."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def aligned(
    gold: Sequence[Record], ours: Sequence[Record], span: str, least: float
) -> list[tuple[Record, Record]]:
    """Return the pairs of claims whose spans overlap best, each used once."""
    ranked = sorted(
        (
            (-overlap(one[span], other[span]), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(ours)
        ),
    )
    matched: list[tuple[Record, Record]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for negative, i, j in ranked:
        if -negative >= least and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            matched.append((gold[i], ours[j]))
    return matched


def by_overlap(kind: str, span: str, least: float) -> Callable[[Sequence[Pair]], Score]:
    """Return a measure that counts claims found where their spans overlap enough."""

    def measure(corpus: Sequence[Pair]) -> Score:
        score = Score()
        for pair in corpus:
            gold, ours = pair.both(kind)
            matched = aligned(gold, ours, span, least)
            score.add(pair.gold["id"], (), ())
            score.right += len(matched)
            score.found += len(ours)
            score.wanted += len(gold)
            hit = {id(claim) for match in matched for claim in match}
            name = pair.gold["id"]
            score.missed += [(name, (c["quote"],)) for c in gold if id(c) not in hit]
            score.made_up += [(name, (c["quote"],)) for c in ours if id(c) not in hit]
        return score

    return measure


def of_found(
    kinds: Sequence[str], agree: Callable[[Record, Record], bool]
) -> Callable[[Sequence[Pair]], Score]:
    """Return a measure of agreement over the claims that were found (spans overlap by a third)."""

    def measure(corpus: Sequence[Pair]) -> Score:
        score = Score()
        for pair in corpus:
            for kind in kinds:
                gold, ours = pair.both(kind)
                span = "content" if kind == "statement" else "span"
                for one, other in aligned(gold, ours, span, 0.3):
                    score.found += 1
                    score.wanted += 1
                    score.right += agree(one, other)
                    if not agree(one, other):
                        score.missed.append((pair.gold["id"], (one["quote"],)))
        return score

    return measure


def mention_values(part: str, key: Callable[[Record], Any]) -> Callable[[Sequence[Pair]], Score]:
    """Return a measure of the different values of a part (time, place) over a dispatch's claims."""

    def measure(corpus: Sequence[Pair]) -> Score:
        score = Score()
        for pair in corpus:
            gold = {key(claim) for claim in pair.gold["claims"] if claim[part]}
            ours = {key(claim) for claim in pair.ours if claim[part]}
            score.add(pair.gold["id"], ((k,) for k in gold), ((k,) for k in ours))
        return score

    return measure


ALL_KINDS = ("toll", "statement", "occurrence", "alert", "measure")
MEASURES: dict[str, Callable[[Sequence[Pair]], Score]] = {
    "toll: outcome, low, high, qualifier": keyed("toll", toll_key),
    "toll: claimant, of those found": of_found(["toll"], same_speaker),
    "statement: content overlaps by half": by_overlap("statement", "content", 0.5),
    "statement: speaker, of those found": of_found(["statement"], same_speaker),
    "occurrence: type, place, day": keyed("occurrence", occurrence_key),
    "occurrence: type": keyed("occurrence", lambda claim: (claim["type"],)),
    "alert: state, hazard, place": keyed("alert", alert_key),
    "measure: words overlap by a third": by_overlap("measure", "span", 0.3),
    "role, of those found": of_found(ALL_KINDS, lambda a, b: bool(a["role"] == b["role"])),
    "stance, of those found": of_found(ALL_KINDS, lambda a, b: bool(a["stance"] == b["stance"])),
    "time: values": mention_values("time", time_key),
    "place: ids": mention_values("place", place_key),
}


def table(scores: dict[str, dict[str, Score]]) -> str:
    """Return the table as Markdown: a row an item, a column a language."""
    head = "| item | " + " | ".join(LANGUAGES) + " |"
    rule = "|---|" + "---:|" * len(LANGUAGES)
    rows = [
        f"| {item} | " + " | ".join(cell(row[language]) for language in LANGUAGES) + " |"
        for item, row in scores.items()
    ]
    return "\n".join([head, rule, *rows])


def cell(score: Score) -> str:
    """Return a score as F1 with what it rests on."""
    return "-" if score.f1 is None else f"{score.f1:.3f} ({score.wanted})"


def costliest(scores: dict[str, dict[str, Score]], many: int = 10) -> str:
    """Return the kinds of errors with most cases, each with an example."""
    kinds = [
        (len(errors), item, language, word, errors[0])
        for item, row in scores.items()
        for language, score in row.items()
        for word, errors in (("missed or wrong", score.missed), ("made up", score.made_up))
        if errors
    ]
    kinds.sort(key=lambda kind: (-kind[0], kind[1:4]))
    return "\n".join(
        f"{number}. {count} × {language}, {item}: {word}; for example {dispatch} `{key}`"
        for number, (count, item, language, word, (dispatch, key)) in enumerate(kinds[:many], 1)
    )


def main() -> int:
    """Print the table and write it to ``bench/accuracy.md``; 1 where there is nothing to measure."""
    if not (SHARED / "gold").is_dir():
        print(f"accuracy: no golden dispatches in {SHARED}: nothing measured", file=sys.stderr)
        return 1
    corpora = {language: pairs(language) for language in LANGUAGES}
    scores = {
        item: {language: measure(corpora[language]) for language in LANGUAGES}
        for item, measure in MEASURES.items()
    }
    report = (
        f"# Accuracy on the golden dispatches\n\nF1 (number of golden items).\n\n{table(scores)}"
    )
    report += f"\n\n## The ten costliest kinds of errors\n\n{costliest(scores)}\n"
    print(report)
    (HERE / "accuracy.md").write_text(report, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

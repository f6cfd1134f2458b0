"""MUC-3/4: dispatches on attacks in Latin America, with the human targets of each incident.

A document counts where its templates give a human target. Lines are joined into paragraphs first.

Human-target number: a golden fill is a number with the words for its target ("6: JESUITS"), once a
document. Ours are the different counts (outcome, low, high) of people killed, injured, missing or
captured, those of attackers aside: who attacks or is arrested is no target. A count is right where
its number is the fill's ("at least", "at most", "about" and "several" are read as written) and it
stands in a sentence that holds a word of the target; each answers one fill.

Effect: a golden fill is DEATH or INJURY with its target. A count of killed or injured is right
where a word of a target with that effect is in its sentence; a fill is met where such a count is
found. Several fills may be met by one count ("killed six priests and their cook").

Optional fills are right when found and not missed when absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.accuracy import Record
from bench.corpora.rows import Error, Row, Tally, excerpt, matched, sampled
from bench.corpora.source import missing, reading, records
from sourcier.types import Toll

FILES = ("muc4-visible.jsonl.gz",)
NUMBER, EFFECT = "HUM TGT: NUMBER", "HUM TGT: EFFECT OF INCIDENT"
COUNTED = {"killed", "injured", "missing", "captured", "casualties"}
EFFECTS = {"DEATH": ("killed", "casualties"), "INJURY": ("injured", "casualties")}
DATELINE = re.compile(r"(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\w* (\d\d)")
SENTENCE_END = re.compile(r"(?<=[.!?\]])\s+|\n\n")
STOP = {"THE", "AND", "OF", "HIS", "HER", "THEIR", "FROM", "IN", "A"}


@dataclass(frozen=True)
class Fill:
    """A golden fill: its value ("6", "5-", "~30", "PLURAL", "DEATH"), its target's words."""

    value: str
    words: frozenset[str]
    target: str
    optional: bool


@dataclass(frozen=True)
class Count:
    """A count of ours with the words of the sentence that it stands in."""

    toll: Toll
    words: frozenset[str]


def score(sample: int | None, beside: int | None = None) -> list[Row]:  # noqa: ARG001 (no peer)
    """Return the rows for human-target numbers and effects."""
    if missing(*FILES):
        return []
    documents = [record for record in records(FILES[0]) if fills(record, NUMBER)]
    documents = sampled(documents, sample)
    numbers, effects = Tally(), Tally()
    for record in documents:
        text = paragraphs(record["text"])
        counts = counted(text, reading(record["id"], text, dateline(text)).claims)
        add_numbers(numbers, record, text, counts)
        add_effects(effects, record, text, counts)
    many = len(documents)
    return [
        Row("MUC-4", "human-target number", "F1", many, numbers, 0.66, published="0.60 (MUC-4)"),
        Row("MUC-4", "human-target effect", "F1", many, effects, 0.62, published="0.57 (MUC-4)"),
    ]


def paragraphs(text: str) -> str:
    """Return a text whose lines are joined; a blank line still parts paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))


def dateline(text: str) -> datetime:
    """Return noon of the day that the dateline gives; some day of 1990 where it gives none."""
    found = DATELINE.search(text)
    if not found:
        return datetime(1990, 1, 1, 12, tzinfo=UTC)
    day, month, year = found.groups()
    return datetime.strptime(f"{day} {month} 19{year} 12", "%d %b %Y %H").replace(tzinfo=UTC)


def fills(record: Record, slot: str) -> list[Fill]:
    """Return the different fills of a slot over a document's templates."""
    found: dict[tuple[str, frozenset[str]], Fill] = {}
    for template in record["templates"]:
        spare = "OPTIONAL" in " ".join(template.get("MESSAGE: TEMPLATE", ()))
        for written in template.get(slot, ()):
            value, _, target = written.partition(":")
            words = vocabulary(" ".join(re.findall(r'"([^"]+)"', target)))
            optional = spare or value.startswith("?")
            value = value.strip("?() ")
            if words and value not in ("", "-", "*"):
                found.setdefault((value, words), Fill(value, words, target.strip(), optional))
    return list(found.values())


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text in capitals, plural endings and small words aside."""
    words = re.findall(r"[A-Z]{3,}", text.upper())
    return frozenset(word.rstrip("S") for word in words if word not in STOP)


def counted(text: str, claims: tuple[object, ...]) -> list[Count]:
    """Return the different counts of people among claims."""
    tolls = [claim for claim in claims if isinstance(claim, Toll) and _of_targets(claim)]
    return list(
        {
            (toll.outcome, toll.low, toll.high): Count(toll, vocabulary(sentence(text, toll)))
            for toll in reversed(tolls)
        }.values()
    )[::-1]


def _of_targets(toll: Toll) -> bool:
    return toll.outcome in COUNTED and toll.low != 0 and "attackers" not in toll.of


def sentence(text: str, toll: Toll) -> str:
    """Return the sentence or sentences that a count stands in."""
    start, end = toll.span
    before = [cut.end() for cut in SENTENCE_END.finditer(text, max(0, start - 600), start)]
    after = SENTENCE_END.search(text, end)
    return text[before[-1] if before else max(0, start - 600) : after.start() if after else None]


def same_number(value: str, toll: Toll) -> bool:
    """Tell whether a count has one of the numbers that a fill allows."""
    return any(_same(part.strip(), toll) for part in value.split("/"))


def _same(written: str, toll: Toll) -> bool:
    if written == "PLURAL":
        return toll.low is None or toll.low > 1
    digits = re.sub(r"\D", "", written)
    if not digits:
        return False
    return int(digits) in (
        (toll.high,) if written.startswith("-")
        else (toll.low,) if written.endswith("-")
        else (toll.low, toll.high)
    )  # fmt: skip


def add_numbers(tally: Tally, record: Record, text: str, counts: list[Count]) -> None:
    """Count the numbers of one document."""
    golden = sorted(fills(record, NUMBER), key=lambda fill: fill.optional)
    pairs = matched(
        golden, counts, lambda g, c: bool(g.words & c.words) and same_number(g.value, c.toll)
    )
    met, used = {i for i, _ in pairs}, {j for _, j in pairs}
    wanted = [i for i, fill in enumerate(golden) if not fill.optional or i in met]
    tally.add(len(used), len(counts), len(met), len(wanted))
    for i in wanted:
        if i not in met:
            tally.errors.append(_missed("number", record, text, golden[i], counts))
    tally.errors += [
        _made_up("number", record, text, count) for j, count in enumerate(counts) if j not in used
    ]


def add_effects(tally: Tally, record: Record, text: str, counts: list[Count]) -> None:
    """Count the effects of one document."""
    golden = [fill for fill in fills(record, EFFECT) if fill.value in EFFECTS]
    hurt = [count for count in counts if count.toll.outcome in ("killed", "injured", "casualties")]
    met = [fill for fill in golden if any(_has_effect(fill, count) for count in hurt)]
    right = [count for count in hurt if any(_has_effect(fill, count) for fill in golden)]
    wanted = [fill for fill in golden if not fill.optional or fill in met]
    tally.add(len(right), len(hurt), len(met), len(wanted))
    tally.errors += [
        _missed("effect", record, text, fill, hurt) for fill in wanted if fill not in met
    ]
    tally.errors += [_made_up("effect", record, text, c) for c in hurt if c not in right]


def _has_effect(fill: Fill, count: Count) -> bool:
    return count.toll.outcome in EFFECTS[fill.value] and bool(fill.words & count.words)


def _missed(item: str, record: Record, text: str, fill: Fill, counts: list[Count]) -> Error:
    near = [count for count in counts if count.words & fill.words]
    why = "other value read beside its target" if near else "nothing read beside its target"
    read = "; ".join(f"{c.toll.outcome} {c.toll.low}-{c.toll.high}" for c in near)
    return Error(
        f"{item} missed, {why}",
        fill.value,
        record["id"],
        f"gold {fill.value}: {fill.target}; read {read or 'nothing'} | "
        + " … ".join(_mentions(text, fill)),
    )


def _mentions(text: str, fill: Fill, many: int = 2) -> Iterator[str]:
    """Yield where a text names a target beside a word of harm, or names it at all."""
    names = "|".join(re.escape(word) for word in sorted(fill.words, key=len, reverse=True))
    harm = r"KILL|DEA|DIE|MURDER|ASSASSIN|SHOT|WOUND|INJUR|HURT|KIDNAP|ABDUCT|BOD"
    near = list(re.finditer(rf"\b({names})(?=.{{0,90}}\b({harm}))", text, re.IGNORECASE))
    near += list(re.finditer(rf"\b({harm})\w*(?=.{{0,90}}\b({names}))", text, re.IGNORECASE))
    near = near or list(re.finditer(rf"\b({names})", text, re.IGNORECASE))
    yield from (excerpt(text, hit.span(), 110) for hit in near[:many])


def _made_up(item: str, record: Record, text: str, count: Count) -> Error:
    toll = count.toll
    key = f"{toll.outcome} {toll.low}-{toll.high} {toll.role}"
    kind = f"{item} made up, {toll.outcome}, {toll.role}"
    return Error(kind, key, record["id"], excerpt(text, toll.span))

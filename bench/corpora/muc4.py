"""MUC-3/4: dispatches on attacks in Latin America, with the human targets of each incident.

A document counts where its templates give a human target. Lines are joined into paragraphs first.

Human-target number: a golden fill is a number with the words for its target ("6: JESUITS"), once a
document. Ours are the counts of people killed, injured, missing or captured in an incident (running
counts tell of many), those of attackers and guerrillas aside: who attacks or is arrested is no
target. Templates have a fill for each person named, so that people listed one by one ("the judge
and her driver") are counts of one each. A count is right where its number is the fill's ("at least",
"at most", "about" and "several" are read as written) and it stands in a sentence that holds a word
of the target; each answers one fill. The same figure (outcome, low, high) told again is neither
right nor wrong a second time, unless it answers another fill.

Effect: a golden fill is DEATH or INJURY with its target. A figure of killed or injured is right
where a word of a target with that effect is in a sentence that tells it; a fill is met where such a
figure is found. Several fills may be met by one ("killed six priests and their cook").

Optional fills are right when found and not missed when absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.corpora.corpus import Corpus
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt, matched
from bench.corpora.source import Record, reading, records
from sourcier.types import Toll

FILE = "muc4-visible.jsonl.gz"
NUMBER, EFFECT = "HUM TGT: NUMBER", "HUM TGT: EFFECT OF INCIDENT"
COUNTED = {"killed", "injured", "missing", "captured", "casualties"}
EFFECTS = {"DEATH": ("killed", "casualties"), "INJURY": ("injured", "casualties")}
DATELINE = re.compile(r"(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\w* (\d\d)")
SENTENCE_END = re.compile(r"(?<=[.!?\]])\s+|\n\n")
PERPETRATORS = frozenset(
    ("GUERRILLA", "SUBVERSIVE", "REBEL", "EXTREMIST", "TERRORIST", "INSURGENT", "CRIMINAL")
)
LISTED = re.compile(r",? AND |, ", re.IGNORECASE)
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
    """A count of ours, or one of its people, with the words of the sentence that it stands in."""

    toll: Toll
    words: frozenset[str]
    low: int | None
    high: int | None

    @property
    def figure(self) -> tuple[str, int | None, int | None]:
        """What is counted once, however often it is told."""
        return self.toll.outcome, self.low, self.high


def documents() -> list[Record]:
    """Return the dispatches whose templates give a human target."""
    return [record for record in records(FILE) if fills(record, NUMBER)]


def score(record: Record) -> Tallies:
    """Read one dispatch and return the tallies of its numbers and effects."""
    text = paragraphs(record["text"])
    counts = counted(text, reading(record["id"], text, dateline(text)).claims)
    return {
        "human-target number": numbers(record, text, counts),
        "human-target effect": effects(record, text, counts),
    }


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
    """Return the counts of people among claims."""
    tolls = [claim for claim in claims if isinstance(claim, Toll) and _of_targets(claim)]
    return [count for toll in tolls for count in _each(text, toll)]


def _each(text: str, toll: Toll) -> list[Count]:
    """Return a count, or one for each of its people where the text lists them without a number."""
    around = vocabulary(sentence(text, toll))
    names = LISTED.split(toll.words or "")
    if len(names) == toll.low != 1:
        return [Count(toll, around, 1, 1) for _ in names]
    return [Count(toll, around, toll.low, toll.high)]


def _of_targets(toll: Toll) -> bool:
    attacks = "attackers" in toll.of or PERPETRATORS & vocabulary(toll.quote)
    single = toll.scope == "event" and toll.role != "cumulative"
    return toll.outcome in COUNTED and toll.low != 0 and single and not attacks


def sentence(text: str, toll: Toll) -> str:
    """Return the sentence or sentences that a count stands in."""
    start, end = toll.span
    before = [cut.end() for cut in SENTENCE_END.finditer(text, max(0, start - 600), start)]
    after = SENTENCE_END.search(text, end)
    return text[before[-1] if before else max(0, start - 600) : after.start() if after else None]


def same_number(value: str, count: Count) -> bool:
    """Tell whether a count has one of the numbers that a fill allows."""
    return any(_same(part.strip(), count) for part in value.split("/"))


def _same(written: str, count: Count) -> bool:
    if written == "PLURAL":
        return count.low is None or count.low > 1
    digits = re.sub(r"\D", "", written)
    if not digits:
        return False
    return int(digits) in (
        (count.high,) if written.startswith("-")
        else (count.low,) if written.endswith("-")
        else (count.low, count.high)
    )  # fmt: skip


def numbers(record: Record, text: str, counts: list[Count]) -> Tally:
    """Compare the numbers of one document."""
    golden = sorted(fills(record, NUMBER), key=lambda fill: fill.optional)
    pairs = matched(
        golden, counts, lambda g, c: bool(g.words & c.words) and same_number(g.value, c)
    )
    met, used = {i for i, _ in pairs}, [counts[j] for _, j in pairs]
    told = {count.figure for count in used}
    others = {count.figure: count for count in counts if count.figure not in told}
    wanted = [i for i, fill in enumerate(golden) if not fill.optional or i in met]
    missed = [golden[i] for i in wanted if i not in met]
    tally = Tally(len(used), len(used) + len(others), len(met), len(wanted))
    tally.errors = _errors("number", record, text, missed, others.values(), counts)
    return tally


def effects(record: Record, text: str, counts: list[Count]) -> Tally:
    """Compare the effects of one document."""
    golden = [fill for fill in fills(record, EFFECT) if fill.value in EFFECTS]
    hurt = [count for count in counts if count.toll.outcome in ("killed", "injured", "casualties")]
    met = [fill for fill in golden if any(_has_effect(fill, count) for count in hurt)]
    right = {c.figure for c in hurt if any(_has_effect(fill, c) for fill in golden)}
    others = {count.figure: count for count in hurt if count.figure not in right}
    wanted = [fill for fill in golden if not fill.optional or fill in met]
    missed = [fill for fill in wanted if fill not in met]
    tally = Tally(len(right), len(right) + len(others), len(met), len(wanted))
    tally.errors = _errors("effect", record, text, missed, others.values(), hurt)
    return tally


def _has_effect(fill: Fill, count: Count) -> bool:
    return count.toll.outcome in EFFECTS[fill.value] and bool(fill.words & count.words)


def _errors(
    item: str,
    record: Record,
    text: str,
    missed: Iterable[Fill],
    made_up: Iterable[Count],
    counts: Sequence[Count],
) -> list[Error]:
    errors = [_missed(item, record, text, fill, counts) for fill in missed]
    return errors + [_made_up(item, record, text, count) for count in made_up]


def _missed(item: str, record: Record, text: str, fill: Fill, counts: Sequence[Count]) -> Error:
    near = [count for count in counts if count.words & fill.words]
    other = "number" if item == "number" else "outcome"
    read = "; ".join(f"{c.toll.outcome} {c.toll.low}-{c.toll.high}" for c in near)
    spans = _mentions(text, fill)
    return Error(
        f"toll: {other} another" if near else "toll: missed",
        fill.value,
        record["id"],
        f"gold {fill.value}: {fill.target}; read {read or 'nothing'} | "
        + " … ".join(excerpt(text, span, 110) for span in spans),
        near[0].toll.span if near else next(iter(spans), (0, 0)),
        f"{item} beside its target",
    )


def _mentions(text: str, fill: Fill, many: int = 2) -> list[tuple[int, int]]:
    """Return where a text names a target beside a word of harm, or names it at all."""
    names = "|".join(re.escape(word) for word in sorted(fill.words, key=len, reverse=True))
    harm = r"KILL|DEA|DIE|MURDER|ASSASSIN|SHOT|WOUND|INJUR|HURT|KIDNAP|ABDUCT|BOD"
    near = list(re.finditer(rf"\b({names})(?=.{{0,90}}\b({harm}))", text, re.IGNORECASE))
    near += list(re.finditer(rf"\b({harm})\w*(?=.{{0,90}}\b({names}))", text, re.IGNORECASE))
    near = near or list(re.finditer(rf"\b({names})", text, re.IGNORECASE))
    return [hit.span() for hit in near[:many]]


def _made_up(item: str, record: Record, text: str, count: Count) -> Error:
    toll = count.toll
    key = f"{toll.outcome} {toll.low}-{toll.high}"
    context = excerpt(text, toll.span)
    detail = f"{item}, {toll.outcome}, {toll.role}"
    return Error("toll: made up", key, record["id"], context, toll.span, detail)


CORPUS = Corpus(
    "muc4",
    "MUC-4",
    (
        Item("human-target number", "F1", 0.66, "0.60 (MUC-4)"),
        Item("human-target effect", "F1", 0.62, "0.57 (MUC-4)"),
    ),
    documents,
    score,
)

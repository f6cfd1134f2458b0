"""GVA: local news pages on shootings, with the incident's final numbers of killed and injured.

A page gives one number of killed and one of injured: the greatest count that it tells as news (as
background where it tells none as news), 0 where it tells none. Parts of a larger figure, figures
of several events and those of other spans of time are left out. The number is right where it is
the incident's. Pages without a word of killing, wounding or shooting are counted like the others.

The peer is a regular expression: the greatest number up to three words before a word of harm, else 1
where there is such a word at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from bench.accuracy import Record
from bench.corpora.rows import Error, Row, Tally, excerpt, sampled
from bench.corpora.source import missing, reading, records
from sourcier.types import Claim, Toll

FILES = ("gva-visible-docs.jsonl.gz", "gva-visible-frames.jsonl.gz")
ITEMS = {"killed": 0.82, "injured": 0.68, "both": 0.56}
PUBLISHED = {"killed": "0.745 (regex)", "injured": "0.565 (regex)", "both": "0.442 (regex)"}
Numbers = dict[str, int]

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER = r"(?P<n>\d{1,2}|" + "|".join(WORDS) + ")"
HARM = {
    "killed": r"(?:killed|dead|died|dies|fatal(?:ly)?|slain|murder(?:ed)?|homicide)",
    "injured": r"(?:injured|wounded|hurt|hospitalized|injuries)",
}
SHAPES = {
    outcome: re.compile(rf"\b{NUMBER} (?:[\w-]+ ){{0,3}}?{word}\b", re.IGNORECASE)
    for outcome, word in HARM.items()
}
TOUCHES = re.compile(
    r"\b(kill|dead|die|dying|death|fatal|homicide|murder|slain|wound|injur|hurt|hospital|shot)\w*",
    re.IGNORECASE,
)


def score(sample: int | None, beside: int | None = None) -> list[Row]:  # noqa: ARG001 (a cheap peer)
    """Return the rows for killed, injured and both, ours beside the regular expression's."""
    if missing(*FILES):
        return []
    frames = {frame["incident"]: frame for frame in records(FILES[1])}
    documents = sampled([d for d in records(FILES[0]) if d["incident"] in frames], sample)
    ours, theirs = ({item: Tally() for item in ITEMS} for _ in range(2))
    for document in documents:
        text = f"{document['title']}\n\n{document['text']}"
        golden = {outcome: int(frames[document["incident"]][outcome]) for outcome in HARM}
        claims = reading(document["id"], text, published(document)).claims
        add(ours, golden, told(claims))
        add(theirs, golden, by_regex(text))
        ours["both"].errors += wrong(document, text, golden, claims)
    return [
        Row("GVA", item, "accuracy", len(documents), ours[item], target,
            "regex", theirs[item], PUBLISHED[item])
        for item, target in ITEMS.items()
    ]  # fmt: skip


def published(document: Record) -> datetime:
    """Return noon of the page's day; some day where it has none."""
    return datetime.fromisoformat(document["dct"] or "2016-01-01").replace(hour=17, tzinfo=UTC)


def told(claims: Iterable[Claim]) -> Numbers:
    """Return the numbers of killed and injured that claims amount to."""
    return {outcome: max(map(amount, chosen(claims, outcome)), default=0) for outcome in HARM}


def chosen(claims: Iterable[Claim], outcome: str) -> list[Toll]:
    """Return the counts of an outcome that speak of the page's own event."""
    tolls = [
        claim
        for claim in claims
        if isinstance(claim, Toll)
        and claim.outcome == outcome
        and claim.scope == "event"
        and claim.role != "cumulative"
        and claim.stance != "denied"
        and not claim.part_of
    ]
    return [toll for toll in tolls if toll.role == "news"] or tolls


def amount(toll: Toll) -> int:
    """Return one number for a count: its lower bound, or its upper one."""
    return toll.low or toll.high or 0


def by_regex(text: str) -> Numbers:
    """Return the greatest number before a word of harm, 1 for such a word alone, else 0."""
    return {
        outcome: max(
            (_number(hit["n"]) for hit in SHAPES[outcome].finditer(text)),
            default=int(bool(re.search(rf"\b{word}\b", text, re.IGNORECASE))),
        )
        for outcome, word in HARM.items()
    }


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return WORDS.index(word.lower()) + 1


def add(tallies: dict[str, Tally], golden: Numbers, answer: Numbers) -> None:
    """Count one page."""
    for outcome in HARM:
        tallies[outcome].judge(golden[outcome] == answer[outcome])
    tallies["both"].judge(golden == answer)


def wrong(document: Record, text: str, golden: Numbers, claims: tuple[Claim, ...]) -> list[Error]:
    """Return an error for each number of a page that is not the incident's."""
    answer = told(claims)
    return [
        _error(document, text, outcome, golden[outcome], claims)
        for outcome in HARM
        if golden[outcome] != answer[outcome]
    ]


def _error(
    document: Record, text: str, outcome: str, golden: int, claims: tuple[Claim, ...]
) -> Error:
    tolls = chosen(claims, outcome)
    number = max(map(amount, tolls), default=0)
    spans = [toll.span for toll in tolls if amount(toll) == number]
    spans = spans or [hit.span() for hit in TOUCHES.finditer(text)]
    if not spans:
        return Error(f"{outcome}: page without a word of it", "", document["id"], text[:120])
    word = "too few" if number < golden else "too many"
    if not tolls:
        word = "none read"
    return Error(
        f"{outcome} {word}",
        f"gold {golden} read {number}",
        document["id"],
        " … ".join(excerpt(text, span, 110) for span in spans[:3]),
    )

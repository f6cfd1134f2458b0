"""GVA: local news pages on shootings, with the incident's final numbers of killed and injured.

A page gives one number of killed and one of injured: the greatest count that it tells as news (as
background where it tells none as news), 0 where it tells none. Parts of a larger figure, figures
of several events and those of other spans of time are left out. Who was shot may live or have died:
where a page tells how many (others) were injured, those "shot" count no more; where it does not, the
injured are those shot less those killed. As many injured as killed are other people where a clause
tells of both; one injured and one killed are else the same one, who died. The number is right where
it is the incident's. Pages without a word of killing, wounding or shooting are counted like the
others.

The peer is a regular expression: the greatest number up to three words before a word of harm, else 1
where there is such a word at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bench.corpora.corpus import Corpus, Peer
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt
from bench.corpora.source import Record, reading, records
from sourcier.types import Claim, Toll

FILES = ("gva-visible-docs.jsonl.gz", "gva-visible-frames.jsonl.gz")
TARGETS = {"killed": 0.82, "injured": 0.68, "both": 0.56}
REPORTED = {"killed": "0.745 (regex)", "injured": "0.565 (regex)", "both": "0.442 (regex)"}
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
SHOT = re.compile(r"\b(shot|shoots|shooting|stabbed)\b", re.IGNORECASE)
OTHERS = re.compile(r"\b(others?|another)\b", re.IGNORECASE)
NEAR = 20  # characters between two counts of one clause
TOUCHES = re.compile(
    r"\b(kill|dead|die|dying|death|fatal|homicide|murder|slain|wound|injur|hurt|hospital|shot)\w*",
    re.IGNORECASE,
)


def documents() -> list[Record]:
    """Return the pages of known incidents, each with its incident's numbers as ``golden``."""
    frames = {frame["incident"]: frame for frame in records(FILES[1])}
    return [
        {**page, "golden": {outcome: int(frames[page["incident"]][outcome]) for outcome in HARM}}
        for page in records(FILES[0])
        if page["incident"] in frames
    ]


def score(page: Record) -> Tallies:
    """Read one page and return the tallies of its numbers."""
    text = text_of(page)
    claims = reading(page["id"], text, published(page)).claims
    tallies = judged(page["golden"], told(claims))
    for outcome in HARM:
        if not tallies[outcome].met:
            tallies[outcome].errors = [_error(page, text, outcome, claims)]
    return tallies


def score_regex(page: Record) -> Tallies:
    """Return the tallies of the regular expression's numbers."""
    return judged(page["golden"], by_regex(text_of(page)))


def text_of(page: Record) -> str:
    """Return a page's title and text."""
    return f"{page['title']}\n\n{page['text']}"


def published(document: Record) -> datetime:
    """Return noon of the page's day; some day where it has none."""
    return datetime.fromisoformat(document["dct"] or "2016-01-01").replace(hour=17, tzinfo=UTC)


def told(claims: Iterable[Claim]) -> Numbers:
    """Return the numbers of killed and injured that claims amount to."""
    killed, injured = (chosen(claims, outcome) for outcome in HARM)
    dead = _greatest(killed)
    shot = [toll for toll in injured if SHOT.search(toll.quote) and not OTHERS.search(toll.quote)]
    hurt = _greatest(toll for toll in injured if toll not in shot)
    if not hurt:
        hurt = _greatest(shot)
        hurt -= 0 if hurt == dead and _beside(killed, shot) else min(dead, hurt)
    elif hurt == dead == 1 and not _beside(killed, injured):
        hurt = 0
    return {"killed": dead, "injured": hurt}


def _greatest(tolls: Iterable[Toll]) -> int:
    return max(map(amount, tolls), default=0)


def _beside(killed: Sequence[Toll], hurt: Sequence[Toll]) -> bool:
    """Tell whether a killing and another harm stand side by side, as those of two people do."""
    return any(
        0 <= max(one.span[0], other.span[0]) - min(one.span[1], other.span[1]) < NEAR
        for one in killed
        for other in hurt
    )


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


def judged(golden: Numbers, answer: Numbers) -> Tallies:
    """Compare one page's numbers."""
    tallies = {item: Tally() for item in TARGETS}
    for outcome in HARM:
        tallies[outcome].judge(golden[outcome] == answer[outcome])
    tallies["both"].judge(golden == answer)
    return tallies


def _error(page: Record, text: str, outcome: str, claims: tuple[Claim, ...]) -> Error:
    golden = page["golden"][outcome]
    tolls = chosen(claims, outcome)
    number = max(map(amount, tolls), default=0)
    spans = [toll.span for toll in tolls if amount(toll) == number]
    spans = spans or [hit.span() for hit in TOUCHES.finditer(text)] or [(0, 0)]
    word = "too few" if number < golden else "too many"
    return Error(
        f"toll of a page: {word if tolls else 'none read'}",
        f"gold {golden} read {number}",
        page["id"],
        " … ".join(excerpt(text, span, 110) for span in spans[:3]),
        spans[0],
        outcome,
    )


CORPUS = Corpus(
    "gva",
    "GVA",
    tuple(Item(item, "accuracy", TARGETS[item], REPORTED[item]) for item in TARGETS),
    documents,
    score,
    (Peer("regex", lambda: True, score_regex),),
)

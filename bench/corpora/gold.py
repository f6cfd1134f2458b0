"""The golden dispatches: short news in four languages with every claim in them.

- toll, occurrence, alert: a claim is right where its key is (outcome, low, high and qualifier; type,
  place and day; state, hazard and place); each golden claim is met once a dispatch.
- statement and measure: a claim is right where its words overlap the golden ones enough
  (intersection over union).
- claimant, speaker, role, stance: asked of the claims that were found, that is, whose words overlap
  a golden claim's by a third. A claimant is right where the origin of the claim has the golden
  one's name (where it has none, organisation or role) in the nominative, upper case aside.
- time and place values: the different values of a dispatch's claims. A place is its GeoNames id,
  or its name and country where the gold gives no id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bench.corpora.corpus import Corpus
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt
from bench.corpora.source import LANGUAGES, Record, golden, golden_capture
from sourcier.read import read

KINDS = ("toll", "statement", "occurrence", "alert", "measure")
OF_FOUND = 0.3
TYPE_ALONE = "occurrence: type"
Parts = dict[str, Any]


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

    def error(self, kind: str, claim: Record, key: Any, span: str = "span") -> Error:
        """Return an error at a claim of this dispatch."""
        words = excerpt(self.gold["text"], claim[span], 100)
        context = f"{words} | {key}"
        return Error(kind, str(key), self.gold["id"], context, tuple(claim[span]))


Measure = Callable[[Pair], Tally]


def score(record: Record) -> Tallies:
    """Read one golden dispatch and return its tallies."""
    pair = Pair(record, msgspec.to_builtins(read(golden_capture(record)).claims))
    return {item: measure(pair) for item, measure in MEASURES.items()}


def toll_parts(claim: Record) -> Parts:
    """Return what makes up a toll."""
    return {
        "outcome": claim["outcome"],
        "number": (claim["low"], claim["high"]),
        "qualifier": claim["qualifier"],
    }


def occurrence_parts(claim: Record) -> Parts:
    """Return what makes up an occurrence."""
    return {"type": claim["type"], "place": place_of(claim), "day": day(claim)}


def alert_parts(claim: Record) -> Parts:
    """Return what makes up an alert."""
    where = place_of(claim) or claim["area"]
    return {"state": claim["state"], "hazard": claim["hazard"], "place": where}


def place_of(claim: Record) -> Any:
    """Return the id of a claim's place, its name and country where it has none, or None."""
    place = claim["place"]
    return place and (place["geonames"] or (place["name"], place["country"]))


def day(claim: Record) -> str | None:
    """Return the day of a claim in the zone of its time."""
    time = claim["time"]
    if not time:
        return None
    start = datetime.fromisoformat(time["start"]).astimezone(ZoneInfo(time["zone"]))
    return start.date().isoformat()


def interval_of(claim: Record) -> Any:
    """Return the interval of a claim's time, or None."""
    time = claim["time"]
    return time and (instant(time["start"]), instant(time["end"]))


def instant(text: str) -> str:
    """Return a moment in UTC, in one notation."""
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()


def speaker(claim: Record) -> str:
    """Return the origin of a claim, upper case and the kind of apostrophe aside."""
    if not claim["attribution"]:
        return ""
    origin = claim["attribution"][-1]
    name = str(origin["name"] or origin["organisation"] or origin["role"] or "")
    return name.casefold().replace("’", "'")


def difference(golden: Any, ours: Any) -> str:
    """Say how a value of ours that is not the golden one differs from it."""
    if not ours:
        return "none where gold has one"
    return "another" if golden else "one where gold has none"


def keyed(kind: str, parts: Callable[[Record], Parts], pair: Pair) -> Tally:
    """Compare the claims of a kind by all of their parts."""
    gold, ours = pair.both(kind)
    expected, actual = _keys(gold, parts), _keys(ours, parts)
    right = (expected & actual).total()
    tally = Tally(right, len(ours), right, len(gold))
    missed, made_up = _left(gold, parts, actual), _left(ours, parts, expected)
    for one, other in aligned(missed, made_up, "span", 0.1):
        missed.remove(one)
        made_up.remove(other)
        tally.errors += _differing(kind, parts, pair, one, other)
    tally.errors += _unpaired(kind, pair, missed, made_up)
    return tally


def _keys(claims: Iterable[Record], parts: Callable[[Record], Parts]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(parts(claim).values()) for claim in claims)


def _left(
    claims: list[Record], parts: Callable[[Record], Parts], others: Counter[tuple[Any, ...]]
) -> list[Record]:
    """Return the claims that are left when each of the others has taken one with its key."""
    spent = Counter(others)
    left = []
    for claim in claims:
        key = tuple(parts(claim).values())
        if spent[key]:
            spent[key] -= 1
        else:
            left.append(claim)
    return left


def _differing(
    kind: str, parts: Callable[[Record], Parts], pair: Pair, one: Record, other: Record
) -> list[Error]:
    golden, ours = parts(one), parts(other)
    return [
        pair.error(
            f"{kind}: {part} {difference(value, ours[part])}",
            one,
            f"gold {value}, read {ours[part]}",
        )
        for part, value in golden.items()
        if value != ours[part]
    ]


def _unpaired(
    kind: str, pair: Pair, missed: Iterable[Record], made_up: Iterable[Record], span: str = "span"
) -> list[Error]:
    errors = [pair.error(f"{kind}: missed", c, _what(c), span) for c in missed]
    return errors + [pair.error(f"{kind}: made up", c, _what(c), span) for c in made_up]


def _what(claim: Record) -> str:
    return str(next((claim[k] for k in ("outcome", "type", "hazard", "mode") if k in claim), ""))


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Return intersection over union of two spans."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def aligned(
    gold: Sequence[Record], ours: Sequence[Record], span: str, least: float
) -> list[tuple[Record, Record]]:
    """Return the pairs of claims whose spans overlap best, each used once."""
    ranked = sorted(
        (-overlap(one[span], other[span]), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(ours)
    )
    pairs: dict[int, int] = {}
    for negative, i, j in ranked:
        if -negative >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(gold[i], ours[j]) for i, j in pairs.items()]


def by_overlap(kind: str, span: str, least: float, pair: Pair) -> Tally:
    """Count the claims of a kind whose words overlap golden ones enough."""
    gold, ours = pair.both(kind)
    good = aligned(gold, ours, span, least)
    tally = Tally(len(good), len(ours), len(good), len(gold))
    for one, other in good:
        gold.remove(one)
        ours.remove(other)
    for one, other in aligned(gold, ours, span, 0.01):
        gold.remove(one)
        ours.remove(other)
        longer = other[span][1] - other[span][0] > one[span][1] - one[span][0]
        words = pair.gold["text"][slice(*other[span])]
        how = "much" if longer else "little"
        tally.errors.append(pair.error(f"{kind}: too {how} read", one, f"read {words}", span))
    tally.errors += _unpaired(kind, pair, gold, ours, span)
    return tally


def found(pair: Pair, kinds: Iterable[str]) -> list[tuple[Record, Record]]:
    """Return the golden claims that were found, each with ours."""
    return [
        match
        for kind in kinds
        for match in aligned(
            *pair.both(kind), "content" if kind == "statement" else "span", OF_FOUND
        )
    ]


def speakers(kind: str, what: str, pair: Pair) -> Tally:
    """Ask who said the claims of a kind that were found."""
    tally = Tally()
    for one, other in found(pair, [kind]):
        golden, ours = speaker(one), speaker(other)
        right = golden == ours
        tally.judge(right, bool(ours) or not golden)
        if not right:
            name = f"{kind} {what}: {difference(golden, ours)}"
            tally.errors.append(pair.error(name, one, f"gold {golden}, read {ours}"))
    return tally


def agreeing(field: str, pair: Pair) -> Tally:
    """Ask for a field of all the claims that were found."""
    tally = Tally()
    for one, other in found(pair, KINDS):
        right = one[field] == other[field]
        tally.judge(right)
        if not right:
            name = f"{field}: {other[field]} where gold has {one[field]}"
            tally.errors.append(pair.error(name, one, one["kind"]))
    return tally


def values(part: str, value: Callable[[Record], Any], pair: Pair) -> Tally:
    """Compare the different values of a part over a dispatch's claims."""
    gold = {value(claim): claim for claim in pair.gold["claims"] if claim[part]}
    ours = {value(claim): claim for claim in pair.ours if claim[part]}
    right = len(gold.keys() & ours.keys())
    tally = Tally(right, len(ours), right, len(gold))
    for word, ones, others in (("missed", gold, ours), ("made up", ours, gold)):
        tally.errors += [
            pair.error(f"{part} of a claim: {word}", claim, key)
            for key, claim in ones.items()
            if key not in others
        ]
    return tally


MEASURES: dict[str, Measure] = {
    "toll: outcome, low, high, qualifier": partial(keyed, "toll", toll_parts),
    "toll: claimant, of those found": partial(speakers, "toll", "claimant"),
    "statement: content overlaps by half": partial(by_overlap, "statement", "content", 0.5),
    "statement: speaker, of those found": partial(speakers, "statement", "speaker"),
    "occurrence: type, place, day": partial(keyed, "occurrence", occurrence_parts),
    TYPE_ALONE: partial(keyed, "occurrence", lambda claim: {"type": claim["type"]}),
    "alert: state, hazard, place": partial(keyed, "alert", alert_parts),
    "measure: words overlap by a third": partial(by_overlap, "measure", "span", OF_FOUND),
    "role, of those found": partial(agreeing, "role"),
    "stance, of those found": partial(agreeing, "stance"),
    "time: values": partial(values, "time", interval_of),
    "place: ids": partial(values, "place", place_of),
}
TARGETS = {
    "toll: outcome, low, high, qualifier": 0.95,
    "toll: claimant, of those found": 0.92,
    "statement: content overlaps by half": 0.88,
    "statement: speaker, of those found": 0.92,
    "occurrence: type, place, day": 0.85,
    "alert: state, hazard, place": 0.95,
    "role, of those found": 0.92,
    "time: values": 0.93,
    "place: ids": 0.93,
}
CYRILLIC_TARGETS = {
    "toll: outcome, low, high, qualifier": 0.92,
    "toll: claimant, of those found": 0.88,
    "statement: content overlaps by half": 0.82,
    "statement: speaker, of those found": 0.88,
    "occurrence: type, place, day": 0.80,
    "alert: state, hazard, place": 0.95,
    "time: values": 0.90,
    "place: ids": 0.90,
}
TARGETS_OF = {"fr": TARGETS, "en": TARGETS, "uk": CYRILLIC_TARGETS, "ru": CYRILLIC_TARGETS}


def items(language: str) -> tuple[Item, ...]:
    """Return the items of a language, with its targets."""
    targets = TARGETS_OF.get(language, TARGETS)
    return tuple(
        Item(
            name,
            "accuracy" if "of those found" in name else "F1",
            targets.get(name),
            ranked=name != TYPE_ALONE,
        )
        for name in MEASURES
    )


CORPORA = tuple(
    Corpus("gold", f"gold {language}", items(language), partial(golden, language), score)
    for language in LANGUAGES
)

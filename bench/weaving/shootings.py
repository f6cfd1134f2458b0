"""Events: local news pages on shootings in the United States over four years, by incident (GVA).

Each page is read and woven, and put to the event that it is about. Pairs of pages of one event are
compared with pairs of one incident, and BCubed is beside it. The peer puts each page to the nearest
earlier one of the last seven days by the cosine of its words' TF-IDF, or opens a cluster.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from bench.corpora.source import Record, records
from sourcier.read import read
from sourcier.types import Capture, Claim
from sourcier.weave import Known, weave

PAGES = "gva-visible-docs.jsonl.gz"
LONGEST = 6_000
"""Characters read of a page; what follows is other pages' teasers."""
WINDOW = timedelta(days=7)
NEAREST = 0.25
_WORD = re.compile(r"[^\W\d_]{3,}")


class Page(NamedTuple):
    """A page of a known incident."""

    incident: str
    capture: Capture


class Score(NamedTuple):
    """Precision and recall over pairs, and BCubed's."""

    pages: int
    precision: float
    recall: float
    cubed_precision: float
    cubed_recall: float

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)

    @property
    def cubed_f1(self) -> float:
        return _f1(self.cubed_precision, self.cubed_recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pages(sample: int | None = None) -> list[Page]:
    """Return the pages in order of time; of a `sample`, those of the incidents that come first."""
    found = [_page(record) for record in records(PAGES)]
    return sorted(found, key=lambda page: (page.capture.published, page.capture.id))[:sample]


def _page(record: Record) -> Page:
    address = record["uri"].rpartition("://")[2]
    capture = Capture(
        id=record["id"],
        dispatch=record["id"],
        text=f"{record['title']}\n\n{record['text'][:LONGEST]}",
        published=datetime.fromisoformat(record["dct"]).replace(tzinfo=UTC) + timedelta(hours=23),
        publisher=address.partition("/")[0].partition(":")[0],
        zone="America/Chicago",
        language="en",
    )
    return Page(record["incident"], capture)


def clusters(told: Sequence[tuple[Capture, tuple[Claim, ...]]]) -> dict[str, str]:
    """Weave captures with their claims, a day at a time; return the event that each is about."""
    known = Known()
    days: dict[datetime, list[tuple[Capture, tuple[Claim, ...]]]] = defaultdict(list)
    for capture, claims in told:
        days[capture.published].append((capture, claims))
    for day in sorted(days):
        weave((c for c, _ in days[day]), (claim for _, cs in days[day] for claim in cs), known)
    return {capture.id: known.story_of(capture.id) for capture, _ in told}


def compare(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Compare two groupings of the same things."""
    right = _pairs(truth), _pairs(found)
    both = len(right[0] & right[1])
    groups, made = _groups(truth), _groups(found)
    shares = [
        (
            len(groups[truth[name]] & made[found[name]]),
            len(made[found[name]]),
            len(groups[truth[name]]),
        )
        for name in truth
    ]
    many = max(1, len(shares))
    return Score(
        len(truth),
        both / max(1, len(right[1])),
        both / max(1, len(right[0])),
        sum(shared / ours for shared, ours, _ in shares) / many,
        sum(shared / theirs for shared, _, theirs in shares) / many,
    )


def _groups(grouping: Mapping[str, str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for name, group in grouping.items():
        groups[group].add(name)
    return groups


def _pairs(grouping: Mapping[str, str]) -> set[tuple[str, str]]:
    return {pair for group in _groups(grouping).values() for pair in combinations(sorted(group), 2)}


def peer(found: Sequence[Page]) -> dict[str, str]:
    """Group pages by the words that they share with earlier ones."""
    weights = vectors({page.capture.id: page.capture.text for page in found})
    groups: dict[str, str] = {}
    recent: list[Page] = []
    for page in found:
        recent = [one for one in recent if page.capture.published - one.capture.published <= WINDOW]
        mine = weights[page.capture.id]
        near = [(cosine(mine, weights[one.capture.id]), one.capture.id) for one in recent]
        score, best = max(near, default=(0.0, ""))
        groups[page.capture.id] = groups[best] if score >= NEAREST else page.capture.id
        recent.append(page)
    return groups


def vectors(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return the TF-IDF of each text's words, of unit length."""
    counts = {name: Counter(_WORD.findall(text.lower())) for name, text in texts.items()}
    spread = Counter(word for words in counts.values() for word in words)
    return {name: _vector(words, spread, len(counts)) for name, words in counts.items()}


def _vector(words: Counter[str], spread: Counter[str], many: int) -> dict[str, float]:
    weights = {w: (1 + math.log(n)) * math.log(many / spread[w]) for w, n in words.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of unit length."""
    fewer, more = sorted((one, other), key=len)
    return sum(weight * more.get(word, 0.0) for word, weight in fewer.items())


def score(sample: int | None = None) -> tuple[Score, Score]:
    """Return our score and the peer's."""
    found = pages(sample)
    truth = {page.capture.id: page.incident for page in found}
    told = [(page.capture, read(page.capture).claims) for page in found]
    return compare(truth, clusters(told)), compare(truth, peer(found))

"""Stories: what a dispatch's text tells its story by, beside its claims: names, ages, places, a toll."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from sourcier.types import Capture, Claim, Occurrence, Toll
from sourcier.weave import tables
from sourcier.weave.archive import shared
from sourcier.weave.folding import fold
from sourcier.weave.names import skeleton
from sourcier.weave.zones import day_of

_READ = 6_000  # characters of a text; behind them stand the teasers of other texts
_DATED = ("minute", "hour", "part_of_day", "day")  # precisions of a time that names one day
_SHORTEST = 2  # consonants of a name that tells something
_WORD = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\W\d_]{2,}(?:['’-][^\W\d_]+)*"
_PART = re.compile(_WORD)
_RUN = re.compile(rf"{_WORD}(?: (?:[A-ZА-Я]\. )?{_WORD})*")
_INSIDE = re.compile(r"[^\W\d_][ ,’'(«“\"]$")  # what stands before a name within a sentence


@dataclass(frozen=True, slots=True)
class Story:
    """What a capture tells its story by.

    `names` are its capitalised words, each once, `full` the pairs of them that stand together, as
    skeletons. `site` is the place that most is told of, `sites` and `regions` all of them. `days` are
    those on which something is told to have happened, where it was; `doors` are the numbers of
    houses. `killed` and `injured` are the highest counts.
    """

    capture: str
    dispatch: str
    publisher: str | None
    moment: datetime
    names: tuple[str, ...]
    full: frozenset[str]
    ages: frozenset[str]
    site: str | None
    sites: frozenset[str]
    regions: frozenset[str]
    days: frozenset[date]
    doors: frozenset[str]
    killed: int | None
    injured: int | None

    @property
    def line(self) -> tuple[datetime, str]:
        """Where it stands in the order of telling."""
        return self.moment, self.capture


def story(capture: Capture, claims: Iterable[Claim], moment: datetime) -> Story:
    """Return what a capture, told at `moment`, tells its story by; `claims` are all its own."""
    text = capture.text[:_READ]
    names, full = _named(text)
    happened = [c for c in claims if isinstance(c, Toll | Occurrence)]
    told = [c for c in happened if c.role == "news"]
    places = [c.place for c in told if c.place and c.place.precision != "country"]
    sites = Counter(tables.site(place) for place in places if place.precision != "region")
    folded = fold(text)
    return Story(
        capture=capture.id,
        dispatch=capture.dispatch,
        publisher=capture.publisher,
        moment=moment,
        names=names,
        full=shared(full),
        ages=shared(_found("age", folded, capture.language)),
        site=min(sites, key=lambda site: (-sites[site], site), default=None),
        sites=shared(frozenset(sites)),
        regions=shared(frozenset(map(tables.region, places))),
        days=shared(
            frozenset(day_of(c.time) for c in happened if c.time and c.time.precision in _DATED)
        ),
        doors=shared(_found("door", folded, capture.language)),
        killed=_most(told, "killed"),
        injured=_most(told, "injured"),
    )


def _found(topic: str, folded: str, language: str | None) -> frozenset[str]:
    found = tables.pattern(topic, language)
    return frozenset(found.findall(folded) if found else ())


def _most(told: Iterable[Toll | Occurrence], outcome: str) -> int | None:
    counts = (c.low for c in told if isinstance(c, Toll) and c.outcome == outcome)
    return max((count for count in counts if count), default=None)


@lru_cache(maxsize=256)  # what is copied word for word comes soon after its origin
def _named(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the names of a text, each as its first word of that skeleton, and the pairs side by side."""
    names: dict[str, str] = {}
    full: set[str] = set()
    for run in _runs(text):
        bones = [skeleton(word) for word in run]
        for bone, word in zip(bones, run, strict=True):
            names.setdefault(bone, sys.intern(word))
        full.update(f"{one} {two}" for one, two in pairwise(bones))
    return tuple(names.values()), frozenset(map(sys.intern, full))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield names as their words; one word alone counts where it begins no sentence."""
    for match in _RUN.finditer(text):
        words = _PART.findall(match.group())
        start = match.start()
        if len(words) == 1 and not _INSIDE.search(text[max(0, start - 2) : start]):
            continue
        run = [word for word in words if len(skeleton(word).strip("@")) >= _SHORTEST]
        if run:
            yield run

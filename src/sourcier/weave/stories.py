"""Stories: what a dispatch's text tells its story by, beside its claims: names, ages, places, a toll."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sourcier.types import Capture, Claim, Occurrence, Toll
from sourcier.weave import tables
from sourcier.weave.folding import fold
from sourcier.weave.names import skeleton

_READ = 6_000  # characters of a text; behind them stand the teasers of other texts
_SHORTEST = 2  # consonants of a name that tells something
_WORD = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\W\d_]{2,}(?:['’-][^\W\d_]+)*"
_PART = re.compile(_WORD)
_RUN = re.compile(rf"{_WORD}(?: (?:[A-ZА-Я]\. )?{_WORD})*")
_INSIDE = re.compile(r"[^\W\d_][ ,’'(«“\"]$")  # what stands before a name within a sentence


@dataclass(frozen=True, slots=True)
class Story:
    """What a capture tells its story by.

    `names` are its capitalised words, each once, `full` the pairs of them that stand together, as
    skeletons. `site` is the place that most is told of, `sites` and `regions` all of them. `injured` is
    the highest count.
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
    injured: int | None

    @property
    def line(self) -> tuple[datetime, str]:
        """Where it stands in the order of telling."""
        return self.moment, self.capture


def story(capture: Capture, claims: Iterable[Claim], moment: datetime) -> Story:
    """Return what a capture, told at `moment`, tells its story by; `claims` are all its own."""
    text = capture.text[:_READ]
    names: dict[str, str] = {}
    full: set[str] = set()
    for run in _runs(text):
        for word in run:
            names.setdefault(skeleton(word), sys.intern(word))
        full.update(f"{skeleton(one)} {skeleton(two)}" for one, two in pairwise(run))
    told = [c for c in claims if c.role == "news" and isinstance(c, Toll | Occurrence)]
    places = [c.place for c in told if c.place and c.place.precision != "country"]
    sites = Counter(tables.site(place) for place in places if place.precision != "region")
    age = tables.pattern("age", capture.language)
    return Story(
        capture=capture.id,
        dispatch=capture.dispatch,
        publisher=capture.publisher,
        moment=moment,
        names=tuple(names.values()),
        full=frozenset(map(sys.intern, full)),
        ages=frozenset(age.findall(fold(text)) if age else ()),
        site=min(sites, key=lambda site: (-sites[site], site), default=None),
        sites=frozenset(sites),
        regions=frozenset(map(tables.region, places)),
        injured=max(
            (c.low for c in told if isinstance(c, Toll) and c.outcome == "injured" and c.low),
            default=None,
        ),
    )


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

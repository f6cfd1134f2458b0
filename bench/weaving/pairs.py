"""Pairs of dispatches that tell of one event or not, each read and woven, beside words compared.

Golden dispatches of two languages are of one event where they are in one group of `same_event`.
News pairs, Russian or English, were judged by people (``GOLDEN:quality`` is ``OK`` or ``BAD``); all of them
are woven into one story. Two dispatches are found to be of one event where both are about it.
The peer calls a pair one event where their words' TF-IDF has a cosine of `NEAREST`.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.corpora.source import FOLDER, LANGUAGES, golden, golden_capture, present
from bench.weaving.shootings import NEAREST, clusters, cosine, vectors
from sourcier.read import read
from sourcier.types import Capture

NEWS = "telegram-news-pairs.tar.gz"
_DATE = re.compile(r"(20[12]\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?!\d)")
_SOMETIME = datetime(2019, 11, 12, 12, tzinfo=UTC)  # in the fortnight that most of the news is of


class Pair(NamedTuple):
    """Two captures, by id, and whether they tell of one event."""

    one: str
    other: str
    same: bool


class Score(NamedTuple):
    """How many pairs are the same, found to be, and both."""

    same: int
    found: int
    both: int

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.same + self.found) if self.same + self.found else 0.0


def across_languages() -> tuple[list[Capture], list[Pair]]:
    """Return the golden dispatches and all their pairs of two languages."""
    rows = [row for language in LANGUAGES for row in golden(language)]
    group = {row["id"]: row.get("same_event") or row["id"] for row in rows}
    tongue = {row["id"]: row["language"] for row in rows}
    pairs = [
        Pair(one, other, group[one] == group[other])
        for one, other in combinations(sorted(group), 2)
        if tongue[one] != tongue[other]
    ]
    return list(map(golden_capture, rows)), pairs


def news() -> tuple[list[Capture], list[Pair]]:
    """Return the news pairs' dispatches and pairs; none where the file is absent."""
    captures: dict[str, Capture] = {}
    pairs: list[Pair] = []
    for language, row in _rows() if present(NEWS) else ():
        sides = [_news(row, side, language) for side in ("first", "second")]
        captures.update({side.id: side for side in sides})
        pairs.append(Pair(sides[0].id, sides[1].id, row["GOLDEN:quality"] == "OK"))
    return list(captures.values()), pairs


def _rows() -> Iterator[tuple[str, dict[str, str]]]:
    with tarfile.open(FOLDER / NEWS) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file is None or not member.name.endswith(".tsv"):
                continue
            language = member.name.rpartition("/")[2][:2]
            lines = io.TextIOWrapper(file, encoding="utf-8", newline="")
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield language, row


def _news(row: dict[str, str], side: str, language: str) -> Capture:
    url = row[f"INPUT:{side}_url"]
    return Capture(
        id=url,
        dispatch=url,
        text=f"{row[f'INPUT:{side}_title']}\n\n{row[f'INPUT:{side}_text']}",
        published=_published(url) or _SOMETIME,
        publisher=urlsplit(url).hostname,
        url=url,
        zone="Europe/Moscow" if language == "ru" else "Europe/London",
        language=language,
    )


def _published(url: str) -> datetime | None:
    match = _DATE.search(url)
    try:
        day = datetime.fromisoformat("-".join(match.groups())) if match else None
    except ValueError:  # the thirtieth of February: some other number
        return None
    return day.replace(hour=12, tzinfo=UTC) if day else None


def score(captures: list[Capture], pairs: list[Pair]) -> tuple[Score, Score]:
    """Return our score and the peer's."""
    event = clusters([(capture, read(capture).claims) for capture in captures])
    words = vectors({capture.id: capture.text for capture in captures})
    ours = [event[pair.one] == event[pair.other] for pair in pairs]
    theirs = [cosine(words[pair.one], words[pair.other]) >= NEAREST for pair in pairs]
    return _score(pairs, ours), _score(pairs, theirs)


def _score(pairs: list[Pair], found: list[bool]) -> Score:
    both = sum(pair.same and told for pair, told in zip(pairs, found, strict=True))
    return Score(sum(pair.same for pair in pairs), sum(found), both)

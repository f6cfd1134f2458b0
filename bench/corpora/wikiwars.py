"""WikiWarsUA: Ukrainian histories of wars with TIMEX3 values.

What is right: see `dated.py`. Years before our era have no interval and are no calendar values here.
The peer is dateparser, as in `timebank.py`.
"""

from __future__ import annotations

from functools import partial

from bench.corpora.corpus import Corpus, Peer
from bench.corpora.dated import CALENDAR, EVERY, compared, found
from bench.corpora.peers import installed
from bench.corpora.rows import Item, Tallies
from bench.corpora.source import FOLDER
from bench.corpora.timebank import by_dateparser
from bench.corpora.timex import Marked, documents

FILE = "wikiwarsua-visible.tar.gz"
LANGUAGE, ZONE = "uk", "Europe/Kyiv"


def score(document: Marked) -> Tallies:
    """Read one history and return the tallies of its times."""
    return compared(document, found(document, ZONE, LANGUAGE))


def score_dateparser(document: Marked) -> Tallies:
    """Return the tallies of dateparser's dates."""
    return compared(document, by_dateparser(document, LANGUAGE))


CORPUS = Corpus(
    "wikiwars",
    "WikiWarsUA",
    (
        Item(CALENDAR, "F1", 0.75, "0.326 (best peer, prefix of the value)"),
        Item(EVERY, "F1", None, ranked=False),
    ),
    partial(documents, FOLDER / FILE, ".xml"),
    score,
    (Peer("dateparser", partial(installed, "dateparser"), score_dateparser, most=4),),
)

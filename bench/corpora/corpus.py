"""What a corpus is to the measurement, and the run over all of its documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from bench.corpora.rows import Beside, Item, Row, Tallies, merged, sampled

Scorer = Callable[[Any], Tallies]
"""Takes a document of a corpus, returns its tallies by item; other processes can call it."""


@dataclass(frozen=True)
class Peer:
    """Another system: whether it is installed here, its scorer.

    A slow one is given `most` documents at most.
    """

    name: str
    installed: Callable[[], bool]
    score: Scorer
    most: int | None = None


@dataclass(frozen=True)
class Corpus:
    """A corpus: its name on the command line and in the table, what is measured on it.

    `documents` returns all documents, none where the corpus is absent.
    """

    key: str
    name: str
    items: tuple[Item, ...]
    documents: Callable[[], Sequence[Any]]
    score: Scorer
    peers: tuple[Peer, ...] = ()


def measured(
    corpus: Corpus, pool: Executor, sample: int | None = None, beside: int | None = None
) -> list[Row]:
    """Return a corpus's rows over `sample` documents, other systems on `beside` of those.

    Tells of its progress on standard error; returns no row, and says so, where the corpus is absent.
    """
    every = corpus.documents()
    chosen = sampled(every, sample)
    if not chosen:
        print(f"{corpus.name}: absent, left out", file=sys.stderr)
        return []
    ours = merged(_scored(pool, corpus.score, chosen, corpus.name))
    theirs = [
        (peer.name, *_peer(pool, peer, sampled(chosen, beside), corpus)) for peer in corpus.peers
    ]
    return [
        Row(corpus.name, item, len(chosen), len(every), ours[item.name],
            tuple(Beside(name, tallies.get(item.name), many) for name, tallies, many in theirs))
        for item in corpus.items
    ]  # fmt: skip


def _peer(
    pool: Executor, peer: Peer, documents: Sequence[Any], corpus: Corpus
) -> tuple[Tallies, int]:
    if not peer.installed():
        return {}, 0
    some = sampled(documents, peer.most)
    return merged(_scored(pool, peer.score, some, f"{corpus.name}, {peer.name}")), len(some)


def _scored(
    pool: Executor, score: Scorer, documents: Sequence[Any], what: str
) -> Iterator[Tallies]:
    for done, tallies in enumerate(pool.map(score, documents, chunksize=4), 1):
        if done % 100 == 0 or done == len(documents):
            print(f"{what}: {done} of {len(documents)}", file=sys.stderr, flush=True)
        yield tallies

"""Events: the lasting names of clusters, which keep their ids while clusters grow, merge and split.

An event is named after the claim that opened it. It is found again in whichever cluster holds that
claim; where one cluster holds several, the one opened first absorbs the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from xxhash import xxh3_64_hexdigest

from sourcier.types import Claim
from sourcier.weave.bundles import Bundle
from sourcier.weave.clusters import Clusters

_TOLD = attrgetter("moment", "capture", "id")


@dataclass(eq=False)
class Record:
    """What is kept of one event; the rest of its snapshot follows from the bundles.

    `told` are its bundles in the order in which they were told.
    """

    id: str
    opener: str
    opened: datetime
    bundles: dict[str, Bundle] = field(default_factory=dict)
    told: tuple[Bundle, ...] = ()
    merged_into: str | None = None
    corroborated: set[str] = field(default_factory=set)

    @property
    def leading(self) -> Bundle:
        """The bundle that pins the event down best. Raises ValueError for one that was absorbed."""
        return min(self.bundles.values(), key=lambda bundle: bundle.rank)

    @property
    def claims(self) -> Iterator[Claim]:
        """All its claims, as they were told."""
        return chain.from_iterable(bundle.claims for bundle in self.told)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of all its claims, as they were told."""
        return tuple([claim.id for claim in self.claims])

    def hold(self, bundles: dict[str, Bundle]) -> None:
        """Let it hold these bundles and no others."""
        self.bundles = dict(bundles)
        self.told = tuple(sorted(bundles.values(), key=_TOLD))


class Moved(NamedTuple):
    """What became of events: opened anew (with what they split from), absorbed (and by whom), changed."""

    opened: dict[str, str | None]
    merged: dict[str, str]
    changed: set[str]


class Events:
    """All events, by id, by opening claim and by bundle."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self._by_opener: dict[str, str] = {}
        self._of_bundle: dict[str, str] = {}

    def of_bundle(self, bundle: str) -> str | None:
        """Return the id of the event that a bundle belongs to."""
        return self._of_bundle.get(bundle)

    def settle(self, clusters: Clusters, at: datetime) -> Moved:
        """Give the clusters that changed their events."""
        moved = Moved({}, {}, set())
        groups = [
            clusters.groups[name] for name in sorted(clusters.changed) if name in clusters.groups
        ]
        clusters.changed.clear()
        for members in groups:
            self._settle(members, at, moved)
        return moved

    def _settle(self, members: dict[str, Bundle], at: datetime, moved: Moved) -> None:
        here = sorted(
            (self.records[event] for event in self._opened_by(members.values())),
            key=lambda record: (record.opened, record.id),
        )
        record = here[0] if here else self._open(members.values(), at, moved)
        for absorbed in here[1:]:
            if absorbed.merged_into != record.id:
                moved.merged[absorbed.id] = record.id
            absorbed.merged_into = record.id
            absorbed.hold({})
        if record.merged_into is not None:
            moved.opened[record.id] = record.merged_into
            record.merged_into = None
        record.hold(members)
        for name in members:
            self._of_bundle[name] = record.id
        moved.changed.add(record.id)

    def _opened_by(self, members: Iterable[Bundle]) -> set[str]:
        claims = (claim.id for bundle in members for claim in bundle.claims)
        return {self._by_opener[claim] for claim in claims if claim in self._by_opener}

    def _open(self, members: Iterable[Bundle], at: datetime, moved: Moved) -> Record:
        first = min(members, key=lambda bundle: (bundle.moment, bundle.id))
        record = Record(f"e{xxh3_64_hexdigest(first.id.encode())[:12]}", first.id, at)
        before = self._of_bundle.get(first.id)
        moved.opened[record.id] = before
        self.records[record.id] = record
        self._by_opener[first.id] = record.id
        return record

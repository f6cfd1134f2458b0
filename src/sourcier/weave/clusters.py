"""Clusters: bundles that tell of one event, whatever order they come in.

Bundles are ranked by how much they pin down (type, place, time). Each joins the best fitting of the
events that a better ranked bundle opened, or goes with the bundle that it follows, or opens one. The
outcome is that of going through all bundles in rank order, but a new bundle makes only those look
again that it can concern.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sourcier.types import Evidence
from sourcier.weave.archive import Shelf
from sourcier.weave.bundles import Bundle
from sourcier.weave.fitting import Fit, fit
from sourcier.weave.fitting_keys import asks, leads
from sourcier.weave.fitting_parts import Ties
from sourcier.weave.hosts import Hosts
from sourcier.weave.keyed import Keyed
from sourcier.weave.participants import is_public

_UNTIED = Ties()


class Clusters:
    """The grouping of all bundles; `groups` maps the id of an opening bundle to its members."""

    def __init__(self) -> None:
        self.groups: dict[str, dict[str, Bundle]] = {}
        self.why: Shelf[tuple[Evidence, ...]] = Shelf(tuple[Evidence, ...])
        self.changed: set[str] = set()
        self._bundles: dict[str, Bundle] = {}
        self._ties: dict[str, Ties] = {}
        self._leader: dict[str, Bundle] = {}
        self._leads = Keyed(self._bundles)
        self._asks = Keyed(self._bundles)
        self._regions: dict[str, Counter[str | None]] = defaultdict(Counter)
        self._public: set[str] = set()
        self._hosts = Hosts(self._public, self._bundles)

    def add(self, bundles: Iterable[Bundle], ties: Ties) -> None:
        """Take new bundles in, or known ones whose capture's `ties` changed."""
        queue: list[tuple[object, str]] = []
        for bundle in bundles:
            self._forget_questions(bundle)
            self._bundles[bundle.id] = bundle
            self._ties[bundle.id] = ties if any(ties) else _UNTIED
            self._told_in(bundle, 1)
            self._asks.add(asks(bundle, ties), bundle)
            self._hosts.add(bundle, ties)
            _push(queue, (bundle, *self._hosts.concerned(bundle)))
            _push(queue, self._publicity(bundle))
        self._settle(queue)

    def remove(self, bundles: Iterable[Bundle]) -> None:
        """Take bundles out, as when more claims of their capture arrive."""
        queue: list[tuple[object, str]] = []
        for bundle in bundles:
            _push(queue, self._hosts.followers(bundle))
            self._forget_questions(bundle)
            _push(queue, self._publicity(bundle))
            leader = self._leader.pop(bundle.id)
            del self.why[bundle.id]
            self._leave(bundle, leader)
            if leader is bundle:
                self._abdicate(bundle, queue)
            del self._bundles[bundle.id]
        self._settle([item for item in queue if item[1] in self._bundles])

    def _publicity(self, bundle: Bundle) -> list[Bundle]:
        """Learn whether a bundle's names are told of in many regions; return whom a change concerns."""
        concerned: list[Bundle] = []
        for name in bundle.people:
            if is_public(name, len(self._regions[name])) != (name in self._public):
                self._public.symmetric_difference_update({name})
                concerned += self._asks.of(("people", name))
        return concerned

    def _told_in(self, bundle: Bundle, step: int) -> None:
        """Count a bundle in (1) or out (-1) of its region, for each of its names."""
        for name in bundle.people if bundle.region else ():
            count = self._regions[name]
            count[bundle.region] += step
            if not count[bundle.region]:
                del count[bundle.region]

    def leader(self, bundle: str) -> Bundle:
        """Return the bundle that opened the event of a bundle."""
        return self._leader[bundle]

    def _forget_questions(self, bundle: Bundle) -> None:
        if bundle.id in self._bundles:
            self._told_in(self._bundles[bundle.id], -1)
            self._asks.remove(asks(bundle, self._ties[bundle.id]), bundle)
            self._hosts.remove(bundle, self._ties[bundle.id])

    def _settle(self, queue: list[tuple[object, str]]) -> None:
        """Let each queued bundle, best ranked first, choose its event; queue whom that concerns."""
        seen: set[str] = set()
        while queue:
            _, name = heapq.heappop(queue)
            if name not in seen:
                seen.add(name)
                self._choose(self._bundles[name], queue)

    def _choose(self, bundle: Bundle, queue: list[tuple[object, str]]) -> None:
        leader, why = self._found(bundle)
        before = self._leader.get(bundle.id)
        self.why[bundle.id] = why
        if leader is before:
            return
        if before is not None:
            self._leave(bundle, before)
        self._leader[bundle.id] = leader
        self.groups.setdefault(leader.id, {})[bundle.id] = bundle
        self.changed.add(leader.id)
        _push(queue, self._hosts.followers(bundle))
        if before is bundle:
            self._abdicate(bundle, queue)
        if leader is bundle:
            self._leads.add(leads(bundle), bundle)
            self._requeue(bundle, queue)

    def _found(self, bundle: Bundle) -> tuple[Bundle, tuple[Evidence, ...]]:
        """Return the opener of a bundle's event, and why: it fits, or what the bundle follows does."""
        best = self._best(bundle)
        least = best[1].score if best else 0.0
        host = self._hosts.choose(bundle, self._ties[bundle.id], least)
        if host is not None:
            return self._leader[host[0].id], host[1].why
        return (best[0], best[1].why) if best else (bundle, ())

    def _best(self, bundle: Bundle) -> tuple[Bundle, Fit] | None:
        found: list[tuple[float, tuple[object, ...], Bundle, Fit]] = []
        for other in self._candidates(bundle):
            fitting = fit(bundle, other, self._ties[bundle.id], self._public)
            if fitting is not None:
                found.append((-round(fitting.score, 6), other.rank, other, fitting))
        if not found:
            return None
        _, _, other, fitting = min(found, key=lambda item: item[:2])
        return other, fitting

    def _candidates(self, bundle: Bundle) -> Iterator[Bundle]:
        """Yield the openers that rank before a bundle and meet one of its keys, each once."""
        seen: set[str] = set()
        for key in asks(bundle, self._ties[bundle.id]):
            for other in self._leads.of(key):
                if other.id not in seen and other.rank < bundle.rank:
                    seen.add(other.id)
                    yield other

    def _leave(self, bundle: Bundle, leader: Bundle) -> None:
        members = self.groups[leader.id]
        members.pop(bundle.id, None)
        self.changed.add(leader.id)
        if not members:
            del self.groups[leader.id]

    def _abdicate(self, bundle: Bundle, queue: list[tuple[object, str]]) -> None:
        """Take an opener's event away; those who followed it choose again."""
        self._leads.remove(leads(bundle), bundle)
        _push(queue, self.groups.get(bundle.id, {}).values())

    def _requeue(self, opener: Bundle, queue: list[tuple[object, str]]) -> None:
        """Let every bundle that ranks after a new opener and asks for its keys choose again."""
        seen: set[str] = set()
        for key in leads(opener):
            for other in self._asks.of(key):
                if other.id not in seen and other.rank > opener.rank:
                    seen.add(other.id)
                    heapq.heappush(queue, (other.rank, other.id))


def _push(queue: list[tuple[object, str]], bundles: Iterable[Bundle]) -> None:
    for bundle in bundles:
        heapq.heappush(queue, (bundle.rank, bundle.id))

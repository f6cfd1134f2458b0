"""Hosts: what a bundle is told after, wherever that one belongs.

A toll without a place, a region's own channel, "explosions in the country": such a bundle fits no
opener by itself, but it is a version, a copy or an update of a better placed one, and follows it. So
does what a text is about where another, of the same story by its names, is about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from sourcier.weave import rules
from sourcier.weave.bundles import Bundle
from sourcier.weave.fitting import Fit, proof, weigh
from sourcier.weave.fitting_keys import Key
from sourcier.weave.fitting_parts import Part, Ties
from sourcier.weave.keyed import Keyed
from sourcier.weave.rules import Rule, because

_WORDS = ("statement", "measure", "alert")


class Hosts:
    """All bundles by what others may follow them for, and those that look for one to follow.

    `public` are the names that many stories hold, as they become known, `bundles` all of them by id.
    """

    def __init__(self, public: Container[str], bundles: Mapping[str, Bundle]) -> None:
        self._public = public
        self._offers = Keyed(bundles)
        self._seeks = Keyed(bundles)
        self._followers: dict[str, dict[str, Bundle]] = defaultdict(dict)
        self._host: dict[str, str] = {}

    def add(self, bundle: Bundle, ties: Ties) -> None:
        """Take a bundle in."""
        self._offers.add(_offers(bundle), bundle)
        self._seeks.add(_seeks(bundle, ties), bundle)

    def remove(self, bundle: Bundle, ties: Ties) -> None:
        """Take a bundle out."""
        self._offers.remove(_offers(bundle), bundle)
        self._seeks.remove(_seeks(bundle, ties), bundle)
        self.leave(bundle)

    def leave(self, bundle: Bundle) -> None:
        """Let a bundle follow nothing."""
        self._followers[self._host.pop(bundle.id, "")].pop(bundle.id, None)

    def choose(self, bundle: Bundle, ties: Ties, least: float) -> tuple[Bundle, Fit] | None:
        """Return the better ranked bundle that one follows, and why; None where none fits beyond `least`."""
        found: dict[str, tuple[tuple[object, ...], Bundle, Fit]] = {}
        for key in _seeks(bundle, ties):
            for other in self._offers.of(key):
                if other.id in found or other.rank >= bundle.rank:
                    continue
                shared = tuple(_shared(bundle, other, ties, self._public))
                fitting = weigh(bundle, other, shared)
                if fitting is not None and fitting.score > least:
                    found[other.id] = (-round(fitting.score, 6), *other.rank), other, fitting
        self.leave(bundle)
        if not found:
            return None
        _, host, fitting = min(found.values(), key=lambda item: item[0])
        self._host[bundle.id] = host.id
        self._followers[host.id][bundle.id] = bundle
        return host, fitting

    def concerned(self, bundle: Bundle) -> Iterator[Bundle]:
        """Yield those that might follow a bundle, now that it came or goes."""
        for key in _offers(bundle):
            for other in self._seeks.of(key):
                if other.rank > bundle.rank:
                    yield other

    def followers(self, bundle: Bundle) -> list[Bundle]:
        """Return those that follow a bundle."""
        return list(self._followers.get(bundle.id, {}).values())


def _shared(bundle: Bundle, other: Bundle, ties: Ties, public: Container[str]) -> Iterator[Part]:
    """Yield what two bundles share beyond place and time; two figures together are as good as words."""
    yield from proof(bundle, other, ties, public)
    if bundle.dispatch == other.dispatch and bundle.capture != other.capture:
        yield 2.0, because(Rule.SAME_DISPATCH, bundle.capture, dispatch=other.dispatch)
    figures = sorted(bundle.figures & other.figures)
    if len(figures) > 1 and max(number for _, number in figures) >= rules.TELLING:
        told = [list(figure) for figure in figures]
        yield 1.0, because(Rule.SAME_FIGURES, bundle.capture, figures=told)


def _offers(bundle: Bundle) -> Iterator[Key]:
    """Yield the keys under which a bundle is found."""
    if bundle.main:
        yield ("kin", bundle.capture)
    if bundle.kind in _WORDS or bundle.place is None:
        return
    yield ("capture", bundle.capture)
    yield ("dispatch", bundle.dispatch)
    day = bundle.moment.toordinal()
    yield from ((day, *key) for key in _told(bundle))


def _seeks(bundle: Bundle, ties: Ties) -> Iterator[Key]:
    """Yield the keys under which a bundle looks for another: its kin, or what it hardly differs from."""
    if bundle.main:
        yield from (("kin", name) for name in ties.kin)
    if bundle.kind in _WORDS or not _hardly_placed(bundle):
        return
    yield from (("capture", name) for name in ties.ancestors)
    yield ("dispatch", bundle.dispatch)
    days = {(bundle.moment + timedelta(hours=hours)).toordinal() for hours in (-26, 0, 26)}
    for key in _told(bundle):
        yield from ((day, *key) for day in sorted(days))


def _hardly_placed(bundle: Bundle) -> bool:
    place = bundle.place
    return place is None or bundle.at_home or place.precision in ("region", "country")


def _told(bundle: Bundle) -> Iterator[Key]:
    """Yield what rarely agrees by chance: two figures, a high one in a region, a person who speaks."""
    telling = sorted(bundle.figures)
    for one, two in combinations(telling[:6], 2):
        if max(one[1], two[1]) >= rules.TELLING:
            yield ("figures", one, two)
    if bundle.region is not None:
        yield from (("figure", bundle.region, f) for f in telling if f[1] >= rules.RARE)
    yield from (("says", key) for key in sorted(bundle.speakers) if key.startswith("person:"))

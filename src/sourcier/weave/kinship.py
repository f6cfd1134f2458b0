"""Kinship: which dispatches tell one story, by the rare names that they share.

A name weighs the more the fewer dispatches held it before, so that what is known of a dispatch hangs
on none that is told later, and none needs a second look while they come in order. What two share
is weighed as `points`: names, full names, ages and places speak for one story; days between
them, regions apart and other counts of the injured against it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sourcier.types import Capture, Claim, Evidence
from sourcier.weave import rules
from sourcier.weave.names import skeleton
from sourcier.weave.rules import Rule, because
from sourcier.weave.stories import Story, story

_SHOWN = 6  # names in the evidence


class Kin(NamedTuple):
    """How much speaks for two dispatches telling one story, and what."""

    points: float
    why: Evidence


class Kinship:
    """All dispatches' stories, and those that each is kin to."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._holders: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self._earlier: dict[str, dict[str, Kin]] = {}
        self._later: dict[str, set[str]] = defaultdict(set)

    def add(self, capture: Capture, claims: tuple[Claim, ...], moment: datetime) -> set[str]:
        """Take a capture in, or more claims of a known one; return the captures whose kin changed."""
        if capture.deleted:
            return set()
        mine = story(capture, claims, moment)
        fresh = capture.id not in self._stories
        self._stories[capture.id] = mine
        later: set[str] = set()
        for name in map(skeleton, mine.names):
            later |= self._hold(name, mine, fresh)
        changed = {name for name in sorted(later) if self._look(self._stories[name])}
        if self._look(mine):
            changed |= {capture.id, *self._earlier[capture.id]}
        return changed

    def of(self, capture: str) -> Mapping[str, Kin]:
        """Return the kin of a capture, told before and after it."""
        later = self._later.get(capture, ())
        return {
            **self._earlier.get(capture, {}),
            **{name: self._earlier[name][capture] for name in later},
        }

    def _hold(self, name: str, mine: Story, fresh: bool) -> set[str]:
        """Enter a story under a name; return those told later that it concerns."""
        holders = self._holders[name]
        if fresh and (len(holders) < rules.COMMON or mine.line < holders[-1]):
            insort(holders, mine.line)
            del holders[rules.COMMON :]
        return {other for _, other in holders[bisect_left(holders, mine.line) :]} - {mine.capture}

    def _weight(self, name: str, line: tuple[datetime, str]) -> float:
        """Return how rare a name was when a story was told; 0 for a common one."""
        return math.log(rules.COMMON / (bisect_left(self._holders[name], line) + 1))

    def _look(self, mine: Story) -> bool:
        """Look for the earlier kin of a story; tell whether that changes them."""
        weights = {name: self._weight(name, mine.line) for name in map(skeleton, mine.names)}
        found = {}
        for name in self._nearest(mine, weights):
            kin = self._compare(mine, self._stories[name], weights)
            if kin is not None:
                found[name] = kin
        before = self._earlier.get(mine.capture, {})
        if found == before:
            return False
        for name in before:
            self._later[name].discard(mine.capture)
        for name in found:
            self._later[name].add(mine.capture)
        self._earlier[mine.capture] = found
        return True

    def _nearest(self, mine: Story, weights: Mapping[str, float]) -> list[str]:
        """Return the earlier stories that share most with one."""
        shared: dict[str, float] = defaultdict(float)
        for name, weight in weights.items():
            holders = self._holders[name]
            held = bisect_left(holders, mine.line)
            for _, other in holders[:held] if held < rules.LISTED else ():
                shared[other] += weight * weight
        others = [
            (-round(weight, 6), name)
            for name, weight in shared.items()
            if self._stories[name].dispatch != mine.dispatch
        ]
        return [name for _, name in sorted(others)[: rules.NEAREST_STORIES]]

    def _compare(self, mine: Story, other: Story, weights: Mapping[str, float]) -> Kin | None:
        theirs = {skeleton(word): word for word in other.names}
        back = [self._weight(name, mine.line) for name in theirs]
        shared = sorted(weights.keys() & theirs.keys(), key=lambda name: (-weights[name], name))
        if len(shared) < rules.NAMES_SHARED:
            return None
        both = sum(weights[name] ** 2 for name in shared)
        size = math.hypot(*weights.values()) * math.hypot(*back)
        full = [p for p in mine.full & other.full if self._pair(p, mine.line) >= rules.RARE_PAIR]
        share = both / (size + rules.FEW_NAMES)
        found = points(mine, other, share, len(full))
        if found < rules.KIN:
            return None
        why = because(
            Rule.SAME_STORY,
            mine.capture,
            names=[theirs[name] for name in shared[:_SHOWN]],
            share=round(share, 3),
            days=round((mine.moment - other.moment) / timedelta(days=1), 1),
            points=round(found, 2),
        )
        return Kin(found, why)

    def _pair(self, pair: str, line: tuple[datetime, str]) -> float:
        return sum(self._weight(name, line) for name in pair.split(" "))


def points(one: Story, other: Story, share: float, full: int) -> float:
    """Return what speaks for two stories being one; `share` of their names is common, `full` names are.

    The figures are those of a logistic regression over pairs of news pages on shootings, rounded.
    """
    days = abs(one.moment - other.moment) / timedelta(days=1)
    own = one.publisher is not None and one.publisher == other.publisher
    said = {one.injured, other.injured} - {None}
    met = one.site in other.sites or other.site in one.sites
    apart = one.regions and other.regions and not one.regions & other.regions
    return (
        rules.KIN_BIAS
        + share * (rules.KIN_NAMES_OWN if own else rules.KIN_NAMES)
        + rules.KIN_FULL * min(2, full)
        + rules.KIN_AGE * min(2, len(one.ages & other.ages))
        + rules.KIN_SITE * met
        - rules.KIN_APART * bool(apart)
        - rules.KIN_INJURED * (len(said) > 1)
        - rules.KIN_DECAY * math.log1p(days)
    )

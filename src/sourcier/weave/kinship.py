"""Kinship: which dispatches tell one story, by the rare names that they share.

A name weighs the more the fewer dispatches held it before, so that what is known of a dispatch hangs
on none that is told later, and none needs a second look while they come in order. What two share
is weighed as `points`: names, full names, ages, places, days and counts speak for one story; days
between them, other days, regions and house numbers and other counts of the injured against it.
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
_WEIGHTS = [math.log(rules.COMMON / (held + 1)) for held in range(rules.COMMON + 1)]
"""How rare a name is that so many dispatches held before; next to nothing for a common one."""


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
        holders, line = self._holders[name], mine.line
        if fresh and (len(holders) < rules.COMMON or line < holders[-1]):
            insort(holders, line)
            del holders[rules.COMMON :]
        if not holders or holders[-1] <= line:
            return set()
        return {other for _, other in holders[bisect_left(holders, line) :]} - {mine.capture}

    def _held(self, name: str, line: tuple[datetime, str]) -> int:
        """Return how many dispatches held a name when a story was told."""
        return bisect_left(self._holders[name], line)

    def _look(self, mine: Story) -> bool:
        """Look for the earlier kin of a story; tell whether that changes them."""
        line = mine.line
        held = {name: self._held(name, line) for name in map(skeleton, mine.names)}
        weights = {name: _WEIGHTS[many] for name, many in held.items()}
        found = {}
        for name in self._nearest(mine, held):
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

    def _nearest(self, mine: Story, held: Mapping[str, int]) -> list[str]:
        """Return the earlier stories that share most with one; `held` tells how common its names are."""
        shared: dict[str, float] = defaultdict(float)
        for name, many in held.items():
            if many < rules.LISTED:
                weight = _WEIGHTS[many] * _WEIGHTS[many]
                for _, other in self._holders[name][:many]:
                    shared[other] += weight
        others = [
            (-round(weight, 6), name)
            for name, weight in shared.items()
            if self._stories[name].dispatch != mine.dispatch
        ]
        return [name for _, name in sorted(others)[: rules.NEAREST_STORIES]]

    def _compare(self, mine: Story, other: Story, weights: Mapping[str, float]) -> Kin | None:
        theirs = {skeleton(word): word for word in other.names}
        both_told = weights.keys() & theirs.keys()
        if len(both_told) < rules.NAMES_SHARED:
            return None
        line = mine.line
        back = [_WEIGHTS[self._held(name, line)] for name in theirs]
        shared = sorted(both_told, key=lambda name: (-weights[name], name))
        both = sum(weights[name] ** 2 for name in shared)
        size = math.hypot(*weights.values()) * math.hypot(*back)
        full = [p for p in mine.full & other.full if self._pair(p, line) >= rules.RARE_PAIR]
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
        return sum(_WEIGHTS[self._held(name, line)] for name in pair.split(" "))


def points(one: Story, other: Story, share: float, full: int) -> float:
    """Return what speaks for two stories being one; `share` of their names is common, `full` names are.

    The figures are those of a logistic regression over pairs of news pages on shootings, rounded.
    """
    own = one.publisher is not None and one.publisher == other.publisher
    return (
        rules.KIN_BIAS
        + rules.KIN_ALONE * _names_alone(one, other)
        + share * (rules.KIN_NAMES_OWN if own else rules.KIN_NAMES)
        + rules.KIN_FULL * min(4, full)
        + rules.KIN_AGE * min(2, len(one.ages & other.ages))
        + rules.KIN_KILLED * (one.killed is not None and one.killed == other.killed)
        - rules.KIN_INJURED * (len({one.injured, other.injured} - {None}) > 1)
        + _where(one, other)
        + _when(one, other)
    )


def _names_alone(one: Story, other: Story) -> bool:
    """Tell whether neither of two stories tells where or when something happened."""
    return not (one.days or other.days or one.regions or other.regions)


def _where(one: Story, other: Story) -> float:
    """Return what the places of two stories speak for or against their being one."""
    met = one.site in other.sites or other.site in one.sites
    apart = one.regions and other.regions and not one.regions & other.regions
    doors = one.doors and other.doors and not one.doors & other.doors
    return rules.KIN_SITE * met - rules.KIN_APART * bool(apart) - rules.KIN_DOORS * bool(doors)


def _when(one: Story, other: Story) -> float:
    """Return what the days of two stories, those told of and those of telling, speak for or against it."""
    decay = rules.KIN_DECAY * math.log1p(abs(one.moment - other.moment) / timedelta(days=1))
    if one.days & other.days:
        return rules.KIN_DAY - decay
    near = {day + timedelta(days=1) for day in one.days} & other.days
    near |= {day + timedelta(days=1) for day in other.days} & one.days
    apart = one.days and other.days and not near
    return -rules.KIN_OTHER_DAYS * bool(apart) - decay

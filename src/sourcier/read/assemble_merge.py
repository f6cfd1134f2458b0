"""One occurrence per happening: a later mention of what was told gives way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sourcier.read.assemble_items import Item, place_of
from sourcier.read.drafts import OccurrenceDraft
from sourcier.read.occurrences_types import family

_FINE = ("minute", "hour")


def merged(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return `items` without the occurrences that only tell an earlier one again.

    A mention by another speaker, of another place, day or role stays. The clock time of a mention
    that goes is kept for the occurrence that stays.
    """
    kept: list[Item] = []
    told: dict[str, int] = {}
    for item in items:
        if not isinstance(item.draft, OccurrenceDraft):
            kept.append(item)
            continue
        name = family(item.draft.type)
        earlier = told.get(name)
        if earlier is not None and _again(kept[earlier], item):
            kept[earlier] = _refined(kept[earlier], item)
            continue
        told[name] = len(kept)
        kept.append(item)
    return tuple(kept)


def _again(first: Item, later: Item) -> bool:
    assert isinstance(first.draft, OccurrenceDraft)
    assert isinstance(later.draft, OccurrenceDraft)
    if (first.role, first.stance) != (later.role, later.stance):
        return False
    if later.draft.definite:
        return True
    return (
        first.draft.type == later.draft.type
        and (not later.attribution or later.attribution == first.attribution)
        and not _elsewhere(first, later)
        and not _other_day(first, later)
        and not _other_target(first.draft, later.draft)
    )


def _elsewhere(first: Item, later: Item) -> bool:
    one, other = place_of(first), place_of(later)
    if not later.own_place or one is None or other is None:
        return False
    return (one.geonames, one.name) != (other.geonames, other.name)


def _other_day(first: Item, later: Item) -> bool:
    if not (first.time and later.time and later.own_time and first.own_time):
        return False
    one, other = first.time.time, later.time.time
    return one.end <= other.start or other.end <= one.start


def _other_target(first: OccurrenceDraft, later: OccurrenceDraft) -> bool:
    return later.target is not None and first.target is not None


def _refined(first: Item, later: Item) -> Item:
    if later.time and later.own_time and later.time.time.precision in _FINE:
        return replace(first, time=later.time, own_time=True)
    return first

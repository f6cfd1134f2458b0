"""What items are to each other: old beside new, told again, told otherwise by another source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from sourcier.read.assemble_items import Item, lies_in, near, place_of
from sourcier.read.drafts import OccurrenceDraft, TimeDraft, TollDraft
from sourcier.read.occurrences_types import (
    GENERAL,
    family,
    is_consequence,
    is_of_each,
    is_single,
    names_of,
    retold,
)

_FINE = ("minute", "hour")
_NEWS_AGE = timedelta(days=3)
_DAY = timedelta(days=1)
_WORD = 4


_SENTENCE_ENDS = re.compile(r"[.!?…]\s|\n")


def aged(items: Sequence[Item], published: datetime) -> tuple[Item, ...]:
    """Return `items` with those as background that happened days before the dispatch."""
    return tuple(
        replace(item, role="background") if _is_old(item, published) else item for item in items
    )


def _is_old(item: Item, published: datetime) -> bool:
    return item.role == "news" and item.time is not None and is_past(item.time, published)


def is_past(draft: TimeDraft, published: datetime) -> bool:
    """Tell whether a time lies too far back to be news in a dispatch.

    An hour is as old as its day, lest one event be both.
    """
    return max(draft.time.end, draft.time.start + _DAY) < published - _NEWS_AGE


def disputed(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return `items` with the tolls of one outcome as disputed for which two sources differ."""
    rivals: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        if _is_versioned(item):
            rivals.setdefault(_topic(item), []).append(item)
    at_odds = {id(item) for group in rivals.values() if _differ(group) for item in group}
    return tuple(replace(one, stance="disputed") if id(one) in at_odds else one for one in items)


def _is_versioned(item: Item) -> bool:
    """Tell whether an item is one source's figure for the whole of an event told as news."""
    draft = item.draft
    return (
        isinstance(draft, TollDraft)
        and draft.part_of is None
        and draft.scope == "event"
        and not _is_person(draft)
        and item.role == "news"
        and item.stance in ("asserted", "disputed")
        and bool(item.attribution)
    )


def _is_person(draft: TollDraft) -> bool:
    """Tell whether a toll tells of one person or of some, and is no count of all of them."""
    return draft.words == draft.span and (draft.low, draft.high) in ((1, 1), (1, None))


def _topic(item: Item) -> tuple[object, ...]:
    """Return what two figures must share to be about the same people: outcome, group, place, area."""
    assert isinstance(item.draft, TollDraft)
    place = place_of(item)
    where = place and (place.name, place.country)
    return item.draft.outcome, item.draft.of, where, item.area


def _differ(group: Sequence[Item]) -> bool:
    """Tell whether two sources give figures that cannot both be the whole."""
    figures: dict[tuple[str | None, ...], set[tuple[int | None, int | None]]] = {}
    for item in group:
        origin = item.attribution[-1]
        assert isinstance(item.draft, TollDraft)
        key = (origin.name or origin.role, origin.organisation)
        figures.setdefault(key, set()).add((item.draft.low, item.draft.high))
    return len(figures) > 1 and len(set(map(frozenset, figures.values()))) > 1


def merged(items: Sequence[Item], folded: str) -> tuple[Item, ...]:
    """Return `items` without the occurrences that only tell an earlier one again.

    A mention by another speaker, of another place, day or role stays. The clock time of a mention
    that goes is kept for the occurrence that stays. A general word ("the tragedy") never stays.
    `folded` is the folded text.
    """
    kept: list[Item] = []
    told: dict[str, int] = {}
    for item in items:
        if not isinstance(item.draft, OccurrenceDraft):
            kept.append(item)
            continue
        if _is_left_behind(item, item.draft) and _beside(kept, item, folded):
            continue
        earlier = _earlier(item, item.draft, kept, told, folded)
        if earlier is not None:
            kept[earlier] = _refined(kept[earlier], item)
            continue
        if item.draft.type == GENERAL:
            continue
        for name in names_of(item.draft.type):
            told[name] = len(kept)
        kept.append(item)
    return tuple(kept)


def _earlier(
    item: Item, draft: OccurrenceDraft, kept: Sequence[Item], told: dict[str, int], folded: str
) -> int | None:
    """Return the number of the occurrence in `kept` that an item tells again; None if it is new.

    A definite noun may be the general word for one told in a more special type.
    """
    names = retold(draft.type) if draft.definite else (family(draft.type),)
    numbers = (told[name] for name in names if name in told)
    return next((number for number in numbers if _again(kept[number], item, folded)), None)


def _is_left_behind(item: Item, draft: OccurrenceDraft) -> bool:
    """Tell whether a draft only says what another happening did where that one happened."""
    return is_consequence(draft.type) and draft.actor is None and not item.own_place


def _beside(kept: Sequence[Item], item: Item, folded: str) -> bool:
    """Tell whether another happening is told in the same sentence, before `item`."""
    for other in reversed(kept):
        if isinstance(other.draft, OccurrenceDraft):
            between = folded[other.span[1] : item.span[0]]
            return not _SENTENCE_ENDS.search(between)
    return False


def _again(first: Item, later: Item, folded: str) -> bool:
    assert isinstance(first.draft, OccurrenceDraft)
    assert isinstance(later.draft, OccurrenceDraft)
    if first.role != later.role:
        return False
    if later.draft.type == GENERAL:
        return later.draft.definite and not (first.own_place and _elsewhere(first, later))
    if later.draft.definite:
        return not _elsewhere(first, later)
    if first.draft.type != later.draft.type or first.stance != later.stance:
        return False
    if _during(first, later):
        return True
    if _elsewhere(first, later) or _other_day(first, later):
        return False
    if later.draft.known and _is_same_thing(first.draft, later.draft, folded):
        return True
    if later.attribution and later.attribution != first.attribution:
        return False
    if is_of_each(later.draft.type) and not (later.own_time or later.own_place):
        return True
    return not _other_target(first.draft, later.draft)


def _during(first: Item, later: Item) -> bool:
    """Tell whether `later` gives the clock time of what `first` told with its part of day."""
    if not (first.time and later.time and later.own_time and first.own_time):
        return False
    one, other = first.time.time, later.time.time
    return one != other and one.start <= other.start and other.end <= one.end


def _elsewhere(first: Item, later: Item) -> bool:
    one, other = place_of(first), place_of(later)
    if not later.own_place or one is None or other is None:
        return False
    return not near(one, other)


def _other_day(first: Item, later: Item) -> bool:
    if not (first.time and later.time and later.own_time and first.own_time):
        return False
    if first.leaning or later.leaning:
        return False
    one, other = first.time.time, later.time.time
    return one.end <= other.start or other.end <= one.start


def _other_target(first: OccurrenceDraft, later: OccurrenceDraft) -> bool:
    return later.target is not None and first.target is not None


def _is_same_thing(first: OccurrenceDraft, later: OccurrenceDraft, folded: str) -> bool:
    """Tell whether what something happened to may be what the text told of before.

    A crash has one vehicle, whatever it is called; houses fall one by one: their words are compared.
    """
    if first.target is None or later.target is None or is_single(first.type):
        return True
    one, other = (set(folded[slice(*span)].split()) for span in (first.target, later.target))
    return any(len(word) >= _WORD for word in one & other)


def _refined(first: Item, later: Item) -> Item:
    """Return `first` with the time, and the place in its own, that its being told again gives."""
    if later.time and later.own_time and _dates_better(later.time, first):
        first = replace(first, time=later.time, own_time=True, leaning=later.leaning)
    if _places_better(first, later):
        first = replace(first, place=later.place)
    return first


def _places_better(first: Item, later: Item) -> bool:
    """Tell whether a place is one in the event's own, or a general word gives the first of its own."""
    one, other = place_of(first), place_of(later)
    if other is None or not later.own_place or later.pointed:
        return False
    assert isinstance(later.draft, OccurrenceDraft)
    if one is None or (later.draft.type == GENERAL and not first.own_place):
        return True
    return lies_in(other, one)


def _dates_better(draft: TimeDraft, first: Item) -> bool:
    """Tell whether a time is a clock time, or dates what had none of its own clause."""
    return first.time is None or first.leaning or draft.time.precision in _FINE

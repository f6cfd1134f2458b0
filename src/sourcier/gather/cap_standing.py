"""What a chain of CAP messages said last of each area: what a later message no longer names is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from sourcier.gather.bulletin import Area, Bulletin, Warned, in_one_line
from sourcier.gather.item import Item

_Standing = dict[str, dict[str, Warned]]
"""The warnings of one area each, by area, then event, as the lines of a bulletin have them."""


def outline(item: Item, told: Sequence[Warned]) -> Item:
    """Return what is to be remembered of a version: its warnings without their words and shapes."""
    brief = Bulletin(
        replace(one, description="", instruction="", areas=tuple(map(_bare, one.areas)))
        for one in told
    )
    return replace(item, text=brief.text, alerts=tuple(brief.alerts))


def standing(outlines: Iterable[Item]) -> _Standing:
    """Return what the outlines of chains tell, the later ones before the earlier."""
    found: _Standing = defaultdict(dict)
    for item in outlines:
        for fact in item.alerts:
            event, area = item.text[slice(*fact.event)], item.text[slice(*fact.area)]
            if fact.state == "ended":
                found[area][event] = replace(found[area][event], ended=fact.start)
            else:
                found[area][event] = Warned(
                    event=event,
                    areas=(Area(name=area, codes=fact.codes),),
                    start=fact.start,
                    end=fact.end,
                    onset=fact.onset,
                    hazard=fact.hazard,
                    family=fact.family,
                )
    return found


def continued(told: Iterable[Warned], before: _Standing, sent: datetime) -> Iterator[Warned]:
    """Yield warnings, since when they have been in force: an alert that had begun does not begin again.

    Where some of a warning's areas were warned of earlier than others, it is several.
    """
    for one in told:
        groups: dict[datetime, list[Area]] = defaultdict(list)
        for area in one.areas:
            groups[_since(one, before.get(in_one_line(area.name), {}), sent)].append(area)
        parts = [replace(one, start=start, areas=tuple(areas)) for start, areas in groups.items()]
        yield from (replace(part, description="", instruction="") for part in parts[:-1])
        yield from parts[-1:]


def dropped(told: Iterable[Warned], before: _Standing, sent: datetime) -> Iterator[Warned]:
    """Yield the warnings that the chain gave and a message sent then does not: over since, if not earlier.

    One that is called otherwise now ("watch", "warning") goes on.
    """
    now: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for area in one.areas:
            now[in_one_line(area.name)].add(in_one_line(one.event))
    for name, events in before.items():
        if len(now[name]) < len(events):
            yield from (_over(one, sent) for event, one in events.items() if event not in now[name])


def _since(one: Warned, events: dict[str, Warned], sent: datetime) -> datetime:
    """Return when an area's warning began: one of its name, or else the only one there was."""
    same = events.get(in_one_line(one.event)) or (
        next(iter(events.values())) if len(events) == 1 else None
    )
    if same is None or same.start > sent or (same.ended or sent) < sent:
        return one.start
    return min(same.start, one.start)


def _over(one: Warned, sent: datetime) -> Warned:
    last = min(one.end or sent, sent)
    return replace(one, ended=one.ended or max(last, one.start))


def _bare(area: Area) -> Area:
    return Area(name=area.name, codes=area.codes)

"""Which dispatch an entry is: by its guid or link, also where a feed numbers its entries anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sourcier.gather.feed_entry import Entry
from sourcier.gather.moments import lenient_moment
from sourcier.gather.state import Door

Named = list[tuple[Entry, str | None]]


def dispatches(entries: Sequence[Entry], door: Door, zone: ZoneInfo) -> Named:
    """Return each entry with the dispatch that it is; null where the words alone tell it apart.

    It is the guid, else the link. Where several entries have the same: the link, where that tells them
    apart, else with the time. A guid never seen, at a link where a dispatch of the same time was seen
    whose guid is gone, is that dispatch.
    """
    named = _apart(entries)
    shown = {name for _, name in named}
    links = Counter(entry.url or "" for entry in entries)
    known = _by_place(door)
    result: Named = []
    for entry, name in named:
        place = (entry.url or "", lenient_moment(entry.published or entry.updated, zone))
        before = known.get(place, []) if name not in door.seen and links[place[0]] == 1 else []
        renumbered = before[0] if len(before) == 1 and before[0] not in shown else None
        result.append((entry, renumbered or name))
    return result


def _apart(entries: Iterable[Entry]) -> Named:
    """Return each entry with a name of its own in this feed, as far as it gives one."""
    listed = list(entries)
    guids = Counter(entry.guid for entry in listed if entry.guid and not entry.deleted)
    links = Counter(entry.url for entry in listed if entry.url)
    return [(entry, _name(entry, guids, links)) for entry in listed]


def _name(entry: Entry, guids: Counter[str], links: Counter[str]) -> str | None:
    if entry.guid and guids[entry.guid] <= 1:
        return entry.guid
    if entry.url and links[entry.url] == 1:
        return entry.url
    shared, when = entry.guid or entry.url, entry.published or entry.updated
    return f"{shared}#{when}" if shared and when else None


def _by_place(door: Door) -> dict[tuple[str, datetime | None], list[str]]:
    """Return the dispatches known at each link and time of publication."""
    known: dict[tuple[str, datetime | None], list[str]] = defaultdict(list)
    for dispatch, seen in door.live():
        if seen.url:
            known[seen.url, seen.published].append(dispatch)
    return known

"""Keyed: bundles by the keys under which others look for them.

::

    ("quotes", 17)          a key of all time: always at hand
    (736_330, "at", "…")    a key of a day: at hand with its day, packed with it when that was long
                            not asked for

Most keys are held by one bundle, which then stands for itself.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from sourcier.weave import rules
from sourcier.weave.archive import Recent
from sourcier.weave.bundles import Bundle

Key = tuple[Hashable, ...]
Held = dict[Hashable, Bundle | dict[str, Bundle]]


@dataclass(slots=True)
class _Day:
    number: int
    held: Held = field(default_factory=dict)
    changed: bool = False


class Keyed:
    """Bundles by key; `bundles` are all of them by id, as long as a key holds them."""

    def __init__(self, bundles: Mapping[str, Bundle]) -> None:
        self._bundles = bundles
        self._always: defaultdict[Hashable, Held] = defaultdict(dict)
        self._days: Recent[int, _Day] = Recent(rules.DAYS_AT_HAND, self._pack)
        self._packed: dict[int, bytes] = {}

    def add(self, keys: Iterable[Key], bundle: Bundle) -> None:
        """Let keys lead to a bundle."""
        for key in keys:
            table, rest = self._table(key, changes=True), _rest(key)
            held = table.get(rest)
            if isinstance(held, dict):
                held[bundle.id] = bundle
            elif held is None or held.id == bundle.id:
                table[rest] = bundle
            else:
                table[rest] = {held.id: held, bundle.id: bundle}

    def remove(self, keys: Iterable[Key], bundle: Bundle) -> None:
        """Let keys lead to a bundle no longer."""
        for key in keys:
            table, rest = self._table(key, changes=True), _rest(key)
            held = table.get(rest)
            if isinstance(held, dict):
                held.pop(bundle.id, None)
            if not held or (isinstance(held, Bundle) and held.id == bundle.id):
                table.pop(rest, None)

    def of(self, key: Key) -> Collection[Bundle]:
        """Return the bundles that a key leads to."""
        held = self._table(key).get(_rest(key), {})
        return held.values() if isinstance(held, dict) else (held,)

    def _table(self, key: Key, *, changes: bool = False) -> Held:
        first = key[0]
        if not isinstance(first, int):
            return self._always[first]
        day = self._days.get(first) or self._days.put(first, self._opened(first))
        day.changed |= changes
        return day.held

    def _opened(self, number: int) -> _Day:
        day, packed = _Day(number), self._packed.get(number)
        for key, names in msgspec.msgpack.decode(zlib.decompress(packed)) if packed else ():
            found = {name: self._bundles[name] for name in names}
            day.held[_hashable(key)] = found if len(found) > 1 else found[names[0]]
        return day

    def _pack(self, day: _Day) -> None:
        if day.changed:
            held = [
                (key, list(found) if isinstance(found, dict) else [found.id])
                for key, found in day.held.items()
            ]
            self._packed[day.number] = zlib.compress(msgspec.msgpack.encode(held))


def _rest(key: Key) -> Hashable:
    """Return a key without its first part, which is that of its table."""
    return key[1] if len(key) == 2 else key[1:]


def _hashable(key: object) -> Hashable:
    return tuple(map(_hashable, key)) if isinstance(key, list) else key

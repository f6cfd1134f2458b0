"""The archive: what is known but was long not asked for, packed in blocks that are opened on demand.

::

    roll    values in order; the latest at hand, the others in compressed blocks
    shelf   the same by name
    recent  what can be made again, as much of it as fits

Nothing is ever lost and nothing is written anywhere: a block is bytes in memory. Values are the structs
of `sourcier.types`, so that a block is their wire form.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Generic, TypeVar, overload

import msgspec

from sourcier.weave import rules

T = TypeVar("T")
K = TypeVar("K")

_ENCODER = msgspec.msgpack.Encoder()


class Recent(Generic[K, T]):
    """The latest values that were put in or asked for; the others are forgotten."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._values: dict[K, T] = {}

    def get(self, key: K) -> T | None:
        """Return a value, or None where it is forgotten."""
        value = self._values.pop(key, None)
        if value is not None:
            self._values[key] = value
        return value

    def put(self, key: K, value: T) -> T:
        """Keep a value, and return it; the one that was longest not asked for goes."""
        self._values.pop(key, None)
        self._values[key] = value
        if len(self._values) > self._many:
            del self._values[next(iter(self._values))]
        return value

    def drop(self, key: K) -> None:
        """Forget a value."""
        self._values.pop(key, None)


class Roll(Sequence[T]):
    """Values in the order in which they came; the latest `at_hand` are not packed."""

    def __init__(self, kind: type[T] | object, at_hand: int | None = None) -> None:
        self._at_hand = at_hand or rules.AT_HAND
        self._decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
        self._blocks: list[bytes] = []
        self._opened: Recent[int, list[T]] = Recent(rules.BLOCKS_OPEN)
        self._latest: list[T] = []

    def append(self, value: T) -> None:
        """Add a value; a block of the oldest at hand is packed once there are enough others."""
        self._latest.append(value)
        if len(self._latest) >= self._at_hand + rules.BLOCK:
            packed = _ENCODER.encode(self._latest[: rules.BLOCK])
            self._blocks.append(zlib.compress(packed))
            del self._latest[: rules.BLOCK]

    def change(self, place: int, value: T) -> bool:
        """Put another value in a place that is not packed; tell whether it could be done."""
        at = place - len(self._blocks) * rules.BLOCK
        if at >= 0:
            self._latest[at] = value
        return at >= 0

    def __len__(self) -> int:
        return len(self._blocks) * rules.BLOCK + len(self._latest)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(place)
        number, within = divmod(at, rules.BLOCK)
        if number < len(self._blocks):
            return self._block(number)[within]
        return self._latest[at - len(self._blocks) * rules.BLOCK]

    def _block(self, number: int) -> list[T]:
        found = self._opened.get(number)
        if found is None:
            packed = zlib.decompress(self._blocks[number])
            found = self._opened.put(number, self._decoder.decode(packed))
        return found


class Shelf(MutableMapping[str, T]):
    """Values by name, in the order in which they were first put there."""

    def __init__(self, kind: type[T] | object, at_hand: int | None = None) -> None:
        self._roll: Roll[T] = Roll(kind, at_hand)
        self._places: dict[str, int] = {}

    def __getitem__(self, name: str) -> T:
        return self._roll[self._places[name]]

    def __setitem__(self, name: str, value: T) -> None:
        place = self._places.get(name)
        if place is None or not self._roll.change(place, value):
            self._places[name] = len(self._roll)
            self._roll.append(value)

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

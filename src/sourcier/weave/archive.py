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
from collections.abc import Callable, Hashable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar, overload

import msgspec

from sourcier.weave import rules

T = TypeVar("T")
U = TypeVar("U")
K = TypeVar("K")
H = TypeVar("H", bound=Hashable)

_ENCODER = msgspec.msgpack.Encoder()


@lru_cache(maxsize=1 << 16)
def _first(value: Hashable) -> Any:
    return value


def shared(value: H) -> H:
    """Return the first of equal values: a long story holds most of them many times."""
    found: H = _first(value)
    return found


class Recent(Generic[K, T]):
    """The latest values that were put in or asked for. The others are forgotten, once `gone` was told."""

    def __init__(self, many: int, gone: Callable[[T], object] | None = None) -> None:
        self._many = many
        self._gone = gone
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
            oldest = self._values.pop(next(iter(self._values)))
            if self._gone:
                self._gone(oldest)
        return value

    def drop(self, key: K) -> None:
        """Forget a value."""
        self._values.pop(key, None)


class Blocks(Generic[T]):
    """Packed values by place, as many in a block as came together: `rules.BLOCK`."""

    def __init__(self, kind: type[T] | object) -> None:
        self._decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
        self._blocks: list[bytes] = []
        self._opened: Recent[int, list[T]] = Recent(rules.BLOCKS_OPEN)

    def pack(self, values: list[T]) -> None:
        """Pack a block of values behind the others."""
        self._blocks.append(zlib.compress(_ENCODER.encode(values)))

    def __len__(self) -> int:
        return len(self._blocks) * rules.BLOCK

    def __getitem__(self, place: int) -> T:
        number, within = divmod(place, rules.BLOCK)
        found = self._opened.get(number)
        if found is None:
            packed = zlib.decompress(self._blocks[number])
            found = self._opened.put(number, self._decoder.decode(packed))
        return found[within]


class Roll(Sequence[T]):
    """Values in the order in which they came; the latest `at_hand` are not packed."""

    def __init__(self, kind: type[T] | object, at_hand: int | None = None) -> None:
        self._at_hand = at_hand or rules.AT_HAND
        self._packed: Blocks[T] = Blocks(kind)
        self._latest: list[T] = []

    def append(self, value: T) -> None:
        """Add a value; a block of the oldest at hand is packed once there are enough others."""
        self._latest.append(value)
        if len(self._latest) >= self._at_hand + rules.BLOCK:
            self._packed.pack(self._latest[: rules.BLOCK])
            del self._latest[: rules.BLOCK]

    def __len__(self) -> int:
        return len(self._packed) + len(self._latest)

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
        packed = len(self._packed)
        return self._packed[at] if at < packed else self._latest[at - packed]


class Shelf(MutableMapping[str, T]):
    """Values by name, in the order in which they were first put there; the latest are not packed."""

    def __init__(self, kind: type[T] | object, at_hand: int | None = None) -> None:
        self._at_hand = at_hand or rules.AT_HAND
        self._packed: Blocks[T] = Blocks(kind)
        self._latest: dict[str, T] = {}
        self._places: dict[str, int | None] = {}

    def __getitem__(self, name: str) -> T:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    @overload
    def get(self, name: str, /) -> T | None: ...
    @overload
    def get(self, name: str, /, default: T | U) -> T | U: ...
    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or `default` where there is none of that name."""
        value = self._latest.get(name)
        if value is not None:
            return value
        place = self._places.get(name)
        return default if place is None else self._packed[place]

    def __setitem__(self, name: str, value: T) -> None:
        self._latest[name] = value
        self._places[name] = None
        if len(self._latest) >= self._at_hand + rules.BLOCK:
            self._pack()

    def _pack(self) -> None:
        """Pack the block of those that were longest at hand."""
        names = list(islice(self._latest, rules.BLOCK))
        places = range(len(self._packed), len(self._packed) + rules.BLOCK)
        self._packed.pack([self._latest.pop(name) for name in names])
        self._places.update(zip(names, places, strict=True))

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._latest.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

"""A channel: the last messages of one story in one language, and what a reader of them lacks."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field

from sourcier.publish.updates import Update

Id = tuple[int, int]
"""A message's id: the sequence of its update, and its number among those with that sequence."""

_POSITIONS = 64


@dataclass(frozen=True, slots=True)
class Frame:
    """One message as it goes over the wire.

    `number` counts a channel's messages, `about` is the entry or part that it renews, `tag` a part's
    content.
    """

    number: int
    id: Id
    about: str
    tag: str
    wire: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """From where a reader goes on: the id it saw last (null: from now), the tags of its parts."""

    seen: Id | None = None
    returning: bool = False
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Channel:
    """The last messages of one story in one language.

    `floor` is the highest id that the ring no longer holds, null until something was published.
    """

    frames: deque[Frame] = field(default_factory=deque)
    count: int = 0
    floor: Id | None = None
    last: Id = (-1, 0)
    _caught_up: dict[object, list[Frame] | None] = field(default_factory=dict)

    def missed(self, seen: Id, tags: frozenset[str], *, returning: bool) -> list[Frame] | None:
        """Return the newest message on each thing that changed after `seen`, oldest first.

        None: some are gone. A `returning` reader names the last message that it got; a fresh page names
        its story's sequence and the tags of the parts that it holds.
        """
        if not self._covers(seen, returning=returning):
            return None
        after = (
            frame
            for frame in self.frames
            if (frame.id > seen if returning else frame.id[0] >= seen[0])
        )
        newest = {frame.about: frame for frame in after}
        frames = [frame for frame in newest.values() if not frame.tag or frame.tag not in tags]
        return sorted(frames, key=lambda frame: frame.number)

    def _covers(self, seen: Id, *, returning: bool) -> bool:
        if (
            self.floor is None
        ):  # nothing published yet: only who comes back can have missed something
            return not returning
        if returning:
            return self.floor <= seen <= self.last
        return self.floor[0] <= seen[0]

    def caught_up(self, position: Position) -> list[Frame] | None:
        """Return what a joining reader lacks; None: more than is known.

        After a cut thousands come back from one position: what they lack is worked out once.
        """
        if position.seen is None:
            return []
        if position not in self._caught_up:
            if len(self._caught_up) >= _POSITIONS:
                self._caught_up.clear()
            self._caught_up[position] = self.missed(
                position.seen, position.tags, returning=position.returning
            )
        return self._caught_up[position]

    def append(self, update: Update, ring: int) -> None:
        """Put an update at the end, and let go of what is older than `ring` messages."""
        sequence, index = self.last
        new = (update.sequence, 0) if update.sequence > sequence else (sequence, index + 1)
        if self.floor is None:
            self.floor = (update.sequence - 1, 1 << 62)
        self.count += 1
        self.last = new
        about = f"{update.kind} {update.data.get('id', '')}"
        tag = str(update.data.get("tag", ""))
        self.frames.append(Frame(self.count, new, about, tag, _wire(update, new)))
        while len(self.frames) > ring:
            self.floor = self.frames.popleft().id
        self._caught_up.clear()

    def since(self, number: int) -> list[Frame] | None:
        """Return the messages after the `number`-th, None where some of them are gone."""
        if self.frames and self.frames[0].number > number + 1:
            return None
        return [frame for frame in self.frames if frame.number > number]


def _wire(update: Update, new: Id) -> bytes:
    data = json.dumps(update.data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {new[0]}.{new[1]}\nevent: {update.kind}\ndata: {data}\n\n".encode()

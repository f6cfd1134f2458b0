"""Shares: counts without an outcome word that add up to a figure told before them.

"Nine died: six in one village, three in the next", "Of the 35 dead, 18 were women and 17 men". That
they add up to the whole, to the last one, is what shows them to be its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_frames import Finding

_SEPARATORS = frozenset(("comma", "and", "colon", "dash", "including"))
_NAMES = frozenset(("name", "preposition", "adverb"))
_COUNTED = frozenset(("count", "bare", "one", "tally"))
_ENDS = frozenset(("comma", "dash", "stop"))
_MOST = 12  # shares of a figure


def shares(
    chunks: Sequence[Chunk], findings: Sequence[Finding], before: Finding | None
) -> frozenset[int]:
    """Return the places of the shares in a sentence: of its own figures, else of the one `before`."""
    own = {place: finding for finding in findings for place in (finding.place, *finding.also)}
    found: set[int] = set()
    for whole in findings:
        found.update(_divided(chunks, own, whole, whole.place + 1))
    if before is not None and not found:
        found.update(_divided(chunks, own, before, 0))
    return frozenset(found)


def _divided(
    chunks: Sequence[Chunk], own: Mapping[int, Finding], whole: Finding, start: int
) -> Sequence[int]:
    """Return the places from `start` on whose counts add up to the whole, () where none do."""
    if whole.qualifier != "exact" or whole.low < 2:
        return ()
    places: list[int] = []
    total = 0
    for place in range(start, len(chunks)):
        size = _size(chunks, place)
        if not size:
            continue
        if place in own and own[place].outcome != whole.outcome:
            return ()
        places.append(place)
        total += size
        if total >= whole.low or len(places) == _MOST:
            break
    listed = total == whole.low and len(places) > 1 and not _acts(chunks, places[-1])
    return places if listed and (_numbered(chunks, places) or places[0] == start + 1) else ()


def _numbered(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether any share is a number: "a boy and a girl" must stand right behind "two"."""
    return any((number := chunks[place].number) and not number.article for place in places)


def _acts(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether the last of a list are no victims but say it: "..., a mayor and a guard said"."""
    for chunk in chunks[place + 1 :]:
        if chunk.kinds & _ENDS:
            return False
        if "say" in chunk.kinds:
            return True
    return False


def _size(chunks: Sequence[Chunk], place: int) -> int:
    """Return how many people an item of a list counts, 0 where the chunk is none."""
    chunk = chunks[place]
    if not chunk.kinds & _COUNTED or "known" in chunk.kinds or not _is_item(chunks, place):
        return 0
    if chunk.number is None:
        return 1 if "one" in chunk.kinds else 0
    return chunk.number.low if chunk.number.qualifier == "exact" else 0


def _is_item(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether an item of a list begins here, or with the name of a place before the number."""
    while place and chunks[place - 1].kinds & _NAMES:
        place -= 1
    return place == 0 or bool(chunks[place - 1].kinds & (_SEPARATORS | {"stop"}))

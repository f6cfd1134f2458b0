"""Whom a figure counts, where the clause says so beside it.

"Two of those killed are children", "one dead, a man of 44", "six civilians were killed and nineteen
wounded".
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_frames import Finding

_NAMED = frozenset(("some", "one", "count", "group"))
_VERBS = frozenset(("be", "have", "adverb", "state", "act", "fall", "dash", "definite"))
_LINKING = frozenset(("be", "dash"))
_TOGETHER = frozenset(("state", "act", "fall", "and", "adverb"))


def with_groups(chunks: Sequence[Chunk], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a sentence, each with the group that the words beside it name."""
    done: list[Finding] = []
    places = {finding.place for finding in findings}
    for finding in findings:
        before = done[-1] if done else None
        told = finding.place + 2 in places  # "a driver, his wife": someone else
        of = finding.of or (() if told else beside(chunks, finding))
        of = of or _shared(chunks, before, finding)
        done.append(replace(finding, of=of))
    return tuple(done)


def beside(chunks: Sequence[Chunk], finding: Finding) -> tuple[str, ...]:
    """Return the group of a predicate of a part, or of what is set beside a single one."""
    place = finding.place + 1
    if finding.part:
        return named_after(chunks, finding.place)
    single = finding.low == finding.high == 1
    apposed = single and place + 1 < len(chunks) and "comma" in chunks[place].kinds
    return chunks[place + 1].of if apposed and "one" in chunks[place + 1].kinds else ()


def named_after(chunks: Sequence[Chunk], place: int) -> tuple[str, ...]:
    """Return the group that the predicate of the count at `place` names: "... are children"."""
    predicate = predicate_of(chunks, place)
    return chunks[predicate].of if predicate else ()


def predicate_of(chunks: Sequence[Chunk], place: int) -> int:
    """Return the place of the people that a count is said to be, "... were relatives"; 0 for none."""
    linked = False
    place += 1
    while place < len(chunks) and chunks[place].kinds & _VERBS:
        linked |= bool(chunks[place].kinds & _LINKING)
        place += 1
    named = linked and place < len(chunks) and chunks[place].kinds & _NAMED
    return place if named else 0


def _shared(chunks: Sequence[Chunk], before: Finding | None, finding: Finding) -> tuple[str, ...]:
    """Return the group of the count to which "and nineteen wounded" is joined."""
    if before is None or "tally" not in chunks[finding.place].kinds:
        return ()
    between = chunks[before.place + 1 : finding.place]
    joined = bool(between) and "and" in between[-1].kinds
    return before.of if joined and all(c.kinds & (_TOGETHER | {"be"}) for c in between) else ()

"""Parts of a larger figure: "including two children", "one of whom died", "four of the injured"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_frames import Finding, inherited
from sourcier.read.tolls_groups import beside, predicate_of
from sourcier.read.tolls_shares import shares
from sourcier.read.tolls_told import Linked, Told

_PEOPLE = frozenset(("count", "bare", "one", "some", "unknown"))
_LINKING = frozenset(("be", "adverb", "of", "definite", "preposition", "dash", "colon"))
_BETWEEN = frozenset(("word", "of", "definite", "adverb", "preposition", "thing", "group"))
_ENDING = frozenset(
    ("adverb", "comma", "stop", "dash", "one", "some", "group", "count", "preposition")
)
_BREAKS = frozenset(("comma", "stop", "and"))
_LONGEST_TAIL = 5
_MEMORY = 2  # sentences
_MOST = 20  # findings


def with_parts(told: Told, earlier: Sequence[Linked]) -> list[Linked]:
    """Return a sentence's findings, those without an outcome of their own among them.

    `earlier` are the findings of the text before it; parts look back two sentences.
    """
    last = reversed(earlier[-_MOST:])
    near = takewhile(lambda link: told.number - link.told.number <= _MEMORY, last)
    recent = [link.finding for link in near][::-1]
    parts = shares(told.chunks, told.findings, recent[-1] if recent else None)
    listed = frozenset(_listed(told.chunks)) | parts
    found: list[Linked] = []
    for finding in _all_findings(told, listed, recent):
        if finding.place not in listed and not finding.part:
            found.append(Linked(finding, told))
            continue
        whole = _whole_of(finding, [*recent, *_own_right(found)])
        shared = replace(finding, part=finding.part or finding.place in parts)
        of = finding.of or beside(told.chunks, shared) or (whole.of if whole else ())
        found.append(Linked(replace(finding, of=of), told, whole))
    return found


def names_part(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a sentence says whom a part of others counts: "two of them were children".

    So does one that begins with them: "Among them: two children".
    """
    if chunks and "including" in chunks[0].kinds and any(_list_after(chunks, 0)):
        return True
    return any(
        chunk.part and "count" in chunk.kinds and bool(predicate_of(chunks, place))
        for place, chunk in enumerate(chunks)
    )


def _all_findings(
    told: Told, listed: frozenset[int], recent: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield the findings in order; a part without an outcome of its own takes the whole's."""
    own = {finding.place: finding for finding in told.findings}
    last = recent[-1] if recent else None
    for place, chunk in enumerate(told.chunks):
        finding = own.get(place)
        outcome = last.outcome if last else chunk.outcome
        if outcome and finding is None and (place in listed or _is_part(told.chunks, place)):
            finding = inherited(chunk, place, outcome)
        if finding and finding.inherits:
            finding = replace(finding, outcome=last.outcome) if last else None
        if finding:
            last = last if place in listed else finding
            yield finding


def _own_right(found: Sequence[Linked]) -> Iterator[Finding]:
    """Yield the findings that are no parts themselves: no child is a part of its brother."""
    return (link.finding for link in found if link.whole is None and not link.finding.part)


def _is_part(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether "two of them" says no more than that, or whom: not what else they did."""
    chunk = chunks[place]
    if not chunk.part or "count" not in chunk.kinds:
        return False
    rest = chunks[place + 1].kinds if place + 1 < len(chunks) else _ENDING
    return bool(rest & _ENDING or predicate_of(chunks, place))


def _listed(chunks: Sequence[Chunk]) -> Iterator[int]:
    """Yield the places of the people listed after each "including"."""
    for place, chunk in enumerate(chunks):
        if "including" in chunk.kinds:
            yield from _list_after(chunks, place)


def _list_after(chunks: Sequence[Chunk], place: int) -> Iterator[int]:
    position = place + 1
    while position < len(chunks) and chunks[position].kinds & _LINKING:
        position += 1
    while position < len(chunks) and chunks[position].kinds & (_PEOPLE | {"tally"}):
        yield position
        position = _next_item(chunks, position + 1)


def _next_item(chunks: Sequence[Chunk], position: int) -> int:
    """Return where the next item of a list stands, behind its comma or "and"; else the end."""
    tail = 0
    while position < len(chunks) and chunks[position].kinds & _BETWEEN and tail < _LONGEST_TAIL:
        position, tail = position + 1, tail + 1
    if position + 1 >= len(chunks) or not chunks[position].kinds & {"and", "comma"}:
        return len(chunks)
    behind = position + 1
    return behind if chunks[behind].kinds & _PEOPLE and not _speaks(chunks, behind) else len(chunks)


def _speaks(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether somebody is no item of a list but says it: "..., a doctor there said"."""
    end = next((i for i in range(place, len(chunks)) if chunks[i].kinds & _BREAKS), len(chunks))
    return any("say" in chunk.kinds for chunk in chunks[place:end])


def _whole_of(finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """Return the nearest earlier figure that is large enough to hold this one.

    Those in a grave condition are a part of the injured, never of the dead.
    """
    for candidate in reversed(before):
        if finding.grave and candidate.outcome not in ("injured", "casualties"):
            continue
        if candidate.high is None or candidate.high >= finding.low:
            return candidate
    return None

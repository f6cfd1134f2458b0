"""Frames: which count goes with which outcome in a sentence."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_lexicon import TollLexicon
from sourcier.types import Outcome, Qualifier, Span

_ALONE = frozenset(("single", "another", "name"))
_TOLD_OF_ANYTHING = frozenset(("fall", "hospital"))
_TOLD_OF_PEOPLE = frozenset(("killed", "injured", "detained", "captured", "casualties"))


class Finding(Struct, frozen=True):
    """A count with its outcome. `place` is the index of its chunk in the sentence.

    `inherits`: the outcome is that of the figure told before ("the figure is now 41"); `grave`:
    they are injured and in danger; `also`: the places of the others that it counts ("her son").
    """

    place: int
    outcome: Outcome
    span: Span
    words: Span
    low: int
    high: int | None
    qualifier: Qualifier
    of: tuple[str, ...] = ()
    part: bool = False
    inherits: bool = False
    grave: bool = False
    also: tuple[int, ...] = ()


class Frames:
    """Matches the frames of one language over the chunks of a sentence."""

    def __init__(self, lexicon: TollLexicon) -> None:
        self._lexicon = lexicon

    def findings(self, chunks: Sequence[Chunk]) -> tuple[Finding, ...]:
        """Return the findings of a sentence in order; each count is taken by one frame at most."""
        letters = "".join(self._lexicon.letter(chunk.kinds) for chunk in chunks)
        taken: dict[int, Finding | None] = {}
        used: set[int] = set()
        for _, pattern in self._lexicon.frames:
            for match in pattern.finditer(letters, overlapped=True):
                outcomes = _places(match, "what")
                if used.intersection(outcomes):
                    continue
                for finding in _read(match, chunks, taken):
                    taken.setdefault(finding.place, finding)
                    taken.update((place, None) for place in finding.also if place not in taken)
                    used.update(outcomes)
                for place in _places(match, "skip"):
                    taken.setdefault(place, None)
        return tuple(found for _, found in sorted(taken.items(), key=lambda item: item[0]) if found)


def _read(
    match: regex.Match[str], chunks: Sequence[Chunk], taken: Container[int]
) -> Iterator[Finding]:
    """Yield what a match tells; the names of its groups say how its chunks are to be taken.

    ``who``: counted. ``whom``: counted, one where the noun does not show its number. ``to``: the
    figure behind "rose to". ``none``: nobody. ``among``: the counted are a part of those told of
    before. ``over``: the figure is exceeded. Chunks `taken` by a frame before are left out.
    """
    what = _places(match, "what")
    told = chunks[what[0]] if what else None
    if _places(match, "none"):
        yield _none(match, chunks)
    yield from _people(match, chunks, told, taken)
    for place in _places(match, "to"):
        finding = _counted(_bare(chunks[place]), told, place)
        if finding:
            span = (chunks[match.start()].span[0], finding.span[1])
            over = _places(match, "over") and finding.qualifier in ("exact", "about")
            exceeded = replace(finding, high=None, qualifier="more_than") if over else finding
            yield replace(exceeded, span=span)
    for place in _places(match, "like"):
        yield replace(_finding(chunks[place], place, "killed", alone=False), inherits=True)


def _people(
    match: regex.Match[str], chunks: Sequence[Chunk], told: Chunk | None, taken: Container[int]
) -> Iterator[Finding]:
    people = (*_places(match, "who"), *_places(match, "whom"))
    among = bool(_places(match, "among"))
    passed = _places(match, "skip")
    found = []
    for place in people:
        listed = len(people) > 1 or (told is not None and "neutral" in told.kinds)
        alone = bool(_places(match, "whom")) or (listed and "subject" not in chunks[place].kinds)
        finding = _counted(chunks[place], told, place, alone=alone)
        if finding and place not in taken:
            grave = "grave" in (told or chunks[finding.place]).kinds
            part = finding.part or among or grave
            of = finding.of or (chunks[passed[0]].of if passed else ())
            found.append(replace(finding, of=of, part=part, grave=grave))
    for finding in _together(found, chunks):
        yield _widened(finding, match, chunks)


def _together(found: Sequence[Finding], chunks: Sequence[Chunk]) -> Sequence[Finding]:
    """Return people listed one by one, "a woman and her son", as one count of them all.

    Where one of the list is counted himself ("two guards and the driver") each keeps his own, save
    where the others are no more than who those counted are ("two, the pilot and a guard").
    """
    if len(found) > 2 and _named_singly(found, chunks):
        return found[:1]
    single = all(
        finding.low == finding.high == 1 and not finding.part and not chunks[finding.place].number
        for finding in found
    )
    if len(found) < 2 or not single:
        return found
    span = (found[0].span[0], found[-1].span[1])
    of = tuple(dict.fromkeys(group for finding in found for group in finding.of))
    also = tuple(finding.place for finding in found[1:])
    many = len(found)
    return [replace(found[0], span=span, words=span, low=many, high=many, of=of, also=also)]


def _named_singly(found: Sequence[Finding], chunks: Sequence[Chunk]) -> bool:
    """Tell whether a number comes first, and then as many single people without any."""
    counted, *named = found
    alone = all(one.high == 1 and not chunks[one.place].number for one in named)
    return alone and chunks[counted.place].number is not None and counted.low == len(named)


def _bare(chunk: Chunk) -> Chunk:
    """Return a count that stands behind "rose to", without that "to"."""
    if chunk.number is None or chunk.number.bare() is chunk.number:
        return chunk
    return replace(chunk, number=chunk.number.bare(), words=chunk.core)


def _places(match: regex.Match[str], group: str) -> tuple[int, ...]:
    """Return where the chunks captured under a name start; () where the frame has no such name."""
    return tuple(start for start, _ in _spans(match, group))


def _spans(match: regex.Match[str], group: str) -> Sequence[tuple[int, int]]:
    return match.spans(group) if group in match.re.groupindex else ()


def _none(match: regex.Match[str], chunks: Sequence[Chunk]) -> Finding:
    """Return the finding that nobody came to harm, in the words that deny it."""
    denied = _places(match, "what")
    first, last = min(match.start("none"), *denied), max(match.end("none") - 1, *denied)
    span = (chunks[match.start()].span[0], chunks[match.end() - 1].span[1])
    words = (chunks[first].span[0], chunks[last].span[1])
    outcomes = {chunks[place].outcome for place in denied}
    outcome = chunks[denied[0]].outcome if len(outcomes) == 1 else None
    return Finding(denied[0], outcome or "casualties", span, words, 0, 0, "none")


def _counted(
    chunk: Chunk, told: Chunk | None, place: int, *, alone: bool = False
) -> Finding | None:
    """Return the finding, None for an unknown noun of which the outcome may be told of things.

    `alone`: people whose number the noun does not show are one.
    """
    outcome = (told.outcome if told else None) or chunk.outcome
    if outcome is None:
        return replace(_finding(chunk, place, "killed", alone), inherits=True)
    if "unknown" in chunk.kinds and not _of_people(outcome, told):
        return None
    alone = alone or (told is not None and "single" in told.kinds)
    return _finding(chunk, place, outcome, alone)


def inherited(chunk: Chunk, place: int, outcome: Outcome) -> Finding | None:
    """Return a part of a larger figure, which tells the outcome for it."""
    if "unknown" in chunk.kinds and outcome not in _TOLD_OF_PEOPLE:
        return None
    return _finding(chunk, place, chunk.outcome or outcome, alone=True)


def _finding(chunk: Chunk, place: int, outcome: Outcome, alone: bool) -> Finding:
    low, high, qualifier = _figures(chunk, alone)
    words = chunk.words or chunk.span
    return Finding(place, outcome, chunk.span, words, low, high, qualifier, chunk.of, chunk.part)


def _of_people(outcome: Outcome, told: Chunk | None) -> bool:
    """Tell whether an outcome is told of people alone, so that an unknown noun must name some."""
    return outcome in _TOLD_OF_PEOPLE and told is not None and not told.kinds & _TOLD_OF_ANYTHING


def _figures(chunk: Chunk, alone: bool) -> tuple[int, int | None, Qualifier]:
    if chunk.number:
        return chunk.number.low, chunk.number.high, chunk.number.qualifier
    one = "one" in chunk.kinds and (alone or "some" not in chunk.kinds)
    return (1, 1, "exact") if one or chunk.kinds & _ALONE else (1, None, "vague")


def _widened(finding: Finding, match: regex.Match[str], chunks: Sequence[Chunk]) -> Finding:
    """Let the span take in the outcome word where the two touch."""
    who, what = _places(match, "who") or _places(match, "whom"), _places(match, "what")
    touching = who[0] if what and what[0] < who[0] else who[-1]
    if not what or touching not in (finding.place, *finding.also):
        return finding
    other = chunks[what[0]].span
    span = (min(finding.span[0], other[0]), max(finding.span[1], other[1]))
    return replace(finding, span=span)

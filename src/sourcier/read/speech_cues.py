"""Cues: the words that tell of saying, found outside quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, cast

import regex

from sourcier.read.speech_grammar import CUES
from sourcier.read.speech_units import Scene, Unit
from sourcier.read.speech_verbs import QUOTED

CueKind = Literal["verb", "source", "participle", "relay", "colon"]

_ENDS_CLAUSE = regex.compile(r"[,;:()—–]")
_PAUSE = regex.compile(r"[,!?…]")
_LONGEST_HEAD = 80
_MOST = 48
"""How many cues of a unit are read: no sentence has more, but a text without signs may."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of saying; `pronoun` is the one inside them ("a-t-il dit", "по его словам")."""

    start: int
    end: int
    kind: CueKind
    pronoun: str | None = None


def find_cues(scene: Scene, unit: Unit) -> tuple[Cue, ...]:
    """Return the cues of a unit in order; of overlapping ones the first, then the longest, stays."""
    colon = _colon(scene, unit)
    found = sorted(
        [*_candidates(scene, unit), *([colon] if colon else [])],
        key=lambda cue: (cue.start, -cue.end),
    )
    kept: list[Cue] = []
    for cue in found:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return tuple(_main(scene, kept[:_MOST]))


def _main(scene: Scene, cues: list[Cue]) -> Iterator[Cue]:
    """Yield the cues without the verbs of relative clauses ("a witness who asked not to ... said")."""
    relative = tuple(f" {word} " for word in scene.grammar.speech.words("restricting"))
    for cue, later in zip_longest(cues, cues[1:]):
        within = relative and scene.masked.endswith(relative, 0, cue.start)
        if not (within and later and later.kind == cue.kind == "verb") or (
            _ENDS_CLAUSE.search(scene.masked, cue.end, later.start) or _says_it(scene, cue)
        ):
            yield cue


def _says_it(scene: Scene, cue: Cue) -> bool:
    """Tell whether a verb is followed by what was said."""
    that = scene.grammar.that.match(scene.masked, cue.end)
    return that is not None or scene.masked[cue.end + 1 : cue.end + 2] == QUOTED


def _colon(scene: Scene, unit: Unit) -> Cue | None:
    """Return the colon behind a phrase that opens a unit and names a speaker ("The mayor: ...")."""
    at = scene.masked.find(":", unit.start, min(unit.start + _LONGEST_HEAD, unit.end))
    if at < 0:
        return None
    phrase = scene.phrases.read(unit.start, at)
    if phrase is None or scene.masked[phrase[1] : at].strip():
        return None
    if scene.masked[slice(*phrase)] in scene.grammar.speech.listed("label"):
        return None
    return Cue(at, at + 1, "colon") if scene.phrases.is_known(phrase) else None


def _candidates(scene: Scene, unit: Unit) -> Iterator[Cue]:
    for pattern in CUES:
        kind = cast(CueKind, pattern.partition("_")[0])
        for match in scene.found_in(pattern, unit.start, unit.end):
            yield Cue(*match.span(), kind, match.groupdict().get("pronoun"))
    yield from _behind(scene, unit)


def _behind(scene: Scene, unit: Unit) -> Iterator[Cue]:
    """Yield the verbs, listed or not, right behind quotations that open a sentence.

    What comes behind words in marks and a comma tells who said them (“...,” fumed the mayor).
    """
    at = unit.start
    for index in unit.quotes:
        start, end = scene.quotations[index].span
        if scene.masked[at:start].strip():
            return
        closed = _PAUSE.search(scene.document.text, max(start, end - 3), min(end + 2, unit.end))
        verb = scene.grammar.behind.match(scene.masked, end, unit.end) if closed else None
        if verb is not None:
            yield Cue(*verb.span("verb"), "verb")
        at = end

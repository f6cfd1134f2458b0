"""Cues: the words that tell of saying, found outside quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from sourcier.read.speech_units import QUOTED, Scene, Unit

CueKind = Literal["verb", "source", "participle", "relay"]

_OPENERS = frozenset(f'{QUOTED}.-—–«“"')


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of saying; `pronoun` is the one inside them ("a-t-il dit", "по его словам")."""

    start: int
    end: int
    kind: CueKind
    pronoun: str | None = None


def find_cues(scene: Scene, unit: Unit) -> tuple[Cue, ...]:
    """Return the cues of a unit in order; of overlapping ones the first, then the longest, stays."""
    found = sorted(_candidates(scene, unit), key=lambda cue: (cue.start, -cue.end))
    kept: list[Cue] = []
    for cue in found:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return tuple(kept)


def _candidates(scene: Scene, unit: Unit) -> Iterator[Cue]:
    grammar = scene.grammar
    patterns: tuple[tuple[CueKind, regex.Pattern[str]], ...] = (
        ("verb", grammar.verb),
        ("source", grammar.source),
        ("participle", grammar.participle),
        ("relay", grammar.relay),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(scene.masked, unit.start, unit.end):
            groups = match.groupdict()
            if not groups.get("off") and not _is_noun(scene, unit, match):
                yield Cue(*match.span(), kind, groups.get("pronoun"))


def _is_noun(scene: Scene, unit: Unit, match: regex.Match[str]) -> bool:
    """Tell whether a word that can be a verb is none here.

    It is none with a capital inside a sentence ("United States"), after an article, and in a bare
    form that no plural stands before ("the claim").
    """
    before = scene.masked[max(unit.start, match.start() - 24) : match.start()]
    trimmed = before.rstrip()
    if not trimmed:
        return False
    if scene.document.text[match.start()].isupper() and trimmed[-1] not in _OPENERS:
        return True
    if scene.grammar.declines or (trimmed == before and not before.endswith("'")):
        return False
    word = before.replace("'", "' ").split()[-1]
    if match.groupdict().get("bare") and not _is_plural(scene, word):
        return True
    at = match.start() - len(before) + len(trimmed) - len(word)
    return word in scene.grammar.determiner and not _capital_inside(scene, at)


def _capital_inside(scene: Scene, at: int) -> bool:
    """Tell whether a word is printed as part of a name ("Roofs for All")."""
    text = scene.document.text
    return text[at].isupper() and text[at - 2 : at - 1].isalnum()


def _is_plural(scene: Scene, word: str) -> bool:
    known = scene.grammar.group | frozenset(scene.grammar.speech.words("plural_subject"))
    return word in known or word.rstrip(",").endswith("s")

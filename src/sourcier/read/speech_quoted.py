"""Whose words a quotation is that no verb of saying introduces ("calls the plan “a mistake”")."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from sourcier.read.speech_units import Scene, Unit
from sourcier.types import Span

_CHUNK = regex.compile(r"(?:,(?!\d)|[;:)—–])\s*|\ufffc+\s*")


def owner(scene: Scene, unit: Unit, quotation: Span) -> Span | None:
    """Return the phrase that is the subject of a quotation's sentence, or None.

    It is the first one that begins a clause and names somebody by title, or else that can speak.
    """
    found = [phrase for phrase in _phrases(scene, unit, quotation) if _speaks(scene, phrase)]
    titled = [phrase for phrase in found if _titled(scene, phrase)]
    return next(iter(titled or found), None)


def _phrases(scene: Scene, unit: Unit, quotation: Span) -> Iterator[Span]:
    """Yield the phrases that begin a clause before a quotation."""
    starts = [unit.start]
    starts += [m.end() for m in _CHUNK.finditer(scene.masked, unit.start, quotation[0])]
    for start in starts:
        phrase = scene.phrases.read(_led(scene, start, quotation[0]), quotation[0])
        if phrase is not None and phrase[1] < quotation[0]:
            yield phrase


def _titled(scene: Scene, phrase: Span) -> bool:
    return any(token.norm in scene.grammar.role for token in scene.phrases.tokens(*phrase))


def _led(scene: Scene, start: int, end: int) -> int:
    match = scene.grammar.lead.match(scene.masked, start, end)
    here = match.end() if match else start
    while here < end and scene.masked[here].isspace():
        here += 1
    return here


def _speaks(scene: Scene, phrase: Span) -> bool:
    known = scene.grammar.role | scene.grammar.group | scene.grammar.organisation
    tokens = scene.phrases.tokens(*phrase)
    return any(token.norm in known or scene.phrases.is_name(token) for token in tokens[:4])

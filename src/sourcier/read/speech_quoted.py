"""Whose words a quotation is that no verb of saying introduces ("calls the plan “a mistake”")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from sourcier.read.speech_acts import Act, find_acts
from sourcier.read.speech_clauses import Clauses
from sourcier.read.speech_scope import Scope
from sourcier.read.speech_units import Scene, Unit
from sourcier.types import Span

_COMMA_BEFORE = regex.compile(r"[,!?…—–]\s*(?:[—–]\s*)?(?:[^\s,;:.!?]+\s){0,5}$")
_MOST_CLAUSES = 24
"""Among how many clauses of a sentence the owner of a quotation is looked for."""


def owner(scene: Scene, unit: Unit, quotation: Span) -> Span | None:
    """Return the phrase that is the subject of a quotation's sentence, or None.

    It is the first one that begins a clause and names somebody by title, or else that can speak.
    """
    found = [p for p in _phrases(scene, unit, quotation) if scene.phrases.heads(p)]
    titled = [phrase for phrase in found if scene.phrases.is_titled(phrase)]
    return next(iter(titled or found), None)


def _phrases(scene: Scene, unit: Unit, quotation: Span) -> Iterator[Span]:
    """Yield the phrases that begin a clause before a quotation, those in brackets left out."""
    clauses = Clauses(scene, unit)
    for start in clauses.starts(quotation[0])[:_MOST_CLAUSES]:
        phrase = scene.phrases.read(clauses.led(start, quotation[0]), quotation[0])
        if phrase is not None and phrase[1] < quotation[0] and scene.masked[start - 1] != "(":
            yield phrase


def interposed(scene: Scene, quotation: Span) -> Act | None:
    """Return the act of "he said" inside a quotation's own marks, or None.

    Its scope is the quotation: words of the reporter inside the marks split nothing.
    """
    text = scene.document.folded
    if not any(
        _parenthetic(text, match) for match in scene.grammar.verb.finditer(text, *quotation)
    ):
        return None
    for act in find_acts(scene.unquoted, Unit(*quotation, ()), None):
        if act.cue.kind == "verb" and act.scope.spans[0][0] < act.cue.start and not act.again:
            return replace(act, scope=Scope((quotation,), None, quotation[1]))
    return None


def _parenthetic(text: str, match: regex.Match[str]) -> bool:
    return _COMMA_BEFORE.search(text, max(0, match.start() - 60), match.start()) is not None

"""The shapes in which occurrences are worded, and the phrases that belong to each.

============  =========================================  ==================================
shape         example                                    before and after the trigger
============  =========================================  ==================================
``noun``      "a Russian drone attack on the port"       modifiers; complements
``verb``      "the army shelled the town"                who does it; who suffers it
``launch``    "the army fired two missiles at the town"  who does it; what is used, at whom
``pass``      "the port was hit by a drone"              who suffers it; who or what does it
``self``      "a bridge collapsed"                       what it happened to
``told``      "a fire broke out in the hold"             all in the trigger; complements
============  =========================================  ==================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sourcier.read.occurrences_words import Words
from sourcier.types import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an occurrence: in which shape, of which type, where."""

    shape: str
    type: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grown:
    """A trigger with the phrases around it."""

    span: Span
    actor: Span | None = None
    target: Span | None = None
    definite: bool = False
    known: bool = False
    plural: bool = False


def _noun(words: Words, trigger: Trigger) -> Grown | None:
    if words.is_verb(trigger.span):
        return None
    begin = words.lead(trigger.span[0])
    tail = words.tail(trigger.span[1])
    kept = words.trimmed(*tail) if tail else None
    target = words.opened(tail, words.grammar.target)
    return Grown(
        (begin, max(trigger.span[1], kept[1] if kept else 0)),
        actor=words.opened(tail, words.grammar.agent),
        target=target,
        definite=words.is_definite((begin, trigger.span[0]), target),
        plural=words.is_plural(trigger.span),
    )


def _verb(words: Words, trigger: Trigger) -> Grown:
    subject, adjacent = words.subject(trigger.span[0])
    tail = words.tail(trigger.span[1])
    object_ = words.trimmed(*tail) if tail else None
    span = _joined(trigger.span, subject if adjacent else None, object_)
    target = words.opened(tail, words.grammar.target) or object_
    return Grown(span, actor=subject, target=target)


def _launch(words: Words, trigger: Trigger) -> Grown:
    grown = _verb(words, trigger)
    return replace(grown, target=words.opened(words.tail(trigger.span[1]), words.grammar.target))


def _pass(words: Words, trigger: Trigger) -> Grown | None:
    if words.is_attributive(trigger.span[0]):
        return None
    subject, adjacent = words.subject(trigger.span[0])
    tail = words.tail(trigger.span[1])
    agent = words.opened(tail, words.grammar.agent)
    behind = None
    if subject is None and tail and words.grammar.article_free:
        behind = words.trimmed(*tail)
    return Grown(
        _joined(trigger.span, subject if adjacent else None, agent or behind),
        actor=agent,
        target=subject or behind,
    )


def _self(words: Words, trigger: Trigger) -> Grown | None:
    if words.is_attributive(trigger.span[0]):
        return None
    subject, adjacent = words.subject(trigger.span[0])
    known = words.is_known(trigger.span[0], subject)
    return Grown(_joined(trigger.span, subject if adjacent else None), target=subject, known=known)


def _told(words: Words, trigger: Trigger) -> Grown:
    tail = words.tail(trigger.span[1])
    begin = words.lead(trigger.span[0])
    return Grown(
        _joined((begin, trigger.span[1]), words.trimmed(*tail) if tail else None),
        actor=words.opened(tail, words.grammar.agent),
        target=words.opened(tail, words.grammar.target),
    )


def _joined(trigger: Span, *phrases: Span | None) -> Span:
    every = [trigger, *(phrase for phrase in phrases if phrase)]
    return min(start for start, _ in every), max(end for _, end in every)


SHAPES: dict[str, Callable[[Words, Trigger], Grown | None]] = {
    "noun": _noun,
    "verb": _verb,
    "launch": _launch,
    "pass": _pass,
    "self": _self,
    "told": _told,
}

"""Measures: what was ordered, by whom, for what, why.

A language's ``measures.toml`` names its triggers by shape and by what they must speak of
(``act_orderable``: the words behind hold the pattern ``orderable``; a name without such a pattern
asks nothing):

==========  ====================================================================================
``act_``    what follows is ordered: "ordered", "a demandé aux habitants de"
``deed_``   the verb is what is done, without its auxiliary ``have``: "has {closed} the airport"
``ask_``    the subject is asked, what follows is the measure: "residents are told to"
``pass_``   the subject and the verb are what is ordered: "the road is closed"
``told_``   the measure begins with the trigger: "an inquiry is under way"
``after_``  the clause before the trigger is ordered: ", a-t-il ordonné"
``bid_``    the order itself at the head of a sentence: "Ne touchez pas"; ``bid_also`` only goes on
==========  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from msgspec.structs import replace

from sourcier.read.compiled import compiled
from sourcier.read.document import Document
from sourcier.read.drafts import MeasureDraft
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.read.measures_clause import Clauses, Grammar
from sourcier.read.measures_parts import Parts, Tail
from sourcier.types import Span

_SHAPES = ("trap", "act", "deed", "ask", "pass", "told", "after", "bid")
_LOOKBACK = 60
_NEAR = 24
_OBJECT = r"\s?(?:(?:[^\s,;:.!?]|(?<=\d)[.,](?=\d))++ ){0,5}?[^\s,;:.!?]{0,4}?"


def find_measures(document: Document) -> tuple[MeasureDraft, ...]:
    """Return the measures of a text, in order; plans, wishes and refusals are none."""
    if not document.sentences:
        return ()
    return tuple(_joined(document, _finder(document.language).measures(document)))


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A trigger's shape, what it must speak of, where it stands and where what is done begins."""

    shape: str
    topic: str
    start: int
    stop: int
    deed: int


@dataclass(frozen=True, slots=True)
class _Found:
    draft: MeasureDraft
    trigger: _Trigger


class _Finder:
    """Finds the measures of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._parts = Parts(words)
        self._grammar = Grammar.of(words)
        self._triggers = words.scan_of(*_SHAPES)
        self._unreal = words.pattern("unreal")
        self._hindered = compiled(rf"\b(?:{words.source('hindered')})[\s']?$")
        self._intransitive = words.pattern("intransitive")
        self._helping = compiled(words.source("have"))
        self._powerless = words.pattern("powerless")
        self._no_actor = words.pattern("no_actor")
        self._attributive = compiled(rf"(?<!\p{{L}})(?:{words.source('leading')})$")

    def measures(self, document: Document) -> Iterator[_Found]:
        """Yield the measures, one for each clause."""
        clauses = Clauses(document, self._grammar)
        last: _Found | None = None
        for trigger in self._found(document):
            if last is not None and trigger.start < last.draft.span[1]:
                continue
            draft = self._draft(document, clauses, trigger, last)
            if draft is not None and not (last and draft.span[0] < last.draft.span[1]):
                last = _Found(draft, trigger)
                yield last

    def _found(self, document: Document) -> Iterator[_Trigger]:
        for name, match in self._triggers.finditer(document.openings):
            shape, _, topic = name.partition("_")
            if shape == "trap" or self._is_unreal(document, match.start()):
                continue
            helping = self._helping.match(document.folded, *match.span())
            deed = helping.end() if helping else match.start()
            yield _Trigger(shape, topic.partition("__")[0], *match.span(), deed)

    def _draft(
        self, document: Document, clauses: Clauses, trigger: _Trigger, last: _Found | None
    ) -> MeasureDraft | None:
        match trigger.shape:
            case "after":
                return _before(clauses, trigger)
            case "told" | "bid":
                if trigger.shape == "bid" and not _heads(document, trigger.start):
                    return None
                tail = self._parts.tail(document, clauses, trigger.stop)
                action = clauses.trimmed(trigger.start, max(tail.action, trigger.stop))
                return action and _built(trigger.start, action, tail, tail.agent)
            case "ask" | "pass":
                return self._passive(document, clauses, trigger)
        return self._active(document, clauses, trigger, last)

    def _active(
        self, document: Document, clauses: Clauses, trigger: _Trigger, last: _Found | None
    ) -> MeasureDraft | None:
        """Return what a subject orders or does."""
        subject = clauses.subject(trigger.start)
        if subject is None and not clauses.is_joined(trigger.start):
            return None
        if subject is not None and self._orders_nothing(document, subject):
            return None
        tail = self._parts.tail(document, clauses, trigger.stop)
        if not self._speaks_of(document, trigger.topic, trigger.stop, tail.end):
            return None
        begins = trigger.stop if trigger.shape == "act" else trigger.deed
        action = clauses.trimmed(begins, max(tail.action, trigger.stop))
        if action is None:
            return None
        actor = subject and clauses.without_aside(subject)
        actor = (
            actor or _same_actor(document, trigger, last) or clauses.shared_subject(trigger.start)
        )
        if actor is not None and self._no_actor.fullmatch(document.folded, *actor):
            actor = None
        return _built(subject[0] if subject else trigger.deed, action, tail, actor)

    def _passive(
        self, document: Document, clauses: Clauses, trigger: _Trigger
    ) -> MeasureDraft | None:
        """Return what a subject is told to do, or what is done to it."""
        subject = clauses.subject(trigger.start)
        topic = self._topic(trigger.topic)
        if subject is None or (topic and not topic.search(document.folded, *subject)):
            return None
        tail = self._parts.tail(document, clauses, trigger.stop)
        if tail.agent and self._powerless.search(document.folded, *tail.agent):
            return None
        asked = trigger.shape == "ask"
        action = clauses.trimmed(trigger.stop, tail.action) if asked else (subject[0], trigger.stop)
        return action and _built(subject[0], action, tail, tail.agent)

    def _orders_nothing(self, document: Document, subject: Span) -> bool:
        """Tell whether a subject has no power, or is but the article before an adjective."""
        text = document.folded
        return bool(
            self._powerless.search(text, *subject) or self._attributive.search(text, *subject)
        )

    def _speaks_of(self, document: Document, name: str, start: int, end: int) -> bool:
        topic = self._topic(name)
        if topic is None:
            return True
        if self._intransitive.match(document.folded, start + 1, end):
            return False
        return _object(topic).match(document.folded, start, end) is not None

    def _topic(self, name: str) -> regex.Pattern[str] | None:
        return self._words.pattern(name) if name in self._words.patterns() else None

    def _is_unreal(self, document: Document, offset: int) -> bool:
        first = document.sentence_at(offset).start
        if self._hindered.search(document.folded, max(first, offset - _NEAR), offset):
            return True
        return bool(self._unreal.search(document.folded, max(first, offset - _LOOKBACK), offset))


def _built(start: int, action: Span, tail: Tail, actor: Span | None) -> MeasureDraft:
    span = (min(start, action[0]), max(tail.end, action[1]))
    return MeasureDraft(span, actor, action, tail.purpose, tail.reason)


def _before(clauses: Clauses, trigger: _Trigger) -> MeasureDraft | None:
    """Return the clause before a comma and a verb of ordering, the verb in its span."""
    action = clauses.subject(trigger.start)
    return action and MeasureDraft((action[0], trigger.stop), None, action)


def _same_actor(document: Document, trigger: _Trigger, last: _Found | None) -> Span | None:
    """Return who ordered the measure told before in the same sentence."""
    if last is None or document.sentence_at(trigger.start).start > last.draft.span[0]:
        return None
    return last.draft.actor


def _heads(document: Document, offset: int) -> bool:
    """Tell whether nothing but signs stands before `offset` in its sentence, and no quotation mark."""
    lead = document.text[document.sentence_at(offset).start : offset]
    return not any(sign.isalnum() or sign in '«“”"' for sign in lead)


def _joined(document: Document, found: Iterator[_Found]) -> Iterator[MeasureDraft]:
    """Yield the drafts, orders that follow each other as one."""
    bids: MeasureDraft | None = None
    for one in found:
        draft, bid = one.draft, one.trigger.shape == "bid"
        follows = bids is not None and not any(
            map(str.isalnum, document.text[bids.span[1] : draft.span[0]])
        )
        if bid and follows and bids is not None:
            whole = (bids.span[0], draft.span[1])
            bids = replace(bids, span=whole, action=whole)
            continue
        if bids is not None:
            yield bids
        bids = draft if bid and one.trigger.topic != "also" else None
        if not bid:
            yield draft
    if bids is not None:
        yield bids


@lru_cache(maxsize=64)
def _object(topic: regex.Pattern[str]) -> regex.Pattern[str]:
    """Return the pattern of an object that begins with a few words and speaks of `topic`."""
    return compiled(_OBJECT + topic.pattern)


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(lexicon(language, "measures"))

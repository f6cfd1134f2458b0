"""Alerts: warnings that begin, last or end.

A language's ``alerts.toml`` gives ``hazard_<hazard>`` nouns ("alerte aérienne"; ``hazard_level``,
``hazard_any`` and ``hazard_siren`` leave the hazard to the text: "vigilance orange", "the alert"),
``state_<state>`` cues ("a été levée") and ``signal_<state>`` phrases that need no noun
("all-clear"), those of one hazard as ``signal_<state>__<hazard>``. A noun without a cue is an alert
where it stands as a call ("Air raid alert!") or opens its sentence and says how long it holds
("Red warning for wind until noon"); a cue without a noun is one where a pronoun speaks of the alert
told just before ("It was lifted"). A noun is a call too, and a ``bare_<state>`` phrase ("drones over
Poltava", "clear") a cue, where its sentence holds nothing but names, advice and the small words of
``beside``. ``heading`` ends a signal that leads to the area threatened: "drones heading for".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from msgspec.structs import replace

from sourcier.read.alerts_bare import Bareness
from sourcier.read.alerts_clause import BREAK, Clauses
from sourcier.read.compiled import compiled
from sourcier.read.document import Document, Sentence
from sourcier.read.drafts import AlertDraft
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.types import AlertState, Span

# What a noun warns of where the text names no hazard.
_OPEN: dict[str, str | None] = {
    "level": "weather",
    "warning": "storm",
    "any": None,
    "siren": "air_raid",
}
_ATTACKS = ("air_raid", "missile")
_OF_CYCLONES = ("wind", "rain", "flood", "storm")
_ARTICLE = 5
_TOPIC_REACH = 2000
_NAMED_WITHIN = 45
_PRONOUN_WITHIN = 24
_NEGATED_WITHIN = 30
_LEAD = 120


def find_alerts(document: Document) -> tuple[AlertDraft, ...]:
    """Return the alerts of a text, in order, each with the advice that goes with it."""
    return tuple(_finder(document.language).alerts(document))


@dataclass(frozen=True, slots=True)
class _Word:
    """A noun, a cue or a signal: its pattern's name without the prefix, and where it stands."""

    role: str
    name: str
    span: Span


class _Finder:
    """Finds the alerts of one language."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words.scan_of("trap", "signal", "bare", "hazard", "state", "advice")
        self._topics = words.scan_of("topic")
        self._clauses = Clauses(words)
        self._bareness = Bareness(words)
        self._heading = compiled(rf"(?:{words.source('heading')})\Z")
        self._holds = words.pattern("holds")
        self._negated = words.pattern("negated")
        self._only = compiled(words.source("only"))
        self._area = words.pattern("area")
        self._pronoun = compiled(rf"\b(?:{words.source('pronoun')})\s*\Z")

    def alerts(self, document: Document) -> Iterator[AlertDraft]:
        """Yield the alerts; advice belongs to the last one before it."""
        pending: AlertDraft | None = None
        for sentence, found in self._by_sentence(document):
            for alert in self._in_sentence(document, sentence, found, pending):
                if pending is not None:
                    yield pending
                pending = alert
            for word in found:
                if word.role == "advice" and pending is not None and pending.advice is None:
                    pending = replace(pending, advice=word.span)
        if pending is not None:
            yield pending

    def _by_sentence(self, document: Document) -> Iterator[tuple[Sentence, list[_Word]]]:
        found: dict[Sentence, list[_Word]] = {}
        for pattern, match in self._words.finditer(document.openings):
            role, _, name = pattern.partition("_")
            if role == "advice" or (
                role != "trap" and not self._is_negated(document, match.span())
            ):
                sentence = document.sentence_at(match.start())
                found.setdefault(sentence, []).append(_Word(role, name, match.span()))
        yield from found.items()

    def _is_negated(self, document: Document, span: Span) -> bool:
        if self._only.match(document.folded, span[1] + 1):
            return False
        lead = document.folded[max(0, span[0] - _NEGATED_WITHIN) : span[0]]
        breaks = [match.end() for match in BREAK.finditer(lead)]
        return self._negated.search(lead, breaks[-1] if breaks else 0) is not None

    def _in_sentence(
        self,
        document: Document,
        sentence: Sentence,
        found: list[_Word],
        last: AlertDraft | None,
    ) -> Iterator[AlertDraft]:
        nouns = [word for word in found if word.role == "hazard"]
        used: set[Span] = set()
        for cue in self._cues(document, sentence, found, last):
            noun = _nearest(cue, nouns) if nouns and cue.role != "bare" else None
            hazard = self._hazard(document, noun, cue, last)
            if hazard is None or (last and self._is_told(document, cue, noun, last)):
                continue
            core = cue.span
            if noun is not None and noun.span not in used:
                core = (min(cue.span[0], noun.span[0]), max(cue.span[1], noun.span[1]))
                used.add(noun.span)
            span = self._clauses.around(document, sentence, core)
            last = AlertDraft(
                span=span,
                hazard=hazard,
                state=_state(cue),
                area=self._area_of(document, sentence, span, last),
                toward=cue.span[1] if self._heads(document, cue) else None,
            )
            yield last

    def _area_of(
        self, document: Document, sentence: Sentence, span: Span, last: AlertDraft | None
    ) -> Span | None:
        """Return the words for an area in an alert's clause.

        Where those are wanting, those before it in a sentence that tells no other alert, or, behind a
        colon, in the line below.
        """
        start, end = span
        if document.text.startswith(":", end):
            end = document.sentence_at(sentence.end).end
        found = self._area.search(document.folded, start, end)
        if not found and not (last and last.span[1] > sentence.start):
            found = self._area.search(document.folded, max(sentence.start, start - _LEAD), end)
        return found.span() if found else None

    def _is_told(
        self, document: Document, cue: _Word, noun: _Word | None, last: AlertDraft
    ) -> bool:
        """Tell whether a cue in the clause of the last alert says no more than it.

        That is so where it says the same, leads on to the noun ("had been placed | under a
        warning") or says for how long ("was issued, | in force until noon").
        """
        if cue.span[0] >= last.span[1]:
            return False
        leads = noun is not None and cue.span[0] < noun.span[0] < last.span[1]
        trails = self._clauses.is_trail(document, cue.span[0])
        return _state(cue) == last.state or ((leads or trails) and _state(cue) != "ended")

    def _cues(
        self,
        document: Document,
        sentence: Sentence,
        found: list[_Word],
        last: AlertDraft | None,
    ) -> list[_Word]:
        """Return the words of a sentence that tell the state of an alert."""
        nouns = [word for word in found if word.role == "hazard"]
        follows = last is not None and self._follows(document, sentence, last)
        signals = [word.span[1] for word in found if word.role == "signal"]
        told = follows or bool(signals)
        advice = [word.span for word in found if word.role == "advice"]
        cues = [
            word
            for word in found
            if word.role == "signal"
            or (
                word.role == "bare"
                and self._bareness.is_bare(document, sentence, word.span, advice)
            )
            or (word.role == "state" and (nouns or (told and self._has_pronoun(document, word))))
        ]
        if not nouns or cues:
            return cues
        if self._bareness.is_call(document, sentence, nouns[0].span, advice):
            return [_Word("state", "started", nouns[0].span)]
        return (
            [_Word("state", "in_force", nouns[0].span)] if self._lasts(document, nouns[0]) else []
        )

    def _follows(self, document: Document, sentence: Sentence, last: AlertDraft) -> bool:
        """Tell whether a sentence is the next one after that of an alert."""
        end = document.sentence_at(last.span[0]).end
        return not document.text[end : sentence.start].strip()

    def _has_pronoun(self, document: Document, cue: _Word) -> bool:
        lead = document.folded[max(0, cue.span[0] - _PRONOUN_WITHIN) : cue.span[0]]
        return self._pronoun.search(lead) is not None

    def _hazard(
        self, document: Document, noun: _Word | None, cue: _Word, last: AlertDraft | None
    ) -> str | None:
        """Return what a noun warns of.

        A bare level or alert warns of what its own phrase names, else of what the alert before it
        did, else of what the text spoke of last.
        """
        named = cue.name.partition("__")[2]
        if named:
            return named
        if (noun.name if noun else cue.role) in ("signal", "bare", "siren"):
            sounded = self._sounded(document, noun, cue, last)
            return sounded if sounded not in _ATTACKS else "air_raid"
        if noun is None:
            return last.hazard if last else None
        if noun.name not in _OPEN:
            return noun.name
        if (told := self._named(document, noun)) is not None:
            return told
        if last is not None and not (noun.name == "level" and last.hazard in _ATTACKS):
            return last.hazard
        return self._topic(document, cue.span[1]) or _OPEN[noun.name]

    def _sounded(
        self, document: Document, noun: _Word | None, cue: _Word, last: AlertDraft | None
    ) -> str:
        """Return what sirens or an all-clear are for, an air raid where nothing else is told."""
        told = self._named(document, noun) if noun else None
        start = min(cue.span[0], noun.span[0]) if noun else cue.span[0]
        return told or (last.hazard if last else self._topic(document, start)) or "air_raid"

    def _named(self, document: Document, noun: _Word) -> str | None:
        """Return the hazard that follows a noun in its phrase: "warning for high winds"."""
        reach = noun.span[1] + _NAMED_WITHIN
        stop = BREAK.search(document.folded, noun.span[1], reach)
        end = stop.start() if stop else reach
        topics = document.found(self._topics)
        first = bisect_left(topics, noun.span[1], key=lambda topic: topic[1].start())
        for name, match in topics[first : first + 1]:
            if match.end() <= end:
                return name.removeprefix("topic_")
        return None

    def _topic(self, document: Document, offset: int) -> str | None:
        """Return the hazard spoken of last before `offset`, or first after it, within reach.

        The wind and the rain of a cyclone are the cyclone's.
        """
        topics = document.found(self._topics)
        behind = bisect_right(topics, offset, key=lambda topic: topic[1].end())
        first = bisect_left(topics, offset - _TOPIC_REACH, key=lambda topic: topic[1].start())
        last = bisect_right(topics, offset + _TOPIC_REACH, key=lambda topic: topic[1].end())
        near = [name.removeprefix("topic_") for name, _ in topics[first:last]]
        if not near:
            return None
        told = near[max(0, min(behind - first, len(near)) - 1)]
        return "cyclone" if told in _OF_CYCLONES and "cyclone" in near else told

    def _lasts(self, document: Document, noun: _Word) -> bool:
        """Tell whether a noun opens its sentence and the words behind it say how long it holds."""
        opens = noun.span[0] - document.sentence_at(noun.span[0]).start <= _ARTICLE
        return opens and self._holds.match(document.folded, noun.span[1] + 1) is not None

    def _heads(self, document: Document, cue: _Word) -> bool:
        """Tell whether a cue leads to the area that is threatened."""
        return self._heading.search(document.folded, *cue.span) is not None


def _state(cue: _Word) -> AlertState:
    return cast(AlertState, cue.name.partition("__")[0])


def _nearest(cue: _Word, nouns: list[_Word]) -> _Word:
    """Return the noun that begins nearest to a cue; `nouns` stand in the order of the text."""
    behind = bisect_left(nouns, cue.span[0], key=lambda noun: noun.span[0])
    beside = nouns[max(0, behind - 1) : behind + 1]
    return min(beside, key=lambda noun: abs(noun.span[0] - cue.span[0]))


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(lexicon(language, "alerts"))

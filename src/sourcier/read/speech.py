"""Speech: who says what, through which medium, relayed by whom.

``quotations -> units -> acts (cue, subject, scope) -> chains of voices -> speeches``

Words and patterns of saying are data (``languages/<code>/speech.toml``, ``people.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation, Speech
from sourcier.read.speech_acts import Act, find_acts
from sourcier.read.speech_chain import chain_of
from sourcier.read.speech_clauses import Clauses
from sourcier.read.speech_cues import Cue
from sourcier.read.speech_grammar import grammar
from sourcier.read.speech_quoted import interposed, owner
from sourcier.read.speech_scope import Scope
from sourcier.read.speech_subjects import Subject
from sourcier.read.speech_units import Scene, Unit
from sourcier.read.speech_voices import Link, Voices
from sourcier.types import Medium, Span, Stance


@dataclass(slots=True)
class _Draft:
    """A speech in the making; `quotations` may still grow, links may still learn a medium."""

    act: Act
    chain: list[Link]
    quotations: tuple[int, ...]
    unit: int
    said: Span | None


def find_speech(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Speech, ...]:
    """Return the acts of saying of a text, in order of their cue.

    `quotations` are those of `find_quotations`; a speech points to its outer ones by index. A
    language without ``speech.toml`` has no speech.
    """
    rules = grammar(document.language)
    if rules is None or not document.sentences:
        return ()
    return _Finder(Scene(document, rules, quotations)).find()


class _Finder:
    """Walks the units of a text in order, so that pronouns find who spoke before."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.voices = Voices(scene.phrases, scene.grammar)
        self.drafts: list[_Draft] = []
        self.waiting: list[int] = []

    def find(self) -> tuple[Speech, ...]:
        """Return the speeches of the text."""
        before: Unit | None = None
        for number, unit in enumerate(self.scene.units):
            self._read(number, unit, before)
            before = unit
        speeches = (self._speech(draft) for draft in self.drafts)
        return tuple(sorted(speeches, key=lambda speech: speech.cue))

    def _read(self, number: int, unit: Unit, before: Unit | None) -> None:
        left, first = list(unit.quotes), len(self.drafts)
        for act in find_acts(self.scene, unit, before):
            held = tuple(index for index in left if self._holds(act, index))
            if self._add(act, held, number):
                left = [index for index in left if index not in held]
        for index in left:
            self._uncued(number, unit, index)
        if not unit.quotes:
            self.waiting.clear()
        if len(self.drafts) == first:
            self._note_subject(unit)

    def _note_subject(self, unit: Unit) -> None:
        """Remember who a sentence without speech is about: "she added" may follow."""
        phrase = self.scene.phrases.read(
            Clauses(self.scene, unit).led(unit.start, unit.end), unit.end
        )
        if phrase is None or self.scene.phrases.is_kin(phrase):
            return
        if self.scene.phrases.is_titled(phrase) or self.scene.phrases.is_full_name(phrase):
            self.voices.phrase(phrase, None)

    def _holds(self, act: Act, index: int) -> bool:
        start, end = self.scene.quotations[index].span
        return any(s < end and start < e for s, e in act.scope.spans)

    def _add(self, act: Act, held: tuple[int, ...], number: int) -> bool:
        chain = chain_of(self.scene, self.voices, act)
        if not chain:
            return False
        medium = act.subject.met.medium
        if medium and act.subject.phrase is None and not act.again:
            self._tell_back(chain[-1], medium)
        if held:
            held = (*self.waiting, *held)
            self.waiting.clear()
        draft = _Draft(act, chain, held, number, act.subject.met.said)
        self._name_behind(draft)
        self.drafts.append(draft)
        return True

    def _tell_back(self, link: Link, medium: Medium) -> None:
        """Give the medium of "she added on Telegram" to what she said just before."""
        for draft in reversed(self.drafts):
            last = draft.chain[-1]
            if last.voice is not link.voice or last.medium is not None:
                return
            draft.chain[-1] = replace(last, medium=medium)

    def _name_behind(self, draft: _Draft) -> None:
        """Join "a spokeswoman said" with the bare name to which the next quotation is given.

        A name without title or office, quoted right behind somebody quoted by office alone, is that
        one's: what was told of the one, its medium and time, holds for both.
        """
        before = self.drafts[-1] if self.drafts else None
        if before is None or not (before.quotations and draft.quotations):
            return
        if draft.unit - before.unit > 1 or not self.voices.names(draft.chain[-1], before.chain[-1]):
            return
        self.voices.merge(draft.chain[-1].voice, before.chain[-1].voice)
        medium = before.chain[-1].medium or draft.chain[-1].medium
        for one in (before, draft):
            one.chain[-1] = replace(one.chain[-1], voice=before.chain[-1].voice, medium=medium)
        draft.said = draft.said or before.said
        before.said = draft.said

    def _uncued(self, number: int, unit: Unit, index: int) -> None:
        """Give a quotation without a verb of its own to whose sentence, or whose words, it is in."""
        span = self.scene.quotations[index].span
        act = interposed(self.scene, span)
        if act is not None and self._add(act, (index,), number):
            return
        last = self.drafts[-1] if self.drafts else None
        alone = span[0] - unit.start < 2 and unit.end - span[1] < 2
        if last and (
            last.unit == number or (alone and last.quotations and last.unit == number - 1)
        ):
            last.quotations, last.unit = (*last.quotations, index), number
            return
        subject = owner(self.scene, unit, span)
        if subject is not None:
            act = Act(Cue(*subject, "verb"), Subject(subject), Scope((span,)))
            self._add(act, (index,), number)
        elif alone:
            self.waiting.append(index)

    def _speech(self, draft: _Draft) -> Speech:
        act = draft.act
        quotes = [self.scene.quotations[index].span for index in draft.quotations]
        spans = act.scope.spans
        return Speech(
            cue=(act.cue.start, act.cue.end),
            attribution=tuple(link.attribution() for link in draft.chain),
            scope=tuple(
                sorted({*spans, *(quote for quote in quotes if not _inside(quote, spans))})
            ),
            quotations=draft.quotations,
            content=act.scope.content,
            said=draft.said,
            stance=self._stance(act.cue),
        )

    def _stance(self, cue: Cue) -> Stance:
        words = self.scene.masked[cue.start : cue.end].replace("'", "' ").split()
        speech = self.scene.grammar.speech
        if any(word in speech.listed("denied") for word in words):
            return "denied"
        return "confirmed" if any(w in speech.listed("confirmed") for w in words) else "asserted"


def _inside(span: Span, scope: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in scope)

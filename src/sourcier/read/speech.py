"""Speech: who says what, through which medium, relayed by whom.

``quotations -> units -> acts (cue, subject, content) -> voices (who is who) -> speeches``

Words and patterns of saying are data (``languages/<code>/speech.toml``, ``people.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation, Speech
from sourcier.read.people import outlet_medium
from sourcier.read.speech_acts import Act, Cue, find_acts
from sourcier.read.speech_grammar import Grammar, grammar
from sourcier.read.speech_quoted import owner
from sourcier.read.speech_units import Scene, Unit
from sourcier.read.speech_voices import Link, Voices
from sourcier.types import Medium, Span, Stance


@dataclass(slots=True)
class _Draft:
    """A speech whose chain may still grow: `anaphoric` where its subject is a pronoun."""

    act: Act
    chain: list[Link]
    quotations: tuple[int, ...]
    anaphoric: bool = False
    medium: Medium | None = field(default=None)


def find_speech(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Speech, ...]:
    """Return the acts of saying of a text, in order of their cue.

    `quotations` are those of `find_quotations`; a speech points to its outer ones by index. A
    language without ``speech.toml`` has no speech.
    """
    rules = grammar(document.language)
    if rules is None or not document.sentences:
        return ()
    return _Finder(Scene(document, rules, quotations), rules).find()


class _Finder:
    """Walks the units of a text in order, so that pronouns find who spoke before."""

    def __init__(self, scene: Scene, rules: Grammar) -> None:
        self.scene = scene
        self.grammar = rules
        self.voices = Voices(scene.phrases, rules)
        self.drafts: list[_Draft] = []

    def find(self) -> tuple[Speech, ...]:
        before: Unit | None = None
        for unit in self.scene.units:
            self._unit(unit, before)
            before = unit
        return tuple(sorted((self._speech(draft) for draft in self.drafts), key=lambda s: s.cue))

    def _unit(self, unit: Unit, before: Unit | None) -> None:
        left = list(unit.quotes)
        first = len(self.drafts)
        for act in find_acts(self.scene, unit, before):
            chain = self._chain(act)
            if not chain:
                continue
            held = tuple(i for i in left if self._holds(act, i))
            left = [i for i in left if i not in held]
            self._add(act, chain, held)
        for index in left:
            self._uncued(unit, index, first)

    def _holds(self, act: Act, index: int) -> bool:
        start, end = self.scene.quotations[index].span
        return any(s < end and start < e for s, e in act.scope)

    def _add(self, act: Act, chain: list[Link], held: tuple[int, ...]) -> None:
        anaphoric = act.subject is None or act.pronoun is not None
        if anaphoric and act.medium and act.pronoun != "same":
            self._tell_back(chain[-1], act.medium)
        self.drafts.append(_Draft(act, chain, held, anaphoric))

    def _tell_back(self, link: Link, medium: Medium) -> None:
        """Give the medium of "she added on Telegram" to what she said just before."""
        for draft in reversed(self.drafts):
            last = draft.chain[-1]
            if last.voice is not link.voice or last.medium is not None:
                return
            draft.chain[-1] = Link(last.voice, last.span, medium)

    def _chain(self, act: Act) -> list[Link]:
        """Return the voices of an act, from the last relay to the origin."""
        medium = act.medium
        told = self.scene.document.text[slice(*act.to)] if act.to else None
        publisher = self.scene.document.capture.publisher
        if told is not None and publisher and told.casefold() in publisher.casefold():
            medium = medium or "interview"
        link = self._link(act, medium)
        if link is None:
            return []
        chain = [link]
        for span, first in act.relays:
            other = self.voices.phrase(span, None, oblique=True)
            if other is not None:
                chain = [other, *chain] if first else [*chain, other]
        if told is not None and act.to and medium is None:
            chain = self._heard_by(act.to, chain)
        return chain

    def _heard_by(self, to: Span, chain: list[Link]) -> list[Link]:
        """Put the outlet that was told in front of who told it."""
        relay = self.voices.phrase(to, outlet_medium(self.grammar, self.scene.masked, to))
        if relay is None:
            return chain
        self.voices.known.remove(relay.voice)
        self.voices.known.insert(0, relay.voice)
        return [relay, *chain]

    def _link(self, act: Act, medium: Medium | None) -> Link | None:
        if act.subject is not None:
            return self.voices.phrase(act.subject, medium, oblique=act.oblique)
        return self.voices.again(act.pronoun, medium)

    def _uncued(self, unit: Unit, index: int, first: int) -> None:
        """Give a quotation without a verb of its own to whose sentence, or whose words, it is in."""
        span = self.scene.quotations[index].span
        here = self.drafts[first:]
        if here:
            draft = here[-1]
            draft.quotations = (*draft.quotations, index)
            return
        if self._goes_on(unit, index):
            draft = self.drafts[-1]
            draft.quotations = (*draft.quotations, index)
            return
        subject = owner(self.scene, unit, span)
        link = self.voices.phrase(subject, None) if subject is not None else None
        if subject is None or link is None:
            return
        act = Act(cue=Cue(*subject, "verb"), scope=(span,))
        self.drafts.append(_Draft(act, [link], (index,)))

    def _goes_on(self, unit: Unit, index: int) -> bool:
        """Tell whether a unit is nothing but a quotation that goes on with the one before."""
        start, end = self.scene.quotations[index].span
        alone = start - unit.start < 2 and unit.end - end < 2
        return alone and bool(self.drafts) and bool(self.drafts[-1].quotations)

    def _speech(self, draft: _Draft) -> Speech:
        act = draft.act
        quotes = tuple(self.scene.quotations[index].span for index in draft.quotations)
        return Speech(
            cue=(act.cue.start, act.cue.end),
            attribution=tuple(link.attribution() for link in draft.chain),
            scope=tuple(sorted({*act.scope, *(q for q in quotes if not _inside(q, act.scope))})),
            quotations=draft.quotations,
            content=act.content,
            said=act.said,
            stance=self._stance(act),
        )

    def _stance(self, act: Act) -> Stance:
        words = self.scene.masked[act.cue.start : act.cue.end].replace("'", "' ").split()
        if any(word in self.grammar.speech.words("denied") for word in words):
            return "denied"
        if any(word in self.grammar.speech.words("confirmed") for word in words):
            return "confirmed"
        return "asserted"


def _inside(span: Span, scope: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in scope)

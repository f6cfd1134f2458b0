"""Acts of saying inside one unit: the cue, the phrase that names who speaks, what they answer for.

``cues -> subject before, behind or inside the cue -> scope before or behind it -> relays``
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from sourcier.read.speech_clauses import Clauses, Met
from sourcier.read.speech_cues import Cue
from sourcier.read.speech_scope import Scope, Scopes
from sourcier.read.speech_subjects import Subject, Subjects, with_met
from sourcier.read.speech_units import Scene, Unit
from sourcier.read.speech_verbs import QUOTED
from sourcier.types import Span

_WORDS_BESIDE = 80
"""Characters between a verb and the words in marks that it quotes ("called the plan “a joke”")."""
_QUOTED_REACH = 160
"""Characters from "quoted" to "as saying", between which who is quoted is told."""
_QUOTE_NEXT = regex.compile(rf"\s*[,:]?\s*{QUOTED}")


@dataclass(frozen=True, slots=True)
class Relay:
    """A further voice of a chain: `first` where it stands before the subject ("quoted by X").

    `outlet` tells that a bare name is an outlet's there, as it is in "quoted by X".
    """

    phrase: Span
    first: bool
    outlet: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """A cue with its subject and what that one answers for; `again`: the speaker before goes on."""

    cue: Cue
    subject: Subject
    scope: Scope
    relays: tuple[Relay, ...] = ()
    again: bool = False


def find_acts(scene: Scene, unit: Unit, before: Unit | None) -> tuple[Act, ...]:
    """Return the acts of saying of a unit, in order of their cue; `before` is the unit before it."""
    return _Reader(Clauses(scene, unit, before)).read()


@dataclass
class _Reader:
    """Reads the acts of one unit."""

    clauses: Clauses
    acts: list[Act] = field(default_factory=list)
    waiting: list[tuple[Relay, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.subjects = Subjects(self.clauses)
        self.scopes = Scopes(self.clauses)

    def read(self) -> tuple[Act, ...]:
        """Return the acts that answer for something."""
        for cue in self.clauses.cues:
            if cue.kind == "relay":
                self._relay(cue)
                continue
            act = self._act(cue)
            if act is not None and not act.scope.spans:
                self._echo(act)
            elif act is not None and self._stands(act):
                self.acts.append(self._relayed(act))
        return tuple(self.acts)

    def _stands(self, act: Act) -> bool:
        """Tell whether an act is one: a verb without "that", quotation or speaker's title may be none.

        Within what another says, only who can speak makes a further act.
        """
        phrase = act.subject.phrase
        if phrase is not None and self._is_nobody(phrase):
            return False
        inside = any(a.scope.ahead and a.scope.covers(act.cue.start) for a in self.acts)
        if inside and act.subject.pronoun and phrase is None:
            return False
        if act.cue.kind != "verb" or phrase is None or self.clauses.scene.phrases.can_speak(phrase):
            return True
        if self._is(act.cue, "saying"):
            return True
        if inside:
            return False
        return act.scope.spans[0][0] < act.cue.start or self._opens_clause(act.cue)

    def _is_nobody(self, phrase: Span) -> bool:
        """Tell whether a phrase says that nobody spoke ("no group claimed")."""
        words = self.clauses.masked[slice(*phrase)].split(" ", 1)
        return words[0] in self.clauses.scene.grammar.speech.words("nobody")

    def _opens_clause(self, cue: Cue) -> bool:
        rest, masked = self.clauses.pass_over(cue.end)[0], self.clauses.masked
        that = self.clauses.scene.grammar.that
        return that.match(masked, rest) is not None or _QUOTE_NEXT.match(masked, rest) is not None

    def _act(self, cue: Cue) -> Act | None:
        if cue.kind == "source":
            return self._from_source(cue)
        if cue.kind == "participle":
            return self._going_on(cue)
        if cue.kind == "colon":
            phrase = self.clauses.scene.phrases.read(self.clauses.unit.start, cue.start)
            return Act(cue, Subject(phrase), self.scopes.forward(cue, cue.end)) if phrase else None
        return self._from_verb(cue)

    @property
    def _closed(self) -> int:
        """Where the text of the acts so far ends."""
        return self._closed_before(self.clauses.unit.end)

    def _closed_before(self, bound: int) -> int:
        """Where the text of the acts ends that a cue behind `bound` does not embrace."""
        ends = [
            act.scope.end for act in self.acts if not act.scope.ahead or act.scope.end < bound - 3
        ]
        return max([self.clauses.unit.start, *ends])

    # -- verbs -------------------------------------------------------------------------------

    def _from_verb(self, cue: Cue) -> Act | None:
        clauses = self.clauses
        bound = clauses.bound(cue)
        lead = clauses.led(bound, cue.start)
        rest, met = clauses.pass_over(cue.end)
        if self._only_with_clause(cue):
            return None
        if cue.pronoun:
            subject = Subject(pronoun=cue.pronoun, met=met)
            return Act(cue, subject, self.scopes.backward(cue, bound, rest, self._closed))
        if lead >= cue.start and self._impersonal(cue):
            after = self.subjects.following(cue, bound, rest)
            if after is None or not self.clauses.scene.phrases.can_speak(after.phrase or (0, 0)):
                scope = self.scopes.backward(cue, bound, rest, self._closed_before(bound))
                return Act(cue, Subject(pronoun="", met=met), scope)
        if lead >= cue.start or (self.acts and self._shares(cue, bound)):
            return self._verb_first(cue, bound, rest, met)
        last = self.acts[-1].subject.phrase if self.acts else None
        found = self._of_verb_before(cue, bound) or self.subjects.leading(cue, lead, last)
        if found is None:
            return None
        subject = with_met(with_met(found, met), clauses.opening(bound))
        return Act(cue, subject, self._beside(cue, subject, bound, rest))

    def _only_with_clause(self, cue: Cue) -> bool:
        """Tell whether a verb is one of saying with "that" or a quotation alone, and has neither."""
        if self._opens_clause(cue) or self._closes_quotation(cue):
            return False
        if self._is(cue, "needs_quote"):
            return QUOTED not in self.clauses.masked[cue.end : cue.end + _WORDS_BESIDE]
        return self._is(cue, "needs_that")

    def _closes_quotation(self, cue: Cue) -> bool:
        """Tell whether a verb stands right behind a quotation (“Why us?” asked the mayor)."""
        return QUOTED in self.clauses.masked[max(0, cue.start - 2) : cue.start]

    def _is(self, cue: Cue, kind: str) -> bool:
        """Tell whether the last word of a cue is in the word list `kind`."""
        word = self.clauses.masked[cue.start : cue.end].rpartition(" ")[2]
        return word in self.clauses.scene.grammar.speech.listed(kind)

    def _shares(self, cue: Cue, bound: int) -> bool:
        """Tell whether a verb shares the subject of the one before it ("said ... and added")."""
        before = self.clauses.masked[bound : cue.start].rstrip()
        return before.endswith(tuple(f" {word}" for word in self.clauses.scene.grammar.join))

    def _of_verb_before(self, cue: Cue, bound: int) -> Subject | None:
        """Return the subject of the verb that a verb is joined to ("welcomed the step but said")."""
        words = self.clauses.masked[bound : cue.start].split()
        if not words or words[-1] not in self.clauses.scene.grammar.speech.words("joining"):
            return None
        before = next((c for c in self.clauses.cues if c.end == bound and c.kind == "verb"), None)
        if before is None:
            return None
        lead = self.clauses.led(self.clauses.bound(before), before.start)
        found = self.subjects.leading(before, lead, None) if lead < before.start else None
        speaks = found and found.phrase and self.clauses.scene.phrases.can_speak(found.phrase)
        return replace(found, end=0) if found and (speaks or found.pronoun) else None

    def _impersonal(self, cue: Cue) -> bool:
        """Tell whether a verb names nobody of itself ("it is said in the report")."""
        return self._is(cue, "impersonal")

    def _beside(self, cue: Cue, subject: Subject, bound: int, rest: int) -> Scope:
        """Return the scope of a verb behind its subject: before both (", she said.") or behind."""
        sign = self.clauses.masked[bound - 1 : bound]
        trailing = bound > self.clauses.unit.start and sign in f",—–{QUOTED}"
        quoting = sign != QUOTED and _QUOTE_NEXT.match(self.clauses.masked, rest) is not None
        clause = self.clauses.scene.grammar.that.match(self.clauses.masked, rest) is not None
        over = (self.clauses.quiet(rest) and not clause) or self.clauses.at_venue(rest)
        if trailing and over and not quoting:
            return self.scopes.backward(cue, bound, rest, self._closed)
        return self.scopes.forward(cue, rest, subject.end or None)

    def _verb_first(self, cue: Cue, bound: int, rest: int, met: Met) -> Act | None:
        """Read a verb that begins its chunk: subject apposed before it, behind it, or left out."""
        apposed = self.subjects.apposed(bound)
        follower = None if apposed else self.subjects.following(cue, bound, rest)
        if follower is not None and self._shares(cue, bound - 2):
            speaks = self.clauses.scene.phrases.can_speak
            follower = follower if follower.phrase and speaks(follower.phrase) else None
        if follower is not None:
            after, more = self.clauses.pass_over(follower.end)
            before = self.clauses.between(bound, cue.start)
            subject = with_met(with_met(with_met(follower, met), more), before)
            closed = self._closed_before(bound)
            after = self._past_relay(after)
            return Act(cue, subject, self.scopes.backward(cue, bound, after, closed))
        if apposed is None and self.clauses.masked[bound - 1 : bound] == ",":
            nearest = self.subjects.nearest(bound)
            apposed = Subject(nearest) if nearest else None
        if apposed is not None:
            subject = with_met(apposed, met)
            chunk = max(s for s in self.clauses.starts(bound) if s <= subject.start)
            return Act(cue, subject, self._beside(cue, subject, chunk, rest))
        if not self.acts:
            return None
        return Act(cue, Subject(met=met), self.scopes.forward(cue, rest), again=True)

    # -- sources, continuations, relays --------------------------------------------------------

    def _from_source(self, cue: Cue) -> Act | None:
        found = self.subjects.source(cue)
        if found is None:
            return None
        after, met = self.clauses.pass_over(found.end)
        after = self._past_relay(after)
        closed = self._closed
        if found.pronoun and found.phrase and cue.start - found.phrase[1] <= 2:
            closed = found.phrase[1]
        scope = self.scopes.backward(cue, cue.start, after, closed)
        return Act(cue, with_met(found, met), scope)

    def _past_relay(self, after: int) -> int:
        """Pass over a relay apposed to a source (", quoted by the daily Le Phare,")."""
        for cue in self.clauses.cues:
            if cue.kind == "relay" and 0 <= cue.start - after <= 2:
                phrase = self.clauses.scene.phrases.read(cue.end, self.clauses.unit.end)
                return phrase[1] if phrase else after
        return after

    def _going_on(self, cue: Cue) -> Act | None:
        """Read ", adding that ...": the speaker is the one before."""
        grammar, masked = self.clauses.scene.grammar, self.clauses.masked
        scope = self.scopes.forward(cue, cue.end)
        quoted = self._quoted_as(cue)
        if quoted is not None:
            subject, relay = quoted
            return Act(cue, Subject(subject, oblique=True), scope, (relay,) if relay else ())
        clause = grammar.that.match(masked, cue.end) is not None
        if not clause and masked[cue.start : cue.end] not in grammar.speech.listed("without_that"):
            scope = replace(scope, content=None)
        if self.acts:
            return Act(cue, Subject(), scope, again=True)
        phrase = self.subjects.nearest(cue.start)
        return Act(cue, Subject(phrase), scope) if phrase else None

    def _quoted_as(self, cue: Cue) -> tuple[Span, Relay | None] | None:
        """Return who is quoted in "the agency quoted the mayor as saying", and who quotes."""
        grammar, clauses = self.clauses.scene.grammar, self.clauses
        start = max(clauses.unit.start, cue.start - _QUOTED_REACH)
        *_, quoting = [None, *grammar.quoting.finditer(clauses.masked, start, cue.end)]
        phrases = clauses.scene.phrases
        phrase = phrases.read(quoting.end(), cue.start) if quoting else None
        if quoting is None or phrase is None:
            return None
        bound = max(s for s in clauses.starts(quoting.start()) if s <= quoting.start())
        teller = phrases.read(clauses.led(bound, quoting.start()), quoting.start())
        return phrase, Relay(teller, first=True) if teller else None

    def _relay(self, cue: Cue) -> None:
        """Bind ", citing X" to the act before it, or to the verb right behind it."""
        if any(aside.span[0] == cue.start for aside in self.clauses.asides):
            return
        later = (c.start for c in self.clauses.cues if c.start >= cue.end)
        phrase = self.clauses.scene.phrases.read(cue.end, next(later, self.clauses.unit.end))
        if phrase is None:
            return
        by = self.clauses.scene.grammar.speech.pattern("by")
        relay = Relay(phrase, by.search(self.clauses.masked[cue.start : cue.end]) is not None)
        verb = any(0 <= later.start - phrase[1] <= 3 for later in self.clauses.cues)
        if verb or not self.acts:
            self.waiting.append((relay, phrase[1]))
        else:
            self.acts[-1] = replace(self.acts[-1], relays=(*self.acts[-1].relays, relay))

    def _relayed(self, act: Act) -> Act:
        """Return an act with the relays that waited for it, and with whoever tells of it."""
        relays = tuple(relay for relay, _ in self.waiting)
        self.waiting.clear()
        ahead = (i for i, one in enumerate(self.acts) if one.scope.ahead)
        outer = [i for i in ahead if self.acts[i].scope.covers(act.cue.start)]
        teller = self.acts[outer[-1]].subject.phrase if outer else None
        if teller and act.subject.phrase and not act.again:
            relays = (
                *relays,
                Relay(teller, first=True, outlet=self._reports(self.acts[outer[-1]].cue)),
            )
            self._hand_over(outer[-1], act)
        return replace(act, relays=(*act.relays, *relays))

    def _hand_over(self, outer: int, act: Act) -> None:
        """Leave the clause that another act is all of to that one alone."""
        scope = self.acts[outer].scope
        if scope.content is None or act.scope.spans[-1][1] < scope.content[1]:
            return
        begins = min(act.subject.start, act.scope.spans[0][0])
        if begins <= self.clauses.led(*scope.content):
            self.acts[outer] = replace(self.acts[outer], scope=replace(scope, content=None))

    def _reports(self, cue: Cue) -> bool:
        """Tell whether a verb is one that outlets have; where none is listed, any verb may be."""
        return not self.clauses.scene.grammar.speech.words("reporting") or self._is(
            cue, "reporting"
        )

    def _echo(self, act: Act) -> None:
        """Take "..., said the mayor, the wire reported" for a relay: its own content is empty."""
        if self.acts and act.subject.phrase and not self.acts[-1].scope.ahead:
            relay = Relay(act.subject.phrase, first=True, outlet=self._reports(act.cue))
            self.acts[-1] = replace(self.acts[-1], relays=(*self.acts[-1].relays, relay))

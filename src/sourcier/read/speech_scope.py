"""The scope of a cue: the clauses before or after it that its speaker answers for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from sourcier.read.nominative import has_predicate
from sourcier.read.speech_clauses import Clauses, skip, trim
from sourcier.read.speech_cues import Cue
from sourcier.read.speech_verbs import QUOTED
from sourcier.types import Span

_STRONG_BREAK = regex.compile(r"[;]|\s[—–-]\s")
_VENUE_REACH = 100
_FEW = 0.5
"""As how large a part of the words outside marks those in marks count as few."""
_JOINT_REACH = 20
"""Characters in front of a source in which a conjunction stands."""
_CLAUSE = 30
"""Characters outside marks that make a clause of its own."""
_COMMA = regex.compile(r",(?!\d)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a speaker answers for: `spans`, of them the indirect `content`; the text ends at `end`.

    `ahead` tells that it stands behind the cue.
    """

    spans: tuple[Span, ...] = ()
    content: Span | None = None
    end: int = 0
    ahead: bool = False

    def covers(self, at: int) -> bool:
        """Tell whether an offset is within what the speaker answers for."""
        return any(start <= at < end for start, end in self.spans)


@dataclass(frozen=True)
class Scopes:
    """Finds the scopes of one unit's cues."""

    clauses: Clauses

    def forward(self, cue: Cue, rest: int, subject_end: int | None = None) -> Scope:
        """Return the clause behind a cue; for "said so" the word, or the sentence, before it."""
        masked, grammar = self.clauses.masked, self.clauses.scene.grammar
        that = grammar.that.match(masked, rest, self.clauses.unit.end)
        if that is None and self.clauses.at_venue(rest):
            that = self._that_behind(rest)
        start = skip(masked, that.end() if that else rest, " ,")
        content = trim(masked, start, self._end(cue, start))
        if cue.kind == "verb" and not that and self.clauses.at_venue(rest):
            return self._said_so(cue, rest, subject_end)
        if not that and any(one.start == content[0] for one in self.clauses.cues):
            return self._said_so(cue, rest, subject_end)
        if content[0] < content[1] and masked[slice(*content)] not in grammar.speech.listed(
            "pronoun"
        ):
            return Scope((content,), self._indirect(content), content[1], ahead=True)
        return self._said_so(cue, rest, subject_end)

    def _that_behind(self, rest: int) -> regex.Match[str] | None:
        """Return the "that" behind where it was said ("said at a rally in Ostrava that")."""
        reach = min(rest + _VENUE_REACH, self.clauses.unit.end)
        found = self.clauses.scene.grammar.that.search(self.clauses.masked, rest, reach)
        return found if found and QUOTED not in self.clauses.masked[rest : found.start()] else None

    def _said_so(self, cue: Cue, rest: int, subject_end: int | None) -> Scope:
        masked, speech = self.clauses.masked, self.clauses.scene.grammar.speech
        word = trim(masked, subject_end or cue.start, cue.start)
        if masked[slice(*word)] in speech.listed("object"):
            return Scope((word,), word, rest)
        if self.clauses.head(cue).startswith(speech.words("this")):
            told = self.clauses.before or self.clauses.unit
            return Scope(((told.start, min(told.end, cue.start)),), None, rest)
        return Scope(end=rest)

    def _end(self, cue: Cue, start: int) -> int:
        masked, end = self.clauses.masked, self.clauses.unit.end
        grammar = self.clauses.scene.grammar
        ends = [end]
        ends += [match.start() for match in self._breaks(start, end)][:1]
        aside = grammar.beside.search(masked, start, end)
        ends += [aside.start()] if aside else []
        for later in self.clauses.cues:
            ends += self._cut(later, start) if later.start >= start else []
        if self._is_subordinate(cue):
            ends += [match.start() for match in _COMMA.finditer(masked, start, end)][:1]
        return min(ends)

    def _breaks(self, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Yield the signs that end a clause; where a dash stands for "is", only one before a cue."""
        grammar = self.clauses.scene.grammar
        last = max((cue.start for cue in self.clauses.cues if cue.start < end), default=0)
        for sign in _STRONG_BREAK.finditer(self.clauses.masked, start, end):
            if not grammar.declines or sign.group() == ";" or sign.start() < last:
                yield sign

    def _cut(self, cue: Cue, start: int) -> list[int]:
        """Return where a later cue ends the clause before it, if it does."""
        masked, grammar = self.clauses.masked, self.clauses.scene.grammar
        if cue.kind in ("participle", "relay"):
            joint = grammar.joint_end.search(masked[start : cue.start])
            return [start + joint.start() if joint else cue.start]
        before = masked[max(self.clauses.unit.start, cue.start - 40) : cue.start]
        if cue.kind == "source":
            after = self.clauses.scene.phrases.read(cue.end, self.clauses.unit.end)
            last = after is not None and self.clauses.unit.end - after[1] < 3
            return [cue.start - 2] if last and before.endswith(", ") else []
        bound = self.clauses.bound(cue)
        apart = masked[bound - 1] == "," and self.clauses.led(bound, cue.start) >= cue.start
        if apart and bound > start:
            return [bound - 1]
        shared = grammar.sharing.search(before)
        if shared:
            return [cue.start - len(shared.group())]
        joined = bound > start and grammar.conjunct.match(masked, bound - 1, cue.start)
        return [bound - 1] if joined and masked[bound - 1] == "," else []

    def _is_subordinate(self, cue: Cue) -> bool:
        """Tell whether the cue stands in a clause that another follows ("While she said ...")."""
        words = self.clauses.masked[self.clauses.bound(cue) : cue.start].split()
        return bool(words) and words[0] in self.clauses.scene.grammar.speech.listed("subordinate")

    def _indirect(self, content: Span) -> Span | None:
        """Return the clause of indirect speech; null where most of it is in marks.

        Of two joined clauses ("that ... and that “...”") the one without marks is indirect.
        """
        start, end = content
        masked = self.clauses.masked
        quoted = masked.find(QUOTED, start, end)
        if quoted < 0 or self._holds_few(content):
            return content
        joint = self.clauses.scene.grammar.joined_that.search(masked[start:quoted])
        return trim(masked, start, start + joint.start()) if joint and joint.start() else None

    def _holds_few(self, content: Span) -> bool:
        """Tell whether but a few of a clause's words are in marks (took "robust steps" to ...)."""
        if self.clauses.masked[content[0]] == QUOTED:
            return False
        quoted = self.clauses.masked.count(QUOTED, *content)
        apart = content[1] - content[0] - quoted
        return quoted < _FEW * apart and apart >= _CLAUSE

    def backward(self, cue: Cue, bound: int, after: int, closed: int) -> Scope:
        """Return the clause before a cue, and what goes on behind the parenthesis it stands in.

        `closed` is where the text of earlier cues ends, `after` where the cue with its subject does.
        """
        clauses, masked = self.clauses, self.clauses.masked
        if bound == clauses.unit.start and self._is_as(cue):
            return self.forward(cue, after)
        if cue.kind == "source" and self._heads_clause(cue):
            return self.forward(cue, after)
        if closed > clauses.unit.start and clauses.at_venue(closed):
            return Scope(end=after)  # "..., said the mayor in a statement, the agency reports"
        joint = clauses.scene.grammar.conjunct.match(masked, closed)
        start = joint.end() if joint else closed
        before = trim(masked, start, max(start, min(bound, cue.start)))
        if self._tells_who_said(before):
            return Scope(end=after)
        tail = self._tail(after)
        if clauses.led(*before) >= before[1]:
            before = tail or before
        if before[0] >= before[1]:
            return self.forward(cue, after)
        if tail is None:
            return Scope((before,), self._indirect(before), after)
        return self._around(cue, before, tail)

    def _around(self, cue: Cue, before: Span, tail: Span) -> Scope:
        """Return the scope of a parenthesis within a clause ("their deaths, they say, were ...")."""
        if before == tail:
            return Scope((tail,), self._indirect(tail), tail[1])
        before = self._last_clause(*before)
        article = (
            self.clauses.masked[slice(*tail)].split()[0] in self.clauses.scene.grammar.determiner
        )
        whole = (before[0], tail[1]) if cue.kind == "verb" and not article else before
        if self._wants_predicate(before):
            quoted = QUOTED in self.clauses.masked[slice(*tail)]
            whole = (before[0], tail[1])
            return Scope((before, tail), None if quoted else self._indirect(whole), tail[1])
        return Scope((before, tail), self._indirect(whole), tail[1])

    def _tells_who_said(self, before: Span) -> bool:
        """Tell whether a clause is "The mayor said so": who relays it says nothing else."""
        this = self.clauses.scene.grammar.speech.words("this")
        said = bool(this) and self.clauses.masked.startswith(this, before[0])
        return said and any(before[0] <= cue.start < before[1] for cue in self.clauses.cues)

    def _wants_predicate(self, before: Span) -> bool:
        """Tell whether a clause has its verb behind a parenthesis ("В Орвале, по его словам, ...")."""
        grammar = self.clauses.scene.grammar
        verbs = grammar.people.table("verbs")
        return bool(verbs) and not has_predicate(self.clauses.masked[slice(*before)], grammar)

    def _last_clause(self, start: int, end: int) -> Span:
        """Return the last of joined clauses, the one that a parenthesis stands in."""
        for joint in self.clauses.scene.grammar.clause.finditer(self.clauses.masked, start, end):
            start = joint.end()
        return trim(self.clauses.masked, start, end)

    def _heads_clause(self, cue: Cue) -> bool:
        """Tell whether a source heads a clause joined to another ("..., but according to the mayor")."""
        start = max(self.clauses.unit.start, cue.start - _JOINT_REACH)
        joint = self.clauses.scene.grammar.joint_end.search(self.clauses.masked[start : cue.start])
        return joint is not None and joint.group().startswith(",")

    def _is_as(self, cue: Cue) -> bool:
        """Tell whether "as" stands at the head of the cue's chunk."""
        return self.clauses.head(cue).startswith(self.clauses.scene.grammar.speech.words("as"))

    def _tail(self, after: int) -> Span | None:
        """Return what goes on after a parenthesis such as ", say witnesses,"."""
        masked, end = self.clauses.masked, self.clauses.unit.end
        if masked[after : after + 1] != ",":
            return None
        start = skip(masked, after, " ,")
        if self.clauses.scene.grammar.contrast.match(masked, start, end):
            return None
        later = [cue.start for cue in self.clauses.cues if cue.start >= after]
        if any(cue.kind == "source" and cue.start in later[:1] for cue in self.clauses.cues):
            return None
        end = min([end, *later])
        phrase = self.clauses.scene.phrases.read(start, end)
        if later and phrase is not None and phrase[1] >= end - 1:
            return None
        if (later and end - start < 3) or self.clauses.led(start, end) != start:
            return None
        words = masked[start:end].split()
        speech = self.clauses.scene.grammar.speech
        if not words or words[0] in speech.listed("relative"):
            return None
        if len(words) == 1 and words[0] in speech.listed("pronoun"):
            return None
        return trim(masked, start, end)

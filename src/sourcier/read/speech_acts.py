"""Acts of saying inside one unit: the cue, the phrase that names who speaks, what they answer for.

``cues -> subject before, after or inside the cue -> content before or after it``
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import regex

from sourcier.read.speech_units import QUOTED, Scene, Unit
from sourcier.types import Medium, Span

CueKind = Literal["verb", "source", "participle", "relay"]

_BREAK = regex.compile(rf",(?!\d)|[;:()—–]|\s-\s|{QUOTED}")
_NOTHING = regex.compile(rf"\s*(?:[,;.!?)—–…]|$|{QUOTED})")
_QUOTE_NEXT = regex.compile(rf"\s*[,:]?\s*{QUOTED}")
_COMMA = regex.compile(r",(?!\d)")
_CLAUSE_END = regex.compile(r"[;]|\s[—–-]\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of saying; `pronoun` is the one inside a verb ("a-t-il dit")."""

    start: int
    end: int
    kind: CueKind
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A cue with its subject (null: the one before, or the pronoun) and what it answers for.

    `to` is the outlet that was told, `same` marks "the same source", `content` the clause of
    indirect speech, `scope` all that the speaker answers for. `after` marks content after the cue,
    `closes` is where the act's text ends, `oblique` a subject that is not in the nominative.
    `relays` are further voices, each with whether it stands before the subject in the chain.
    """

    cue: Cue
    subject: Span | None = None
    pronoun: str | None = None
    scope: tuple[Span, ...] = ()
    content: Span | None = None
    said: Span | None = None
    medium: Medium | None = None
    to: Span | None = None
    after: bool = False
    closes: int = 0
    oblique: bool = False
    relays: tuple[tuple[Span, bool], ...] = ()


def find_acts(scene: Scene, unit: Unit, before: Unit | None) -> tuple[Act, ...]:
    """Return the acts of saying of a unit, in order of their cue; `before` is the unit before it."""
    return _Reader(scene, unit, before).read()


class _Reader:
    """Reads the acts of one unit."""

    def __init__(self, scene: Scene, unit: Unit, before: Unit | None) -> None:
        self.scene = scene
        self.before = before
        self.grammar = scene.grammar
        self.masked = scene.masked
        self.unit = unit
        self.asides = [a for a in scene.asides if unit.start <= a[0] < unit.end]
        self.cues = tuple(self._cues())

    def read(self) -> tuple[Act, ...]:
        acts: list[Act] = []
        for cue in self.cues:
            if cue.kind == "relay":
                self._relay(acts, cue)
                continue
            act = self._act(cue, acts)
            if act is not None:
                acts.append(act)
        return tuple(acts)

    def _cues(self) -> Iterator[Cue]:
        found = [
            Cue(*match.span(), kind, match.groupdict().get("pronoun"))
            for kind, pattern in self._patterns()
            for match in pattern.finditer(self.masked, self.unit.start, self.unit.end)
            if not match.groupdict().get("off") and not self._noun(match)
        ]
        found.sort(key=lambda cue: (cue.start, -cue.end))
        at = self.unit.start
        for cue in found:
            if cue.start >= at:
                at = cue.end
                yield cue

    def _patterns(self) -> tuple[tuple[CueKind, regex.Pattern[str]], ...]:
        grammar = self.grammar
        return (
            ("verb", grammar.verb),
            ("source", grammar.source),
            ("participle", grammar.participle),
            ("relay", grammar.relay),
        )

    def _noun(self, match: regex.Match[str]) -> bool:
        """Tell whether a word that can be a verb is a noun here: after an article, or a bare form
        that no plural stands before."""
        before = self.masked[max(self.unit.start, match.start() - 24) : match.start()]
        if before.strip() and self._capital(match.start()):
            return True
        words = before.replace("'", "' ").split()
        if not words or not (before[-1] == "'" or before[-1].isspace()):
            return False
        if match.groupdict().get("bare") and not self._plural(words[-1]):
            return True
        return words[-1] in self.grammar.determiner

    def _capital(self, at: int) -> bool:
        """Tell whether a word inside a sentence is printed with a capital ("United States")."""
        before = self.masked[self.unit.start : at].rstrip()
        return self.scene.document.text[at].isupper() and before[-1:] not in (QUOTED, ".", "-", "—")

    def _plural(self, word: str) -> bool:
        speech = self.grammar.speech
        known = word in self.grammar.group or word in speech.words("plural_subject")
        return known or word.rstrip(",").endswith("s")

    def _act(self, cue: Cue, acts: list[Act]) -> Act | None:
        if cue.kind == "source":
            return self._from_source(cue, acts)
        if cue.kind == "participle":
            return self._going_on(cue, acts)
        return self._from_verb(cue, acts)

    # -- the parts around a cue ------------------------------------------------------------

    def _rest(self, at: int) -> tuple[int, Act]:
        """Pass over times, media, adverbs and the told from `at`; return where, and what was met."""
        met = Act(Cue(at, at, "verb"))
        while True:
            here = _skip_space(self.masked, at)
            behind = _skip(self.masked, here, " ,")
            aside = next((a for a in self.asides if a[0] in (here, behind)), None)
            told = self._addressee(at)
            skipped = self.grammar.skip.match(self.masked, at, self.unit.end)
            if aside is not None:
                at, met = aside[1], _with_aside(met, aside)
            elif told is not None:
                at, met = told.end(), self._told(met, told)
            elif skipped is not None and skipped.end() > here:
                at = skipped.end()
            else:
                return at, met

    def _addressee(self, at: int) -> regex.Match[str] | None:
        """Match who was told; in a language that lists its verbs of telling, after one of them."""
        telling = self.grammar.speech.words("telling")
        if telling and not self.masked.endswith(telling, 0, at):
            return None
        return self.grammar.recipient.match(self.scene.document.text, at, self.unit.end)

    def _told(self, met: Act, told: regex.Match[str]) -> Act:
        if told.groupdict().get("to") is None:
            return met
        return replace(met, to=told.span("to"))

    def _bound(self, cue: Cue) -> int:
        """Return where the chunk that holds the cue begins."""
        begin = max([self.unit.start, *(c.end for c in self.cues if c.end <= cue.start)])
        last = begin
        for match in _BREAK.finditer(self.masked, begin, cue.start):
            last = match.end()
        return last

    def _led(self, start: int, end: int) -> int:
        """Pass over conjunctions, adverbs and times at the head of a chunk."""
        while True:
            match = self.grammar.lead.match(self.masked, start, end)
            here = _skip_space(self.masked, start)
            aside = next((a for a in self.asides if a[0] == here and a[1] <= end), None)
            if aside is not None:
                start = aside[1]
            elif match is not None:
                start = match.end()
            else:
                return _skip_space(self.masked, start)

    def _quiet(self, at: int) -> bool:
        """Tell whether nothing but a sign or a quotation follows."""
        return _NOTHING.match(self.masked, at, self.unit.end) is not None

    # -- verbs -----------------------------------------------------------------------------

    def _from_verb(self, cue: Cue, acts: list[Act]) -> Act | None:
        bound = self._bound(cue)
        lead = self._led(bound, cue.start)
        rest, met = self._rest(cue.end)
        act = replace(met, cue=cue, pronoun=cue.pronoun)
        if cue.pronoun:
            return self._backward(act, bound, rest, acts)
        if lead < cue.start:
            act = self._with_subject(act, lead)
            act = replace(act, subject=act.subject and self._owner(act.subject))
            if act.subject is None and act.pronoun is None:
                return None
            return self._placed(act, bound, rest, acts)
        return self._inverted(act, bound, rest, acts)

    def _with_subject(self, act: Act, start: int) -> Act:
        """Give an act the phrase, or the pronoun, that is the subject of the chunk before it."""
        end = act.cue.start
        word = self.masked[start:end].split(maxsplit=1)[0]
        if word in self.grammar.speech.words("pronoun"):
            return replace(act, pronoun=word)
        if word in self.grammar.speech.words("relative"):
            return replace(act, subject=self._chunk_before(start))
        where = self._tells_where(act.cue, word)
        subject = self.scene.phrases.read(start + where * len(word), end)
        if subject is None:
            return act
        for aside in self.asides:
            if subject[1] <= aside[0] and aside[1] <= end:
                act = _join(act, _with_aside(Act(act.cue), aside))
        return replace(act, subject=subject, oblique=where)

    def _tells_where(self, cue: Cue, word: str) -> bool:
        """Tell whether a preposition leads to who says it ("they said at the ministry", Slavic)."""
        if word not in self.grammar.speech.words("at"):
            return False
        verb = self.masked[cue.start : cue.end]
        return self.grammar.speech.pattern("plural_verb").fullmatch(verb) is not None

    def _chunk_before(self, at: int) -> Span | None:
        """Return the phrase of the nearest earlier chunk that names a speaker."""
        for start in reversed(self._chunks(at)):
            phrase = self.scene.phrases.read(self._led(start, at), at)
            if phrase is not None and self._agent(phrase):
                return phrase
        return None

    def _chunks(self, end: int) -> list[int]:
        begin = self.unit.start
        marks = [match.end() for match in _BREAK.finditer(self.masked, begin, end)]
        return [begin, *marks[:-1]] if marks else [begin]

    def _agent(self, phrase: Span) -> bool:
        """Tell whether a phrase names somebody who can speak."""
        grammar, phrases = self.grammar, self.scene.phrases
        known = grammar.role | grammar.group | grammar.organisation
        tokens = phrases.tokens(*phrase)
        return any(token.norm in known or phrases.is_name(token) for token in tokens)

    def _inverted(self, act: Act, bound: int, rest: int, acts: list[Act]) -> Act | None:
        """Read a verb with nothing before it in its chunk: subject after it, apposed, or left out."""
        follower = self._follower(act, bound, rest)
        if follower is not None:
            after, met = self._rest(follower.closes)
            return self._backward(_join(follower, met), bound, after, acts)
        before = self._chunk_before(bound)
        if before is not None and self.masked[bound - 1 : bound] == ",":
            return self._forward(replace(act, subject=before), rest)
        if acts and self._placeable(rest):
            return self._forward(replace(act, subject=acts[-1].subject, pronoun="same"), rest)
        return None

    def _follower(self, act: Act, bound: int, rest: int) -> Act | None:
        """Return an act with the subject that follows its verb, up to which it `closes`, or None."""
        if self.grammar.that.match(self.masked, rest) is not None:
            return None
        rest = _skip_space(self.masked, rest)
        word = (self.masked[rest : rest + 40].split(maxsplit=1) or [""])[0].strip(".,;")
        if word in self.grammar.speech.words("there"):
            return replace(act, pronoun=word, closes=rest + len(word))
        where = self._tells_where(act.cue, word)
        subject = self.scene.phrases.read(rest + where * len(word), self.unit.end)
        if subject is None or not self._can_follow(subject, bound):
            return None
        return replace(act, subject=subject, oblique=where, closes=subject[1])

    def _placeable(self, rest: int) -> bool:
        return not self._quiet(rest) or self.masked[rest : rest + 2].strip().startswith(QUOTED)

    def _can_follow(self, subject: Span, bound: int) -> bool:
        """Tell whether a phrase after a verb is its subject: always where verbs may come first."""
        if not self.grammar.speech.table("order").get("subject_first"):
            return True
        return bound > self.unit.start and self._quiet(self._rest(subject[1])[0])

    def _placed(self, act: Act, bound: int, rest: int, acts: list[Act]) -> Act:
        """Read a verb after its subject: content before both (", she said.") or after."""
        sign = self.masked[bound - 1 : bound]
        trailing = bound > self.unit.start and sign in f",—–{QUOTED}"
        if trailing and sign != QUOTED and _QUOTE_NEXT.match(self.masked, rest):
            return self._forward(act, rest)
        over = self._quiet(rest) or (trailing and self._at_venue(rest))
        if trailing and over and self.masked[rest : rest + 1] != ":":
            return self._backward(act, bound, rest, acts)
        return self._forward(act, rest)

    def _at_venue(self, at: int) -> bool:
        """Tell whether what follows says where it was said, not what ("said at a rally")."""
        word = self.masked[at : at + 20].split(maxsplit=1)
        return bool(word) and word[0] in self.grammar.speech.words("venue")

    # -- content ---------------------------------------------------------------------------

    def _forward(self, act: Act, rest: int) -> Act:
        """Give an act the clause after it."""
        that = self.grammar.that.match(self.masked, rest, self.unit.end)
        start = _skip(self.masked, that.end() if that else rest, " ,")
        end = self._clause_end(act.cue, start)
        content = _trim(self.masked, start, end)
        if content[0] >= content[1]:
            return self._without_clause(act, rest)
        return replace(
            act, scope=(content,), content=self._indirect(content), after=True, closes=end
        )

    def _without_clause(self, act: Act, rest: int) -> Act:
        """Read "said so": the content is a word before the verb, or the sentence before."""
        begin = act.subject[1] if act.subject and act.subject[1] < act.cue.start else act.cue.start
        word = _trim(self.masked, begin, act.cue.start)
        speech = self.grammar.speech
        if self.masked[slice(*word)] in speech.words("object"):
            return replace(act, scope=(word,), content=word, closes=rest)
        head = self.masked[self._bound(act.cue) : act.cue.end].lstrip()
        if self.before is not None and head.startswith(speech.words("this")):
            return replace(act, scope=((self.before.start, self.before.end),), closes=rest)
        return replace(act, closes=rest)

    def _clause_end(self, cue: Cue, start: int) -> int:
        ends = [self.unit.end]
        ends += [m.start() for m in _CLAUSE_END.finditer(self.masked, start, self.unit.end)][:1]
        ends += [end for later in self.cues if later.start >= start for end in self._cut(later)]
        if self._subordinate(cue):
            ends += [m.start() for m in _COMMA.finditer(self.masked, start, self.unit.end)][:1]
        return min(ends)

    def _cut(self, cue: Cue) -> list[int]:
        """Return where a cue ends the clause before it, if it does."""
        if cue.kind in ("participle", "relay"):
            return [cue.start]
        before = self.masked[max(self.unit.start, cue.start - 40) : cue.start]
        if cue.kind == "source":
            after = self.scene.phrases.read(cue.end, self.unit.end)
            last = after is not None and self.unit.end - after[1] < 3
            return [cue.start - 2] if last and before.endswith(", ") else []
        shared = self.grammar.sharing.search(before)
        return [cue.start - len(shared.group())] if shared else []

    def _subordinate(self, cue: Cue) -> bool:
        """Tell whether the cue stands in a clause that another follows ("While she said ...")."""
        words = self.masked[self._bound(cue) : cue.start].split()
        return bool(words) and words[0] in self.grammar.speech.words("subordinate")

    def _indirect(self, content: Span) -> Span | None:
        """Return the clause of indirect speech; null where it is in marks, wholly or in part.

        Of two joined clauses ("that ... and that “...”") the one without marks is indirect.
        """
        start, end = content
        quoted = self.masked.find(QUOTED, start, end)
        if quoted < 0:
            return content
        joint = self.grammar.joined_that.search(self.masked[start:quoted])
        return (start, start + joint.start()) if joint and joint.start() else None

    def _backward(self, act: Act, bound: int, after: int, acts: list[Act]) -> Act:
        """Give an act the clause before it, and what goes on behind a parenthesis."""
        if bound == self.unit.start and self._is_as(act.cue):
            return self._forward(act, after)
        start = self._open_since(acts)
        before = _trim(self.masked, start, max(start, min(bound, act.cue.start)))
        tail = self._tail(after)
        if tail is not None and self._led(*before) >= before[1]:
            before = tail
        if before[0] >= before[1]:
            return self._forward(act, after)
        if tail is None:
            return replace(act, scope=(before,), content=self._indirect(before), closes=after)
        before = self._last_clause(*before)
        scope = (before, tail) if before != tail else (tail,)
        whole = (before[0], tail[1]) if act.cue.kind == "verb" else before
        return replace(act, scope=scope, content=self._indirect(whole), closes=tail[1])

    def _last_clause(self, start: int, end: int) -> Span:
        """Return the last of joined clauses, the one that a parenthesis stands in."""
        for joint in self.grammar.speech.pattern("clause").finditer(self.masked, start, end):
            start = joint.end()
        return start, end

    def _is_as(self, cue: Cue) -> bool:
        """Tell whether "as" stands at the head of the cue's chunk."""
        chunk = self.masked[self._bound(cue) : cue.end].strip()
        return any(chunk.startswith(word) for word in self.grammar.speech.words("as"))

    def _open_since(self, acts: list[Act]) -> int:
        start = max([self.unit.start, *(act.closes for act in acts)])
        joint = self.grammar.speech.pattern("conjunct").match(self.masked, start)
        return joint.end() if joint else start

    def _tail(self, after: int) -> Span | None:
        """Return what goes on after a parenthesis such as ", say witnesses,"."""
        if self.masked[after : after + 1] != ",":
            return None
        start = _skip(self.masked, after, " ,")
        ends = [later.start for later in self.cues if later.start >= after]
        end = min([self.unit.end, *ends])
        if (ends and end - start < 3) or self._led(start, end) != start:
            return None
        words = self.masked[start:end].split()
        if not words or words[0] in self.grammar.speech.words("relative"):
            return None
        return _trim(self.masked, start, end)

    # -- sources and continuations -----------------------------------------------------------

    def _owner(self, phrase: Span) -> Span | None:
        """Return whose paper a phrase is ("figures from the ministry"); null for a bare tally."""
        grammar, phrases = self.grammar, self.scene.phrases
        head = next(
            (t for t in phrases.tokens(*phrase) if t.norm in grammar.people.words("paper")), None
        )
        if head is None:
            return phrase
        for link in grammar.speech.pattern("made_by").finditer(
            self.masked, head.end, head.end + 60
        ):
            owner = phrases.read(link.end(), self.unit.end)
            if owner is not None:
                return owner
        return None if head.norm in grammar.people.words("tally") else phrase

    def _from_source(self, cue: Cue, acts: list[Act]) -> Act | None:
        if cue.pronoun:
            after, met = self._rest(cue.end)
            act = replace(met, cue=cue, pronoun=cue.pronoun, subject=self._chunk_before(cue.start))
            return self._backward(act, cue.start, after, acts)
        phrase = self.scene.phrases.read(cue.end, self.unit.end)
        subject = self._owner(phrase) if phrase else None
        if subject is None:
            return None
        after, met = self._rest(subject[1])
        act = replace(met, cue=cue, subject=subject, oblique=True)
        return self._backward(act, cue.start, after, acts)

    def _going_on(self, cue: Cue, acts: list[Act]) -> Act | None:
        """Read ", adding that ...": the speaker is the one before."""
        if not acts:
            return None
        that = self.grammar.that.match(self.masked, cue.end, self.unit.end)
        act = self._forward(Act(cue, pronoun="same"), cue.end)
        return act if that else replace(act, content=None)

    def _relay(self, acts: list[Act], cue: Cue) -> None:
        """Bind ", citing X" to the act before it."""
        subject = self.scene.phrases.read(cue.end, self.unit.end)
        if subject is None or not acts:
            return
        first = (
            self.grammar.speech.pattern("by").search(self.masked[cue.start : cue.end]) is not None
        )
        acts[-1] = replace(acts[-1], relays=(*acts[-1].relays, (subject, first)))


def _with_aside(met: Act, aside: tuple[int, int, str]) -> Act:
    start, end, kind = aside
    if kind == "when":
        return replace(met, said=met.said or (start, end))
    medium: Medium = kind  # type: ignore[assignment]
    return replace(met, medium=met.medium or medium)


def _join(act: Act, met: Act) -> Act:
    return replace(
        act, said=act.said or met.said, medium=act.medium or met.medium, to=act.to or met.to
    )


def _skip(text: str, at: int, signs: str) -> int:
    while at < len(text) and text[at] in signs:
        at += 1
    return at


def _skip_space(text: str, at: int) -> int:
    return _skip(text, at, " \n")


def _trim(text: str, start: int, end: int) -> Span:
    """Return a clause's span without outer spaces and signs."""
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:—–-"):
        end -= 1
    return start, end

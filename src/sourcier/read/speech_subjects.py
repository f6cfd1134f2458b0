"""The subject of a cue: the phrase or pronoun that names who speaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sourcier.read.speech_clauses import Clauses, Met, skip
from sourcier.read.speech_cues import Cue
from sourcier.read.speech_verbs import QUOTED
from sourcier.types import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks: a phrase or a pronoun, `end` where it stops, `oblique` if not in the nominative."""

    phrase: Span | None = None
    pronoun: str | None = None
    oblique: bool = False
    end: int = 0
    met: Met = field(default_factory=Met)

    @property
    def start(self) -> int:
        """Where the phrase begins; 0 for a pronoun."""
        return self.phrase[0] if self.phrase else 0


@dataclass(frozen=True)
class Subjects:
    """Finds the subjects of one unit's cues."""

    clauses: Clauses

    def leading(self, cue: Cue, start: int, last: Span | None) -> Subject | None:
        """Return the subject in the chunk before a verb; `last` is the phrase that spoke before."""
        masked, grammar = self.clauses.masked, self.clauses.scene.grammar
        word = next(iter(masked[start : cue.start].split(maxsplit=1)), "")
        if not word:  # a chunk of nothing but space, as of a line separator
            return None
        if word in grammar.speech.words("pronoun") or word in grammar.speech.words("there"):
            return Subject(pronoun=word)
        if word in grammar.speech.words("relative"):
            return self._antecedent(start, last)
        where = self._tells_where(cue, word)
        read = self._nearer(start + where * len(word), cue.start)
        phrase = self.signed(read, cue.start)
        if read is None or phrase is None:
            return None
        met = self._medium(read).joined(self.clauses.between(phrase[1], cue.start))
        return Subject(phrase, oblique=where, end=phrase[1], met=met)

    def _nearer(self, start: int, end: int) -> Span | None:
        """Return the phrase at `start`, or that of the clause that opens between it and a verb.

        "Crews dug on as police said", "among the houses where the mayor says": who is nearest to the
        verb says it.
        """
        scene = self.clauses.scene
        phrase = scene.phrases.read(start, end)
        while phrase is not None:
            *_, opener = [None, *scene.grammar.opener.finditer(self.clauses.masked, phrase[1], end)]
            nearer = scene.phrases.read(opener.end(), end) if opener else None
            if nearer is None or not scene.phrases.is_voice(nearer, oblique=False):
                return phrase
            phrase = nearer
        return None

    def _antecedent(self, start: int, last: Span | None) -> Subject | None:
        """Return what "who" stands for: the speaker just named, or the nearest phrase before it."""
        if last is not None and 0 <= start - last[1] <= 3:
            return Subject(last)
        phrase = self.nearest(start)
        return Subject(phrase) if phrase else None

    def following(self, cue: Cue, bound: int, rest: int) -> Subject | None:
        """Return the subject behind a verb ("said the mayor"), or None."""
        masked, scene = self.clauses.masked, self.clauses.scene
        if scene.grammar.that.match(masked, rest) is not None:
            return None
        rest = skip(masked, rest, " \n," if self.clauses.between(cue.end, rest) != Met() else " \n")
        word = (masked[rest : rest + 40].split(maxsplit=1) or [""])[0].strip(".,;")
        if word in scene.grammar.speech.words("there"):
            return Subject(pronoun=word, end=rest + len(word))
        where = self._tells_where(cue, word)
        start, told = self._past_outlet(rest + where * len(word))
        phrase = scene.phrases.read(start, self.clauses.unit.end)
        if phrase is None or not self._can_follow(phrase, bound):
            return None
        if where and not scene.phrases.names_institution(phrase):
            return None
        report = cue.kind == "verb" and masked[cue.start : cue.end] in scene.grammar.speech.words(
            "impersonal"
        )
        owner = self.signed(phrase, self.clauses.unit.end)
        if owner is None:
            return None
        return Subject(
            owner,
            oblique=where or report,
            end=max(owner[1], phrase[1]),
            met=told.joined(self._medium(phrase)),
        )

    def _past_outlet(self, start: int) -> tuple[int, Met]:
        """Pass over a name in marks that somebody with a title follows: it was told (Slavic dative)."""
        scene = self.clauses.scene
        end = scene.phrases.names.get(start) if scene.grammar.declines else None
        teller = scene.phrases.read(end, self.clauses.unit.end) if end else None
        if end is None or teller is None or not scene.phrases.is_titled(teller):
            return start, Met()
        return end, Met(to=(start, end))

    def _medium(self, phrase: Span) -> Met:
        """Return the medium that a phrase's own words tell ("a statement by the ministry")."""
        scene = self.clauses.scene
        words = scene.grammar.people.words("statement")
        told = any(token.norm in words for token in scene.phrases.tokens(*phrase))
        return Met(medium="communique") if told else Met()

    def _can_follow(self, phrase: Span, bound: int) -> bool:
        """Tell whether a phrase behind a verb is its subject: always where verbs may come first."""
        if not self.clauses.scene.grammar.speech.table("order").get("subject_first"):
            return True
        after = self.clauses.pass_over(phrase[1])[0]
        begins = bound > self.clauses.unit.start and self.clauses.quiet(after)
        quoted = self.clauses.masked[bound - 1 : bound] == QUOTED
        return begins and (quoted or self.clauses.scene.phrases.can_speak(phrase))

    def _tells_where(self, cue: Cue, word: str) -> bool:
        """Tell whether a preposition leads to who says it ("they said at the ministry", Slavic)."""
        speech = self.clauses.scene.grammar.speech
        if word not in speech.words("at"):
            return False
        verb = self.clauses.masked[cue.start : cue.end]
        return speech.pattern("plural_verb").fullmatch(verb) is not None

    def apposed(self, bound: int) -> Subject | None:
        """Return a titled phrase with its apposition that ends right before a verb's chunk.

        "The mayor, Anna Lys, has confirmed ...": the chunk before the verb is no content.
        """
        if self.clauses.masked[bound - 1 : bound] != ",":
            return None
        inner = self._before_interposed(bound)
        for start in self.clauses.chunks(bound):
            phrase = self._at(start, inner) if start < inner else None
            if phrase is None or phrase[1] < inner - 2:
                continue
            if self._apposition(phrase) or (
                inner < bound and self.clauses.scene.phrases.is_voice(phrase, oblique=False)
            ):
                return Subject(phrase, end=bound)
        return None

    def _before_interposed(self, bound: int) -> int:
        """Return where the clauses begin that stand between a subject and its verb, or `bound`.

        Such are relative clauses, participles and the like: "The mayor, who leads ..., said".
        """
        for start in reversed(self.clauses.chunks(bound)):
            if not self.interposes(start, bound) or self.clauses.masked[start - 1 : start] != ",":
                return bound
            bound = start
        return bound

    def interposes(self, start: int, end: int) -> bool:
        """Tell whether a chunk only tells more of the phrase before it ("who ...", "citing ...")."""
        grammar, masked = self.clauses.scene.grammar, self.clauses.masked
        start = skip(masked, start, " \n")
        return grammar.interposed.match(masked, start, end) is not None or any(
            cue.kind == "relay" and cue.start == start for cue in self.clauses.cues
        )

    def _apposition(self, phrase: Span) -> bool:
        phrases = self.clauses.scene.phrases
        return "," in self.clauses.masked[slice(*phrase)] and phrases.can_speak(phrase)

    def nearest(self, at: int) -> Span | None:
        """Return the phrase of the nearest earlier chunk that names somebody who can speak."""
        for start in reversed(self.clauses.chunks(at)):
            phrase = None if self.interposes(start, at) else self._at(start, at)
            if phrase is not None and self.clauses.scene.phrases.can_speak(phrase):
                return phrase
        return None

    def _at(self, start: int, end: int) -> Span | None:
        return self.clauses.scene.phrases.read(self.clauses.led(start, end), end)

    def signed(self, phrase: Span | None, end: int) -> Span | None:
        """Return whose paper a phrase is ("figures from the ministry"); null for a bare tally.

        Who made it is named before `end`.
        """
        if phrase is None:
            return None
        scene = self.clauses.scene
        people = scene.grammar.people
        tokens = scene.phrases.tokens(*phrase)
        head = next((token for token in tokens if token.norm in people.words("paper")), None)
        if head is None or any(
            t.norm in scene.grammar.role for t in tokens if t.start < head.start
        ):
            return phrase
        made_by = scene.grammar.speech.pattern("made_by")
        for link in made_by.finditer(self.clauses.masked, head.end, min(head.end + 60, end)):
            if any(aside.span[0] < link.start() < aside.span[1] for aside in self.clauses.asides):
                continue
            owner = scene.phrases.read(link.end(), end)
            if owner is not None:
                return self.signed(owner, end)
        return None if head.norm in people.words("tally") else phrase

    def source(self, cue: Cue) -> Subject | None:
        """Return whom "according to" names."""
        if cue.pronoun:
            phrase = self.nearest(cue.start) if cue.start > self.clauses.unit.start else None
            return Subject(phrase, pronoun=cue.pronoun, end=cue.end)
        read = self.clauses.scene.phrases.read(cue.end, self.clauses.unit.end)
        phrase = self.signed(read, self.clauses.unit.end)
        if phrase is None:
            return None
        return Subject(phrase, oblique=True, end=phrase[1])


def with_met(subject: Subject, met: Met) -> Subject:
    """Return a subject with more that was met beside it."""
    return replace(subject, met=subject.met.joined(met))

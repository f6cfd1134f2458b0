"""The voices of a text: who is who over its pronouns, titles and second mentions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sourcier.read.people import read_speaker
from sourcier.read.people_introduced import introduced
from sourcier.read.people_outlets import outlet_medium
from sourcier.read.people_words import Speaker
from sourcier.read.speech_grammar import Grammar
from sourcier.read.speech_phrases import Phrases
from sourcier.types import Attribution, Medium, Span

_REMEMBERED = 200
"""How many voices a text is read with at a time."""


@dataclass(slots=True)
class Voice:
    """Somebody who speaks in a text; `medium` is the one last named."""

    speaker: Speaker
    medium: Medium | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A voice at one place of the text: `span` is the mention to point to."""

    voice: Voice
    span: Span
    medium: Medium | None

    def attribution(self) -> Attribution:
        """Return the link of an attribution's chain."""
        speaker = self.voice.speaker
        return Attribution(
            name=speaker.name,
            role=speaker.role,
            organisation=speaker.organisation,
            medium=self.medium or speaker.medium,
            span=self.span,
        )


@dataclass(slots=True)
class Voices:
    """The voices met so far, the latest last."""

    phrases: Phrases
    grammar: Grammar
    known: list[Voice] = field(default_factory=list)

    def phrase(
        self, span: Span, medium: Medium | None, *, oblique: bool = False, sure: bool = False
    ) -> Link | None:
        """Return the voice that a noun phrase names, new or met before; None where it is nobody.

        `sure` tells that it is the subject of a verb that speakers alone have ("said").
        """
        folded = self.phrases.document.folded[slice(*span)]
        if self.known and folded in self.grammar.speech.listed("same_source"):
            return self.again(None, medium)
        if folded in self.grammar.speech.words("one_of"):
            return self._one_of(span, medium)
        return self.named(span, medium, oblique=oblique, sure=sure)

    def named(
        self, span: Span, medium: Medium | None, *, oblique: bool = False, sure: bool = False
    ) -> Link | None:
        """Return the voice of a noun phrase that is no "same source"."""
        if not (sure or self.phrases.is_voice(span, oblique=oblique)):
            return None
        speaker = read_speaker(self.phrases, span, oblique=oblique)
        if speaker is None or not (speaker.name or speaker.role or speaker.organisation):
            return None
        return self._voiced(self._in_full(speaker), medium)

    def _in_full(self, speaker: Speaker) -> Speaker:
        """Return a speaker under the name given behind the phrase, or the full name told elsewhere."""
        if speaker.name is None:
            named = self.grammar.self_named.match(self.phrases.document.text, speaker.span[1])
            return replace(speaker, name=named["name"]) if named else speaker
        if " " in speaker.name or any(
            _names_meet(v.speaker.name, speaker.name) for v in self.known
        ):
            return speaker
        full = introduced(self.phrases, speaker.name)
        return speaker if full is None else _joined(full, speaker)

    def _one_of(self, span: Span, medium: Medium | None) -> Link | None:
        """Return the voice of "one of them": one of the group that spoke last."""
        groups = (v for v in reversed(self.known) if _is_group(v.speaker, self.grammar))
        group = next(groups, None)
        if group is None:
            return None
        many = group.speaker.role or group.speaker.organisation or ""
        singular = many.lower().removesuffix("s")
        role = singular if singular in self.grammar.role else None
        speaker = Speaker(span, None, role, None if role else many, None, frozenset())
        return self._link(Voice(self._in_full(speaker)), span, medium)

    def outlet(self, span: Span, medium: Medium | None) -> Link | None:
        """Return the voice of what relays another: a bare name is an outlet's there."""
        speaker = read_speaker(self.phrases, span, oblique=True)
        if speaker is None or speaker.role or not (speaker.name or speaker.organisation):
            return self.named(span, medium, oblique=True)
        if speaker.name:
            folded = self.phrases.document.folded
            medium = medium or outlet_medium(self.grammar, folded, span) or "press"
            speaker = replace(speaker, name=None, organisation=speaker.name)
        return self._voiced(speaker, medium)

    def _voiced(self, speaker: Speaker, medium: Medium | None) -> Link:
        """Return the voice of a speaker, new or met before, as the one that spoke last."""
        speaker = self._of_known(speaker)
        voice = self._met(speaker)
        if voice is None:
            voice = Voice(speaker)
        else:
            self.known.remove(voice)
            voice.speaker = _joined(voice.speaker, speaker)
        self.known.append(voice)
        del self.known[:-_REMEMBERED]
        return self._link(voice, speaker.span, medium)

    def _of_known(self, speaker: Speaker) -> Speaker:
        """Give an organisation the longer name that it was met under ("the mission")."""
        short = (speaker.organisation or "").lower()
        for voice in reversed(self.known):
            full = voice.speaker.organisation
            if short and full and full.lower().endswith(f" {short}"):
                return replace(speaker, organisation=full)
        return speaker

    def again(self, pronoun: str | None, medium: Medium | None) -> Link | None:
        """Return the voice that a pronoun stands for; None where nobody has spoken yet."""
        if not self.known:
            return None
        voice = self._behind(pronoun)
        if voice is None:
            return None
        return self._link(voice, voice.speaker.span, medium)

    def names(self, name: Link, office: Link) -> bool:
        """Tell whether a link is a bare name that can be the person known by office alone."""
        person, anonymous = name.voice.speaker, office.voice.speaker
        bare = person.name and not person.role and not person.organisation
        return bool(bare and anonymous.role and not anonymous.name and not anonymous.plural)

    def merge(self, name: Voice, office: Voice) -> None:
        """Make one voice of two: the office's, under the other's name."""
        office.speaker = replace(
            office.speaker,
            name=name.speaker.name,
            words=office.speaker.words | name.speaker.words,
            span=name.speaker.span,
        )
        office.medium = office.medium or name.medium
        others = [voice for voice in self.known if voice is not name and voice is not office]
        self.known = [*others, office]

    def put_last(self, voice: Voice) -> None:
        """Let a voice be the last one that a pronoun stands for."""
        self.known = [voice, *(other for other in self.known if other is not voice)]

    def _behind(self, pronoun: str | None) -> Voice | None:
        """Return whom a pronoun stands for: the last one whose gender may be the pronoun's.

        A man may hold an office of feminine gender, a woman one of masculine gender; but whoever is
        told by a feminine article is no "he".
        """
        speech = self.grammar.speech
        if pronoun not in speech.words("personal"):
            return self.known[-1]
        gender = "masculine" if pronoun in speech.words("masculine") else None
        gender = "feminine" if pronoun in speech.words("feminine") else gender
        other = {"masculine": "feminine", "feminine": "masculine"}.get(gender or "")
        people = [v for v in self.known[-3:] if v.speaker.name or v.speaker.role]
        fitting = [v for v in people if v.speaker.gender != other]
        if fitting:
            return fitting[-1]
        if people and gender == "masculine":
            return None
        return (people or self.known)[-1]

    def _link(self, voice: Voice, span: Span, medium: Medium | None) -> Link:
        if medium is not None:
            voice.medium = medium
        return Link(voice, span, medium or voice.medium)

    def _met(self, speaker: Speaker) -> Voice | None:
        same = next((v for v in reversed(self.known) if _same(v.speaker, speaker)), None)
        return same or self._chief(speaker)

    def _chief(self, speaker: Speaker) -> Voice | None:
        """Return who was named as the head of the place that a title alone is of.

        "Глава региона" is the governor named before, "очільник міста" the mayor: both head what is
        of one level.
        """
        level = None if speaker.name else self._level(speaker)
        chiefs = (v for v in reversed(self.known) if level is not None)
        return next((v for v in chiefs if v.speaker.name and self._level(v.speaker) == level), None)

    def _level(self, speaker: Speaker) -> int | None:
        """Return the level of what somebody heads (an index), or None for whoever heads no place."""
        chief = self.grammar.people.table("chief")
        role = (speaker.role or "").lower()
        if role not in chief.get("role", ()):
            return None
        words = f"{role} {speaker.organisation or ''}".lower().split()
        levels = enumerate(chief["levels"])
        return next(
            (i for i, stems in levels if any(w.startswith(tuple(stems)) for w in words)), None
        )


def _same(known: Speaker, speaker: Speaker) -> bool:
    """Tell whether a later mention is of somebody met: by surname, title or the office's words."""
    if speaker.name and known.name:
        return _names_meet(known.name, speaker.name)
    if speaker.name:
        return False
    if speaker.role and known.role:
        return speaker.role.lower() == known.role.lower() and not (
            speaker.organisation and not speaker.words <= known.words
        )
    if speaker.role or known.role or known.name:
        return False
    return bool(speaker.words) and speaker.words <= known.words


def _is_group(speaker: Speaker, grammar: Grammar) -> bool:
    """Tell whether a speaker is several people ("two diplomats")."""
    told = (speaker.role or speaker.organisation or "").lower()
    return speaker.plural or told.partition(" ")[0] in grammar.group


def _names_meet(known: str | None, name: str) -> bool:
    if known is None:
        return False
    one, other = known.lower().split(), name.lower().split()
    return (
        one == other or (len(other) == 1 and other[0] in one) or (len(one) == 1 and one[0] in other)
    )


def _joined(known: Speaker, speaker: Speaker) -> Speaker:
    """Return what two mentions of one voice tell together, pointing to the later one."""
    longer = max((known, speaker), key=lambda one: len(one.name or ""))
    return replace(
        speaker,
        name=longer.name,
        role=known.role or speaker.role,
        organisation=known.organisation or speaker.organisation,
        medium=speaker.medium or known.medium,
        gender=known.gender or speaker.gender,
        words=known.words | speaker.words,
    )

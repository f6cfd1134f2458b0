"""The clauses of a unit: where the chunk around a cue begins, what may be passed over in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex
from msgspec import Struct
from msgspec.structs import replace

from sourcier.read.speech_cues import Cue, find_cues
from sourcier.read.speech_grammar import Aside
from sourcier.read.speech_units import Scene, Unit
from sourcier.read.speech_verbs import QUOTED
from sourcier.types import Medium, Span

_BREAK = regex.compile(rf",(?!\d)|[;:()—–]|\s-\s|{QUOTED}+")
_BRACKETS = regex.compile(r"\s?\([^()\n]{1,80}\)\s?$")
"""A short parenthesis that ends where a chunk begins: an acronym, a party, a place."""
_WITH_OUTLET = frozenset(("interview", "broadcast"))
_OUTLET = regex.compile(
    r"\s*(?:\p{Ll}{1,4}[ '’]){0,2}(?:(?P<noun>\p{Ll}+) )?[«“\"]?\p{Lu}[\p{L}\p{N}'’-]*"
    r"(?: [\p{Lu}\p{N}][\p{L}\p{N}'’-]*)*[»”\"]?"
)
_NOTHING = regex.compile(rf"\s*(?:[,;.!?)—–…]|$|{QUOTED})")


class Met(Struct, frozen=True):
    """What was passed over beside a cue: when it was said, the medium, the outlet that was told."""

    said: Span | None = None
    medium: Medium | None = None
    to: Span | None = None

    def with_aside(self, aside: Aside) -> Met:
        """Return this with a time or medium; what was met first stays."""
        if aside.medium is None:
            return replace(self, said=self.said or aside.span)
        return replace(self, medium=self.medium or aside.medium)

    def joined(self, other: Met) -> Met:
        """Return this with what only `other` has."""
        return Met(self.said or other.said, self.medium or other.medium, self.to or other.to)


@dataclass(frozen=True)
class Clauses:
    """One unit with its cues; `before` is the unit before it."""

    scene: Scene
    unit: Unit
    before: Unit | None = None

    @cached_property
    def masked(self) -> str:
        """The folded text with quotations blanked."""
        return self.scene.masked

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the unit, in order."""
        return find_cues(self.scene, self.unit)

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        """The times and media of the unit."""
        return self.scene.asides_in(self.unit.start, self.unit.end)

    def pass_over(self, at: int) -> tuple[int, Met]:
        """Pass over times, media, adverbs and who was told; return where that ends, and what it was."""
        met = Met()
        while True:
            here = skip(self.masked, at, " \n")
            behind = skip(self.masked, here, " ,")
            aside = next((a for a in self.asides if a.span[0] in (here, behind)), None)
            told = self._addressee(at)
            skipped = self.scene.grammar.skip.match(self.masked, at, self.unit.end)
            if aside is not None:
                at, met = self._outlet_end(aside), met.with_aside(aside)
                attached = self.scene.grammar.attached.match(self.masked, at, self.unit.end)
                at = attached.end() if aside.medium and attached else at
            elif told is not None:
                to = told.span("to") if told.groupdict().get("to") else None
                at, met = told.end(), met.joined(Met(to=to))
            elif skipped is not None and skipped.end() > here:
                at = skipped.end()
            else:
                return at, met

    def _outlet_end(self, aside: Aside) -> int:
        """Return where a medium ends with the outlet's name ("in an interview with the Beacon")."""
        end = aside.span[1]
        if aside.medium not in _WITH_OUTLET:
            return end
        outlet = _OUTLET.match(self.scene.document.text, end, self.unit.end)
        if outlet is None or (outlet["noun"] and outlet["noun"] not in self.scene.grammar.outlet):
            return end
        return outlet.end() if self._leads_to(aside, outlet) else end

    def _leads_to(self, aside: Aside, outlet: regex.Match[str]) -> bool:
        """Tell whether a name behind a medium is an outlet's: a link stands before one that was told.

        Not so in "said by phone Anna Lys"; a station follows its noun ("on Radio Parvis").
        """
        grammar = self.scene.grammar
        if aside.medium == "broadcast":
            return True
        words = self.masked[aside.span[0] : outlet.end()].replace("'", "' ").split()
        last = len(self.masked[slice(*aside.span)].replace("'", "' ").split())
        return grammar.declines or not grammar.link.isdisjoint(words[last - 1 : last + 2])

    def _addressee(self, at: int) -> regex.Match[str] | None:
        """Match who was told; in a language that lists its verbs of telling, after one of them."""
        grammar = self.scene.grammar
        telling = grammar.speech.words("telling")
        if telling and not self.masked.endswith(telling, 0, at):
            return None
        return grammar.recipient.match(self.scene.document.text, at, self.unit.end)

    def bound(self, cue: Cue) -> int:
        """Return where the chunk that holds the cue begins: after the last sign or cue before it.

        A short parenthesis is passed over: "the Ministry of Health (MoH) said".
        """
        bound = self._bound(cue.start)
        brackets = _BRACKETS.search(self.masked, max(self.unit.start, cue.start - 90), bound)
        if brackets is None or self.masked[bound - 1 : bound] != ")":
            return bound
        before = self._bound(brackets.start())
        return before if self.masked[before : brackets.start()].strip() else bound

    def _bound(self, end: int) -> int:
        """Return where the chunk that ends at `end` begins."""
        begin = max(
            [
                self.unit.start,
                *(c.end for c in self.cues if c.end <= end and c.kind != "relay"),
            ]
        )
        return max([begin, *(m.end() for m in _BREAK.finditer(self.masked, begin, end))])

    def led(self, start: int, end: int) -> int:
        """Pass over conjunctions, adverbs and times at the head of a chunk."""
        while True:
            here = skip(self.masked, start, " \n")
            match = self.scene.grammar.lead.match(self.masked, start, end)
            aside = next((a for a in self.asides if a.span[0] == here and a.span[1] <= end), None)
            if aside is not None:
                start = aside.span[1]
            elif match is not None:
                start = match.end()
            else:
                return here

    def opening(self, bound: int) -> Met:
        """Return the times and media in front of a subject ("On Monday, the mayor said ...")."""
        met = Met()
        for aside in self.asides:
            if (
                aside.span[0] < bound + 24
                and self.led(self.unit.start, aside.span[0]) == aside.span[0]
            ):
                met = met.with_aside(aside)
        return met

    def between(self, start: int, end: int) -> Met:
        """Return the times and media between two offsets."""
        met = Met()
        for aside in self.asides:
            if start <= aside.span[0] and aside.span[1] <= end:
                met = met.with_aside(aside)
        return met

    def quiet(self, at: int) -> bool:
        """Tell whether nothing but a sign or a quotation follows."""
        return _NOTHING.match(self.masked, at, self.unit.end) is not None

    def at_venue(self, at: int) -> bool:
        """Tell whether what follows says where it was said, not what ("said at a rally")."""
        speech = self.scene.grammar.speech
        behind = self.masked[at : min(at + 20, self.unit.end)].lstrip()
        words = behind.split(maxsplit=1)
        counts = behind.startswith(speech.words("of_number"))  # "said at least nine died"
        return bool(words) and words[0] in speech.listed("venue") and not counts

    def starts(self, end: int) -> list[int]:
        """Return where the chunks before `end` begin."""
        marks = _BREAK.finditer(self.masked, self.unit.start, end)
        return [self.unit.start, *(mark.end() for mark in marks)]

    def chunks(self, end: int) -> list[int]:
        """Return where the chunks before `end` begin, without the one that ends there."""
        return self.starts(end)[:-1] or [self.unit.start]

    def head(self, cue: Cue) -> str:
        """Return the folded chunk of a cue, up to the cue's end."""
        return self.masked[self.bound(cue) : cue.end].lstrip()


def skip(text: str, at: int, signs: str) -> int:
    """Return the first offset from `at` on whose character is not among `signs`."""
    while at < len(text) and text[at] in signs:
        at += 1
    return at


def trim(text: str, start: int, end: int) -> Span:
    """Return a clause's span without the spaces and signs around it."""
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:—–-"):
        end -= 1
    return start, end

"""The words of tolls in one language, and the alphabet in which their frames are written.

``languages/<code>/tolls.toml`` holds, besides ``[words]``: a table per outcome, ``[groups]``,
``[syntax]``, ``[frames]`` and ``[parts]``. Every listed phrase has kinds (how it behaves in a
clause); a sentence becomes a string with one letter for each chunk, and a frame is a regular
expression over such strings in which ``{kind}`` stands for all letters of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import get_args

import ahocorasick_rs
import regex
from msgspec import Struct

from sourcier.read.compiled import compiled
from sourcier.read.lexicon import lexicon
from sourcier.read.phrases import PhraseTable, expand, words_of
from sourcier.types import Outcome, Scope

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_BEHAVIOURS = {
    "both": ("state", "act"),
    "state": ("state",),
    "state_one": ("state", "single"),
    "state_any": ("state", "neutral"),
    "grave": ("state", "grave", "neutral"),
    "grave_of": ("act", "governing", "grave"),
    "gravely": ("adverb", "gravely", "grave"),
    "act": ("act",),
    "act_many": ("act", "many"),
    "act_now": ("act_now",),
    "act_of": ("act", "governing"),
    "act_those": ("act", "those"),
    "fall": ("fall",),
    "fall_one": ("fall", "single"),
    "noun": ("noun",),
    "measure": ("toll",),
    "unknown": ("unknown_fate",),
    "became": ("became",),
    "fallen": ("fallen",),
    "captive": ("captive",),
    "lose": ("lose",),
    "unhurt": ("unhurt",),
    "flight": ("flight",),
    "hospital": ("hospital", "word"),
    "save": ("save",),
    "wound": ("wound", "word"),
}
_MADE = ("tally", "count", "bare", "unknown", "one", "some", "group", "zero", "word", "comma",
         "colon", "dash", "stop", "thing", "victims", "adverb", "nobody", "definite", "of")  # fmt: skip
_COMBINED = {
    frozenset(kinds)
    for kinds in (
        ("one", "some"),
        ("one", "some", "subject"),
        ("some", "subject"),
        ("one", "known"),
        ("one", "kin"),
        ("word", "name"),
        ("word", "name", "full"),
        ("captives", "count"),
        ("tally", "part", "parted"),
        ("tally", "grave"),
        ("tally", "grave", "part", "parted"),
        ("count", "part"),
    )
}
_SCOPES: tuple[Scope, ...] = ("cumulative", "period", "event")
_FIRST_LETTER = 0xE000
_NAME = regex.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")


class Tag(Struct, frozen=True):
    """What a phrase is: one kind, with its outcome or its group."""

    kind: str
    outcome: Outcome | None = None
    group: str | None = None


Tags = tuple[Tag, ...]
Kinds = frozenset[str]


class TollLexicon:
    """The toll words of one language."""

    def __init__(self, language: str) -> None:
        self.data = lexicon(language, "tolls")
        self._entries = tuple(self._listed())
        self.phrases = PhraseTable(self._entries)
        self.function = PhraseTable((word, True) for word in self.data.words("function"))
        self.without = self.data.listed("without")
        self.scopes = PhraseTable.of({scope: self.data.words(scope) for scope in _SCOPES})
        self.subject_endings = self.data.words("subject_endings")
        self.plurals = self.data.listed("plural")
        self.singulars = self.data.listed("singular")
        self.plural_endings = self.data.words("plural_endings")
        self.person_endings = self.data.words("person_endings")
        grammar = self.data.table("grammar")
        self.adjectives = int(grammar.get("adjectives", 1))
        self.compounds = bool(grammar.get("compounds", False))
        self.counting_articles = bool(grammar.get("counting_articles", False))
        self.particles = self.data.listed("particle")
        self.common_endings = self.data.words("common_endings")
        self.adverb_endings = self.data.words("adverb_endings")
        self.adjective_endings = self.data.words("adjective_endings")
        self.bare_persons = bool(grammar.get("bare_persons", False))

    @cached_property
    def triggers(self) -> ahocorasick_rs.AhoCorasick:
        """The automaton that finds stems of outcome words in a folded text."""
        stems = {
            max(words_of(phrase), key=len).removesuffix("*")
            for entry, tag in self._entries
            if (tag.outcome and tag.group != "part") or tag.kind == "measure"
            for phrase in expand(entry)
        }
        stems |= {
            phrase.replace("' ", "'")
            for entry, tag in self._entries
            if tag.group == "part"
            for phrase in expand(entry)
        }
        return ahocorasick_rs.AhoCorasick(sorted(stems))

    @cached_property
    def provisional(self) -> ahocorasick_rs.AhoCorasick:
        """The automaton that finds words such as "bilan provisoire" in a folded text."""
        return ahocorasick_rs.AhoCorasick(self.data.words("provisional"))

    @cached_property
    def sport(self) -> PhraseTable[bool]:
        """The words that tell of sport, where nobody is hurt in earnest."""
        return PhraseTable((entry, True) for entry in self.data.words("sport"))

    @cached_property
    def plot(self) -> PhraseTable[bool]:
        """The words that open what happens in a novel, a film or a game."""
        return PhraseTable((entry, True) for entry in self.data.words("plot"))

    @cached_property
    def frames(self) -> tuple[tuple[str, regex.Pattern[str]], ...]:
        """The frames in order of precedence, compiled over the letters."""
        frames = self.data.table("frames")
        return tuple((name, compiled(self._source(raw))) for name, raw in frames.items())

    def letter(self, kinds: Kinds) -> str:
        """Return the letter of a chunk that has exactly these kinds."""
        return self._letters.get(kinds, self._letters[frozenset(("word",))])

    @cached_property
    def _letters(self) -> dict[Kinds, str]:
        sets = {frozenset((kind,)) for kind in _MADE} | _COMBINED
        sets |= {kinds_of(tags) for tags in self.phrases.values()}
        ordered = sorted(sets, key=sorted)
        return {kinds: chr(_FIRST_LETTER + number) for number, kinds in enumerate(ordered)}

    def _source(self, raw: str) -> str:
        parts = self.data.table("parts")

        def replace(match: regex.Match[str]) -> str:
            name = match.group(1)
            if name in parts:
                return self._source(parts[name])
            letters = [letter for kinds, letter in self._letters.items() if name in kinds]
            return "[" + "".join(letters) + "]" if letters else "(?!)"

        named = _NAME.sub(replace, raw.replace(" ", ""))
        return named.replace("{{", "{").replace("}}", "}")

    def _listed(self) -> Iterator[tuple[str, Tag]]:
        for outcome in OUTCOMES:
            for behaviour, entries in self.data.table(outcome).items():
                for kind in _BEHAVIOURS.get(behaviour, ()):
                    yield from ((entry, Tag(kind, outcome=outcome)) for entry in entries)
            for entry in self.data.table(outcome).get("part", ()):
                yield entry, Tag("group", outcome=outcome, group="part")
        for group, entries in self.data.table("groups").items():
            yield from ((entry, Tag("group", group=group)) for entry in entries)
        for kind, entries in self.data.table("syntax").items():
            yield from ((entry, Tag(kind)) for entry in entries)


def outcome_of(tags: Tags, *kinds: str) -> Outcome | None:
    """Return the outcome that the first tag of one of `kinds` carries."""
    return next((tag.outcome for tag in tags if tag.kind in kinds), None)


@lru_cache(maxsize=4096)
def kinds_of(tags: Tags) -> Kinds:
    """Return the kinds of some tags."""
    return frozenset(tag.kind for tag in tags)


@lru_cache(maxsize=16)
def toll_lexicon(language: str) -> TollLexicon:
    """Return the (cached) toll words of a language."""
    return TollLexicon(language)

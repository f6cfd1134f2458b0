"""The words and patterns of saying of one language, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
from babel import Locale

from sourcier.read.compiled import compiled
from sourcier.read.fold import fold
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.read.scan import Scan
from sourcier.types import Medium, Span

MEDIA: tuple[Medium, ...] = (
    "telegram", "social", "communique", "interview", "briefing", "broadcast",
)  # fmt: skip
CUES = ("verb", "source", "participle_of_saying", "relay")
"""The patterns of what tells of saying; each begins with the kind of its cues."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A time or a medium beside a cue; `medium` is null for a time."""

    span: Span
    medium: Medium | None


OUTLETS: tuple[Medium, ...] = ("telegram", "wire", "broadcast", "press", "social")
"""The media that the noun before or behind an outlet's name tells."""
_NEVER = regex.compile(r"(?!)")


@dataclass(frozen=True)
class Grammar:
    """What `speech*.py` and `people.py` know of a language. Sets hold folded words.

    `scan` finds the cues, the times (``when``) and the media (``medium_<medium>``).
    """

    speech: Lexicon
    people: Lexicon
    verb: regex.Pattern[str]
    participle: regex.Pattern[str]
    that: regex.Pattern[str]
    skip: regex.Pattern[str]
    recipient: regex.Pattern[str]
    scan: Scan
    told: regex.Pattern[str]
    determiner: frozenset[str]
    definite: frozenset[str]
    link: frozenset[str]
    join: frozenset[str]
    elided: frozenset[str]
    stop: frozenset[str]
    lead: regex.Pattern[str]
    behind: regex.Pattern[str]
    title: regex.Pattern[str]
    conjunct: regex.Pattern[str]
    clause: regex.Pattern[str]
    beside: regex.Pattern[str]
    opener: regex.Pattern[str]
    interposed: regex.Pattern[str]
    self_named: regex.Pattern[str]
    quoting: regex.Pattern[str]
    attached: regex.Pattern[str]
    contrast: regex.Pattern[str]
    sharing: regex.Pattern[str]
    joined_that: regex.Pattern[str]
    joint_end: regex.Pattern[str]
    role: frozenset[str]
    group: frozenset[str]
    organisation: frozenset[str]
    powers: frozenset[str]
    outlet: frozenset[str]

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The words that follow whose they are ("New Brevagne police")."""
        if self.declines:
            return self.outlet
        return self.outlet | self.group | self.organisation | self.role

    @cached_property
    def declines(self) -> bool:
        """Whether names and offices are declined."""
        return bool(self.people.table("genitive"))


@lru_cache(maxsize=16)
def grammar(language: str) -> Grammar | None:
    """Return the grammar of a language, or None where it has no ``speech.toml``."""
    speech, people = lexicon(language, "speech"), lexicon(language, "people")
    if "verb" not in speech.patterns():
        return None
    return Grammar(
        speech=speech,
        people=people,
        verb=speech.pattern("verb"),
        participle=speech.pattern("participle_of_saying"),
        that=compiled(speech.source("that")),
        skip=_anchored(speech, "skip"),
        recipient=_anchored(speech, "recipient"),
        scan=speech.scan(*CUES, "when", *(f"medium_{medium}" for medium in MEDIA)),
        told=speech.pattern("told") if "told" in speech.patterns() else _NEVER,
        behind=_anchored(speech, "behind") if "behind" in speech.patterns() else _NEVER,
        determiner=speech.listed("determiner"),
        definite=speech.listed("definite"),
        link=speech.listed("link"),
        join=speech.listed("join"),
        elided=speech.listed("elided"),
        stop=speech.listed("stop"),
        lead=_listed(speech.words("lead") + speech.words("as")),
        title=_worded(people.words("role")),
        conjunct=compiled(speech.source("conjunct")),
        clause=compiled(speech.source("clause")),
        beside=compiled(speech.source("beside")),
        opener=_optional(speech, "opener"),
        interposed=_optional(speech, "interposed"),
        self_named=_optional(speech, "self_named"),
        quoting=_optional(speech, "quoting"),
        attached=_optional(speech, "attached"),
        contrast=_optional(speech, "contrast"),
        sharing=_sharing(speech),
        joint_end=compiled(f"(?:{speech.source('conjunct')})$"),
        joined_that=compiled(
            f"(?:{speech.source('conjunct')})(?:{speech.source('that').lstrip()})\\s*$"
        ),
        role=people.listed("role"),
        group=people.listed("group"),
        organisation=people.listed("organisation"),
        outlet=frozenset(
            w for kind in OUTLETS for head in people.words(kind) for w in head.split()
        ),
        powers=_powers(language) | people.listed("capital"),
    )


def _anchored(topic: Lexicon, name: str) -> regex.Pattern[str]:
    """Compile a pattern that is matched at a place, not searched for, so without a bound before it."""
    return compiled(rf"\s*(?:{topic.source(name)})(?![\p{{L}}\p{{N}}])")


def _optional(topic: Lexicon, name: str) -> regex.Pattern[str]:
    """Compile a pattern that a language may lack; one that never matches stands for it."""
    return compiled(topic.source(name)) if name in topic.patterns() else _NEVER


def _listed(words: tuple[str, ...]) -> regex.Pattern[str]:
    if not words:
        return _NEVER
    ordered = "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    return compiled(rf"[\s,]*(?:{ordered})(?![\p{{L}}\p{{N}}])")


def _worded(words: tuple[str, ...]) -> regex.Pattern[str]:
    ordered = "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    return compiled(rf"(?<![\p{{L}}\p{{N}}])(?:{ordered})(?![\p{{L}}\p{{N}}])")


def _powers(language: str) -> frozenset[str]:
    """Return the names of countries, folded: as speakers they stand for their governments."""
    return frozenset(fold(name) for name in Locale.parse(language).territories.values())


def _sharing(topic: Lexicon) -> regex.Pattern[str]:
    """Compile what joins a verb to the clause before it: "and", "but he", at the end of a string."""
    pronoun = "|".join(regex.escape(word) for word in topic.words("pronoun"))
    return compiled(rf"(?:{topic.source('conjunct')})(?:(?:{pronoun}) )?$")

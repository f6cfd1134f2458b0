"""What a text and its paragraphs speak of: it tells whether a word for violence means any.

A language's ``occurrences.toml`` lists words of sport and markets (``figurative``), of politics
(``quarrel``), of harm done (``harm``), of arms (``military``, ``weapon_``) and of assailants; a
``thing_<type>`` pattern lists what a verb of that type happens to ("the bridge", not "the talks",
collapsed).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sourcier.read.document import Document, Sentence
from sourcier.read.lexicon import Lexicon
from sourcier.read.occurrences_shapes import Grown, Trigger
from sourcier.read.occurrences_types import (
    is_suffered,
    quarrelling_types,
    weak_types,
)
from sourcier.read.scan import Found
from sourcier.types import Span

_FIGURATIVE = 3
_QUARREL = 2
_SHAPES = ("self", "verb", "pass")


@dataclass(frozen=True, slots=True)
class Tone:
    """What a text speaks of anywhere: weapons of war, armies or fighters (`armed`), assailants."""

    weapons: bool
    armed: bool
    assailants: bool


class Topics:
    """Tells what texts of one language speak of."""

    def __init__(self, words: Lexicon) -> None:
        names = words.patterns()
        weapons = (name for name in names if name.startswith("weapon_"))
        self._arms = words.scan("military", *weapons)
        self._assailants = words.scan("assailants")
        self._figurative = words.scan("figurative")
        self._quarrel = words.scan_of("quarrel")
        self._harm = words.scan_of("harm")
        self._person = words.pattern("person")
        self._things = {
            name.removeprefix("thing_"): (words.pattern(name), words.scan(name))
            for name in names
            if name.startswith("thing_")
        }

    def tone(self, document: Document) -> Tone:
        """Return what a text speaks of."""
        arms = document.found(self._arms)
        weapons = any(name != "military" for name, _ in arms)
        return Tone(weapons, bool(arms), bool(document.found(self._assailants)))

    def told(
        self, document: Document, sentence: Sentence, triggers: list[Trigger]
    ) -> list[Trigger]:
        """Return the triggers of a sentence that its paragraph lets mean what they say.

        None does in one of sport or markets, none for which politics has a use ("attacked his
        rival") in one of politics without a word of harm; one word of politics takes the weak ones.
        """
        around = _paragraph(document, sentence)
        if _variety(document.found(self._figurative), around) >= _FIGURATIVE:
            return []
        quarrels = min(_variety(document.found(self._quarrel), around), _QUARREL)
        if not quarrels or _within(document.found(self._harm), around):
            return triggers
        worded = quarrelling_types() if quarrels == _QUARREL else weak_types()
        return [trigger for trigger in triggers if trigger.type not in worded]

    def lacks_thing(
        self, document: Document, sentence: Sentence, trigger: Trigger, grown: Grown
    ) -> bool:
        """Tell whether nothing is named to which what a verb says may have happened.

        It is looked for in the subject, then in the sentence; for a pronoun ("it sank") in the text.
        """
        if trigger.type not in self._things or trigger.shape not in _SHAPES:
            return False
        if trigger.shape != "self" and is_suffered(trigger.type):
            return False
        thing, things = self._things[trigger.type]
        subject = grown.actor if trigger.shape == "verb" else grown.target
        if subject and thing.search(document.folded, *subject):
            return False
        if subject and trigger.shape == "self" and self._person.search(document.folded, *subject):
            return True
        found = document.found(things)
        return not (
            found if grown.known and not subject else _within(found, (sentence.start, sentence.end))
        )


def _paragraph(document: Document, sentence: Sentence) -> Span:
    start = document.folded.rfind("\n", 0, sentence.start) + 1
    end = document.folded.find("\n", sentence.end)
    return start, end if end >= 0 else len(document.folded)


def _within(found: Sequence[Found], span: Span) -> Sequence[Found]:
    first, last = (bisect_left(found, offset, key=_start) for offset in span)
    return found[first:last]


def _variety(found: Sequence[Found], span: Span) -> int:
    """Return how many different words of those found stand in a span."""
    return len({match.group() for _, match in _within(found, span)})


def _start(found: Found) -> int:
    return found[1].start()

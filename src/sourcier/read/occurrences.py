"""Occurrences: things that happened, from the words that tell them.

A language's ``occurrences.toml`` names its triggers by shape and type (see `occurrences_shapes`);
``trap_`` patterns take words away from them ("a storm of criticism"). The types ``attack`` and
``launch`` are settled by what was used, as ``languages/occurrence_types.toml`` says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import regex
from msgspec.structs import replace

from sourcier.read.document import Document, Sentence
from sourcier.read.drafts import OccurrenceDraft
from sourcier.read.lexicon import Lexicon, lexicon
from sourcier.read.occurrences_shapes import SHAPES, Grown, Trigger
from sourcier.read.occurrences_tone import Tone, Topics
from sourcier.read.occurrences_types import (
    harmless_types,
    is_military,
    is_suffered,
    open_types,
    settled,
    turned,
    weak_types,
)
from sourcier.read.occurrences_words import Grammar, Words
from sourcier.read.scan import Found
from sourcier.types import Span

_NOUN_LOOKBACK = 40
_TOLD_LOOKBACK = 22
_VERB_LOOKBACK = 70
_SHORTEST = 2
_VERBAL = ("verb", "pass", "self", "launch")
_STRONG_BREAK = regex.compile(r"[;:()«»“”—–]|, (?=\p{L})")


def find_occurrences(document: Document) -> tuple[OccurrenceDraft, ...]:
    """Return the occurrences of a text, in order; none in a paragraph of sport or markets."""
    finder = _finder(document.language)
    tone = finder.topics.tone(document)
    return tuple(
        draft
        for sentence, triggers in finder.triggers(document)
        for draft in finder.drafts(document, sentence, triggers, tone)
        if tone.armed or not is_military(draft.type) or _names_sides(draft)
    )


class _Finder:
    """Finds the occurrences of one language."""

    def __init__(self, words: Lexicon) -> None:
        names = words.patterns()
        self._grammar = Grammar.of(words)
        self._triggers = words.scan_of(*SHAPES, "trap")
        self._traps = words.scan_of("trap")
        self._weapons = {
            name.removeprefix("weapon_"): words.pattern(name)
            for name in names
            if name.startswith("weapon_")
        }
        self._nation = words.pattern("nation")
        self._person = words.pattern("person")
        self._unreal = words.pattern("unreal")
        self._foreseen = words.pattern("foreseen") if "foreseen" in names else None
        self._nature = words.pattern("nature") if "nature" in names else None
        self.topics = Topics(words)

    def triggers(self, document: Document) -> Iterator[tuple[Sentence, list[Trigger]]]:
        """Yield each sentence that holds triggers, with them; what a trap overlaps is none."""
        found: dict[Sentence, list[Trigger]] = {}
        traps = document.found(self._traps)
        for name, match in self._triggers.finditer(document.openings):
            shape, _, kind = name.partition("_")
            if shape != "trap" and not (shape in _VERBAL and _is_trapped(match, traps)):
                sentence = document.sentence_at(match.start())
                found.setdefault(sentence, []).append(Trigger(shape, kind, match.span()))
        for sentence, triggers in found.items():
            if told := self.topics.told(document, sentence, triggers):
                yield sentence, told

    def drafts(
        self, document: Document, sentence: Sentence, triggers: list[Trigger], tone: Tone
    ) -> Iterator[OccurrenceDraft]:
        """Yield the occurrences of a sentence, one for each happening."""
        words = Words(document, (sentence.start, sentence.end), self._grammar)
        last: OccurrenceDraft | None = None
        for trigger in triggers:
            if last is not None and trigger.span[0] < last.span[1]:
                continue
            draft = self._draft(document, sentence, words, trigger, tone)
            if draft is None:
                continue
            if last is not None and draft.span[0] < last.span[1]:
                if draft.span[0] >= last.span[0]:
                    last = _joined(last, draft)
                    continue
                draft = replace(draft, span=(trigger.span[0], draft.span[1]))
            if last is not None:
                yield last
            last = draft
        if last is not None:
            yield last

    def _draft(
        self, document: Document, sentence: Sentence, words: Words, trigger: Trigger, tone: Tone
    ) -> OccurrenceDraft | None:
        grown = SHAPES[trigger.shape](words, trigger)
        if grown is None or self._is_unreal(document, sentence, trigger, grown):
            return None
        if self.topics.lacks_thing(document, sentence, trigger, grown):
            return None
        weapons = self._weapons_in(document, grown.span)
        warlike = tone.weapons or self._is_warlike(document, grown, tone)
        type_ = _typed(words, trigger, grown, weapons, warlike)
        if type_ is None or self._is_civil(document, trigger, grown, bool(weapons), tone):
            return None
        means = min(weapons.values(), default=None)
        actor, target = self._parties(document, grown, means)
        if is_suffered(type_) and not (actor or target):
            return None
        return OccurrenceDraft(
            span=grown.span,
            type=type_,
            actor=actor,
            target=target,
            means=means,
            definite=grown.definite,
            known=grown.known,
            plural=grown.plural,
        )

    def _weapons_in(self, document: Document, span: Span) -> dict[str, Span]:
        found = {
            kind: pattern.search(document.folded, *span) for kind, pattern in self._weapons.items()
        }
        return {kind: match.span() for kind, match in found.items() if match}

    def _parties(
        self, document: Document, grown: Grown, means: Span | None
    ) -> tuple[Span | None, Span | None]:
        """Return actor and target; a weapon is neither, but may name whose it is."""
        actor, target = grown.actor, grown.target
        if actor is None or _meet(actor, means):
            nation = self._nation.search(document.folded, *(actor or grown.span))
            actor = nation.span() if nation and not _meet(nation.span(), target) else None
        return actor, _without(document, target, means)

    def _is_civil(
        self, document: Document, trigger: Trigger, grown: Grown, armed: bool, tone: Tone
    ) -> bool:
        """Tell whether a weak word ("attacked", "hit") speaks of something else than violence."""
        if not armed and trigger.type in open_types() and self._is_of_nature(document, grown):
            return True
        if self._is_person_struck(document, trigger, grown, armed):
            return True
        if trigger.type not in weak_types() or armed:
            return False
        if grown.actor is not None and trigger.shape == "pass":
            return True
        if trigger.type in harmless_types():
            return not tone.armed
        violent = tone.armed or tone.assailants
        return not violent and not self._is_between_sides(document, grown)

    def _is_person_struck(
        self, document: Document, trigger: Trigger, grown: Grown, armed: bool
    ) -> bool:
        """Tell whether somebody was struck by what is not told: "the girl was struck in the leg"."""
        if armed or trigger.shape != "pass" or trigger.type != "hit" or grown.target is None:
            return False
        return self._person.search(document.folded, *grown.target) is not None

    def _is_of_nature(self, document: Document, grown: Grown) -> bool:
        """Tell whether what strikes is the weather or the sea."""
        if self._nature is None or grown.actor is None:
            return False
        return self._nature.search(document.folded, *grown.actor) is not None

    def _is_warlike(self, document: Document, grown: Grown, tone: Tone) -> bool:
        """Tell whether an attack is one between sides in a text that tells of no assailants."""
        return not tone.assailants and self._is_between_sides(document, grown)

    def _is_between_sides(self, document: Document, grown: Grown) -> bool:
        """Tell whether an attack is a nation's, or one on a thing rather than on a person."""
        if self._nation.search(document.folded, *grown.span):
            return True
        target = grown.target
        return bool(target and not self._person.search(document.folded, *target))

    def _is_unreal(
        self, document: Document, sentence: Sentence, trigger: Trigger, grown: Grown
    ) -> bool:
        """Tell whether the words before a trigger make it a plan, a threat, a wish or a denial."""
        if self._is_foreseen(document, trigger, grown):
            return True
        end, reach = trigger.span[0], _VERB_LOOKBACK
        if trigger.shape == "noun":
            told = grown.definite and not self._grammar.article_free
            end, reach = grown.span[0], _TOLD_LOOKBACK if told else _NOUN_LOOKBACK
        lead = document.folded[max(sentence.start, end - reach) : end]
        breaks = [match.end() for match in _STRONG_BREAK.finditer(lead)]
        return self._unreal.search(lead, breaks[-1] if breaks else 0) is not None

    def _is_foreseen(self, document: Document, trigger: Trigger, grown: Grown) -> bool:
        """Tell whether the words behind a noun say that it is only to come: "a storm is forecast"."""
        if trigger.shape != "noun" or self._foreseen is None:
            return False
        return self._foreseen.match(document.folded, grown.span[1] + 1) is not None


def _typed(
    words: Words, trigger: Trigger, grown: Grown, weapons: Mapping[str, Span], warlike: bool
) -> str | None:
    """Return the type that a trigger has with the weapons in its words; None if none."""
    kinds = frozenset(weapons) or frozenset({"arms"} if warlike else ())
    type_ = settled(trigger.type, kinds)
    for kind, span in weapons.items():
        begin = words.lead(span[0])
        if type_ and (
            (grown.target and begin <= grown.target[0] < span[1])
            or (trigger.span[1] <= begin <= trigger.span[1] + 1)
        ):
            return turned(type_, kind)
    return type_


def _joined(event: OccurrenceDraft, told: OccurrenceDraft) -> OccurrenceDraft:
    """Return the happening whose noun is the subject of a verb that tells it ("a strike hit ...")."""
    return replace(
        event,
        span=(min(event.span[0], told.span[0]), told.span[1]),
        target=event.target or told.target,
        means=event.means or told.means,
    )


def _is_trapped(match: regex.Match[str], traps: Sequence[Found]) -> bool:
    """Tell whether a trap begins inside a trigger: "has struck a deal"."""
    first = bisect_left(traps, match.start(), key=_start)
    return first < len(traps) and traps[first][1].start() < match.end()


def _start(found: Found) -> int:
    return found[1].start()


def _names_sides(draft: OccurrenceDraft) -> bool:
    return any((draft.actor, draft.target, draft.means))


def _without(document: Document, phrase: Span | None, part: Span | None) -> Span | None:
    """Return the longer side of a phrase from which a part is taken away; None if none is left."""
    if phrase is None or part is None or not _meet(phrase, part):
        return phrase
    sides = ((phrase[0], part[0]), (part[1], phrase[1]))
    start, end = max(sides, key=lambda side: side[1] - side[0])
    words = document.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if end - start > _SHORTEST else None


def _meet(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(lexicon(language, "occurrences"))

"""The units in which speech is read: sentences, joined where a quotation runs over their end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation
from sourcier.read.quote_names import is_name
from sourcier.read.scan import openings
from sourcier.read.speech_grammar import MEDIA, Aside, Grammar
from sourcier.read.speech_phrases import Phrases
from sourcier.read.speech_verbs import QUOTED, is_verb

_VERBS = frozenset(("verb", "participle_of_saying"))
_CALLS = frozenset("!?…")
_TIED = regex.compile(r"\s*(?:[,;—–]|\p{Ll})")
_LONGEST = 2000
"""Characters of a unit outside quotations; no sentence has more, but a text without stops may."""
_WEIGHT = 20
"""As how many characters a quotation counts."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one or more sentences; `quotes` indexes the outer quotations that it holds."""

    start: int
    end: int
    quotes: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """A document prepared for reading its speech."""

    document: Document
    grammar: Grammar
    quotations: tuple[Quotation, ...]

    @cached_property
    def statements(self) -> tuple[int, ...]:
        """The indices of the outer quotations that are words of somebody, not names."""
        return tuple(
            index
            for index, quotation in enumerate(self.quotations)
            if quotation.depth == 0 and not is_name(self.document, self.grammar, quotation)
        )

    @cached_property
    def masked(self) -> str:
        """The folded text with the words of others blanked out; offsets hold."""
        pieces, at = [], 0
        for index in self.statements:
            start, end = self.quotations[index].span
            if start >= at:
                pieces += [self.document.folded[at:start], QUOTED * (end - start)]
                at = end
        return "".join([*pieces, self.document.folded[at:]])

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        """The times and media of the text outside quotations."""
        found = [Aside(match.span(), None) for match in self._found["when"]]
        for medium in MEDIA:
            found += [Aside(m.span(), medium) for m in self._found[f"medium_{medium}"]]
        return tuple(sorted(found, key=lambda aside: aside.span))

    def asides_in(self, start: int, end: int) -> tuple[Aside, ...]:
        """Return those that begin between two offsets."""
        first = bisect_left(self.asides, start, key=lambda aside: aside.span[0])
        last = bisect_left(self.asides, end, lo=first, key=lambda aside: aside.span[0])
        return self.asides[first:last]

    @cached_property
    def _found(self) -> Mapping[str, list[regex.Match[str]]]:
        """What the patterns of saying find in the text outside quotations, in order."""
        same = self.masked == self.document.folded
        found: dict[str, list[regex.Match[str]]] = defaultdict(list)
        for name, match in self.grammar.scan.each(
            self.document.openings if same else openings(self.masked)
        ):
            if name not in _VERBS or is_verb(self.document.text, self.grammar, match):
                found[name].append(match)
        return found

    def found_in(self, name: str, start: int, end: int) -> list[regex.Match[str]]:
        """Return what a pattern of saying finds between two offsets outside quotations."""
        found = self._found[name]
        first = bisect_left(found, start, key=lambda match: match.start())
        last = bisect_right(found, end, lo=first, key=lambda match: match.end())
        return found[first:last]

    @cached_property
    def unquoted(self) -> Scene:
        """The same document read as if it had no quotations, for what stands inside them."""
        return Scene(self.document, self.grammar, ())

    @cached_property
    def phrases(self) -> Phrases:
        """The reader of noun phrases."""
        statements = set(self.statements)
        names = {
            quotation.span[0]: quotation.span[1]
            for index, quotation in enumerate(self.quotations)
            if quotation.depth == 0 and index not in statements
        }
        fences = {aside.span[0] for aside in self.asides}
        fences |= {match.start() for match in self.grammar.told.finditer(self.document.text)}
        for name in ("relay", "source", "verb"):
            fences |= {match.start() for match in self._found[name]}
        return Phrases(self.document, self.grammar, frozenset(fences), names)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the text, in order."""
        return tuple(piece for unit in self._units() for piece in self._pieces(unit))

    def _pieces(self, unit: Unit) -> Iterator[Unit]:
        """Yield a unit in pieces of bounded length, none of which cuts a quotation."""
        start = at = unit.start
        left = _LONGEST
        held: list[int] = []
        for index in unit.quotes:
            begin, end = self.quotations[index].span
            for cut in self._cuts(at, begin, left):
                yield Unit(start, cut, tuple(held))
                start = at = cut
                left, held = _LONGEST, []
            held.append(index)
            left -= max(0, begin - at) + _WEIGHT
            at = max(at, end)
        for cut in self._cuts(at, unit.end, left):
            yield Unit(start, cut, tuple(held))
            start, held = cut, []
        yield Unit(start, unit.end, tuple(held))

    def _cuts(self, at: int, end: int, left: int) -> Iterator[int]:
        """Yield where a stretch without quotations is cut: at a space, `left` characters from `at`."""
        while end - at > left:
            space = self.masked.rfind(" ", at, at + left) + 1 if left > 0 else at
            at, left = space or at + left, _LONGEST
            yield at

    def _units(self) -> Iterator[Unit]:
        spans = [(index, self.quotations[index].span) for index in self.statements]
        sentences = self.document.sentences
        at = 0
        while at < len(sentences):
            start, end, last = sentences[at].start, sentences[at].end, at
            held: list[int] = []
            while True:
                while spans and spans[0][1][0] < end:
                    index, span = spans.pop(0)
                    held.append(index)
                    end = max(end, span[1])
                while last + 1 < len(sentences) and sentences[last + 1].start < end:
                    last += 1
                    end = max(end, sentences[last].end)
                if spans and spans[0][1][0] < end:
                    continue
                if not (held and self._tied(last, end, self.quotations[held[-1]].span[1])):
                    break
                last += 1
                end = sentences[last].end
            yield Unit(start, end, tuple(held))
            at = last + 1

    def _tied(self, last: int, end: int, quoted: int) -> bool:
        """Tell whether the sentence after a quotation goes on with it (", she said")."""
        sentences = self.document.sentences
        if last + 1 >= len(sentences) or quoted < end - 1:
            return False
        following = sentences[last + 1]
        if following.paragraph != sentences[last].paragraph:
            return False
        if _TIED.match(self.document.text, following.start) is not None:
            return True
        called = self.document.text[quoted - 2 : quoted - 1] in _CALLS
        return called and self._says(following.start, following.end)

    def _says(self, start: int, end: int) -> bool:
        """Tell whether a sentence only says who spoke (“Hold on!” The mayor told residents.)."""
        cue = self.grammar.verb.search(self.document.folded, start, min(end, start + 80))
        if cue is None or "," in self.document.text[start : cue.start()]:
            return False
        return self.grammar.that.match(self.document.folded, cue.end()) is None

"""Noun phrases that can name a speaker, read from their first word on.

A phrase is a run of words with the apposition that belongs to it: "the governor, Anna Lys",
"Anna Lys, a baker". Its words tell whether it can speak: a role, a body, a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex

from sourcier.read.dictionary import lemma
from sourcier.read.document import Token
from sourcier.read.nominative import is_adjective, noun_form
from sourcier.read.speech_runs import Runs
from sourcier.types import Span

_AGE = regex.compile(r",\s*\d{1,3}(?:\s+\p{L}+)?(?=\s*[,.;)](?!\d)|\s*$)")
_APPOSED_WORD = regex.compile(r",\s*(\p{Ll}[\p{L}-]+)(?=\s*[,.;]|\s*$)")
_INSIDE = regex.compile(r"(?<=[\p{Ll},] )(\p{Lu}\p{Ll}\p{L}*)")
_CLOSING = (".", ",", ";", ")", "")
_DASHES = (" –", " —")
_LONGEST_UNLISTED = 5


@dataclass(frozen=True)
class Phrases(Runs):
    """The reader of phrases of one document, and what it tells of who they name."""

    def read(self, start: int, end: int) -> Span | None:
        """Return the phrase that begins at `start` (spaces skipped), or None where none does."""
        tokens = self.tokens(start, min(end, start + 400))
        stop = self._run(tokens, 0)
        if stop == 0:
            return None
        first, last = tokens[0].start, tokens[stop - 1].end
        return first, self._apposed(first, last, end)

    def _apposed(self, start: int, end: int, limit: int) -> int:
        """Return where a phrase ends with what is apposed after its comma: an age, who it is, or both."""
        document = self.document
        age = _AGE.match(document.text, end, limit)
        behind = age.end() if age else end
        word = _APPOSED_WORD.match(document.text, behind, limit)
        if word is not None and self._fits(word):
            return word.end()
        if document.text[behind : behind + 1] != ",":
            return behind
        tokens = self.tokens(behind + 1, min(limit, behind + 300))
        if not tokens or tokens[0].start in self.fences:
            return behind
        stop = self._run(tokens, 0)
        if stop and self._apposes(start, end, tokens[:stop]):
            return tokens[stop - 1].end
        return behind

    def _fits(self, match: regex.Match[str]) -> bool:
        word = match.group(1).lower()
        if match.start(1) in self.fences or word in self.grammar.stop:
            return False
        return not self.grammar.participle.fullmatch(word)

    def _apposes(self, start: int, end: int, tokens: tuple[Token, ...]) -> bool:
        """Tell whether what follows a phrase's comma says who it is."""
        phrase = self.tokens(start, end)
        titled = self.is_titled((start, end))
        if self.is_name(tokens[0]):
            classed = phrase[-1].norm in self.grammar.people.words("class_noun")
            return (titled or classed) and all(
                self.is_name(t) or not t.norm[0].isalpha() for t in tokens
            )
        told = self.is_titled((tokens[0].start, tokens[-1].end))
        if titled:
            unnamed = not self.is_name(phrase[-1]) or self._names_holder(phrase, tokens)
            return told and (unnamed or self._of_named(tokens))
        if not self.is_name(phrase[-1]) or not self._closed(tokens[-1].end):
            return False
        apposing = self.grammar.speech.words("apposing")
        if apposing:
            return told or tokens[0].norm in apposing
        return told or not (tokens[0].norm in self.grammar.definite or self.grammar.declines)

    def _names_holder(self, phrase: tuple[Token, ...], tokens: tuple[Token, ...]) -> bool:
        """Tell whether a titled name is apposed to an office ("head of the Lys, Captain Anna Orval")."""
        return self._two_names(tokens) and not self._two_names(phrase)

    def _of_named(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether an office is apposed to a titled name: "Captain Anna Lys, head of ..."."""
        definite = tokens[0].norm in self.grammar.definite
        apposing = self.grammar.speech.words("apposing")
        return self._closed(tokens[-1].end) and not (definite and not apposing)

    def _closed(self, at: int) -> bool:
        """Tell whether a sign, or the end of the text, follows."""
        return (
            self.document.text[at : at + 1] in _CLOSING
            or self.document.text[at : at + 2] in _DASHES
        )

    def is_titled(self, span: Span) -> bool:
        """Tell whether a phrase holds the words of a role ("the mayor")."""
        return self.grammar.title.search(self.document.folded, *span) is not None

    def is_full_name(self, span: Span) -> bool:
        """Tell whether a phrase is two or three capitalised words without an article."""
        tokens = self.tokens(*span)
        known = self.grammar.organisation | self.grammar.group | self.grammar.determiner
        named = all(self.is_name(token) and token.norm not in known for token in tokens)
        return named and len(tokens) in (2, 3)

    def is_kin(self, span: Span) -> bool:
        """Tell whether a phrase names somebody by whose relative they are ("her son")."""
        possessive = self.grammar.speech.words("possessive")
        return any(token.norm in possessive for token in self.tokens(*span)[:1])

    def can_speak(self, phrase: Span) -> bool:
        """Tell whether a phrase names somebody: by title, organisation or capitals.

        A capital that only begins the sentence tells nothing, save for a name known as such.
        """
        return self.is_known(phrase) or self._names(phrase)

    def heads(self, phrase: Span) -> bool:
        """Tell whether a phrase names somebody in its first part, before any "and"."""
        joins = (t.start for t in self.tokens(*phrase) if t.norm in self.grammar.join)
        return self.can_speak((phrase[0], next(joins, phrase[1])))

    def is_voice(self, phrase: Span, *, oblique: bool) -> bool:
        """Tell whether a phrase is headed by somebody: a name, a role, a body, a paper, a person.

        A subject, which is not `oblique`, in another case than the nominative is none.
        """
        tokens = self.tokens(*phrase)
        if self.grammar.declines and not oblique and self._is_object(tokens):
            return False
        people = self.grammar.people
        anyone = {*people.words("anyone"), *people.words("paper"), *self.grammar.outlet}
        told = self.can_speak(phrase) or any(token.norm in anyone for token in tokens)
        return told or self._may_be(tokens, oblique=oblique)

    def _may_be(self, tokens: tuple[Token, ...], *, oblique: bool) -> bool:
        """Tell whether a phrase of unlisted words can be a body: one thing that is known ("the ...").

        Where nouns decline and have no article, a subject is in the nominative.
        """
        if not tokens:
            return False
        last = tokens[-1].norm
        if self.grammar.declines:
            return oblique or len(tokens) > 1 or lemma(last, self.document.language) == last
        plural = last.endswith(self.grammar.people.words("plural_ending"))
        return (
            tokens[0].norm in self.grammar.definite
            and len(tokens) < _LONGEST_UNLISTED
            and not plural
        )

    def _is_object(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether a phrase begins with a word in an oblique case ("одного мужчину")."""
        if len(tokens) < 2 or self.is_name(tokens[1]) or tokens[0].norm in self.grammar.determiner:
            return False
        first = tokens[0].norm
        form = lemma(first, self.document.language)
        if form == first or first in self.grammar.speech.listed("possessive"):
            return False
        return form in self.grammar.determiner or is_adjective(first, self.grammar)

    def _names(self, phrase: Span) -> bool:
        """Tell whether the head of a phrase, what stands before its first link, holds a name."""
        for index, token in enumerate(self.tokens(*phrase)):
            if token.start in self.names or self._tells_name(token, index):
                return True
            if token.norm in self.grammar.link - self.grammar.determiner:
                return False
        return False

    def is_known(self, phrase: Span) -> bool:
        """Tell whether a phrase holds the words of a role, a group or an organisation."""
        known = self.grammar.group | self.grammar.organisation
        tokens = self.tokens(*phrase)
        return self.is_titled(phrase) or any(t.norm in known or self._declined(t) for t in tokens)

    def names_institution(self, phrase: Span) -> bool:
        """Tell whether the noun that heads a phrase is an organisation's ("at the ministry")."""
        for word in self.document.folded[slice(*phrase)].split(" "):
            if noun_form(word, self.grammar) in self.grammar.organisation:
                return True
            if not is_adjective(word, self.grammar):
                break
        return any(self.is_name(token) for token in self.tokens(*phrase)[:1])

    def _tells_name(self, token: Token, index: int) -> bool:
        if not self.is_name(token) or token.norm in self.grammar.determiner:
            return False
        if index or not self._begins_sentence(token.start):
            return True
        if token.norm in self.grammar.powers:
            return True
        common = self.grammar.people.words("common_ending")
        if self.grammar.declines:
            return False
        return not token.norm.endswith(common) or token.norm in self._capitalised

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        """The words that the text prints with a capital inside a sentence."""
        text = self.document.text
        return frozenset(self.document.folded[slice(*m.span(1))] for m in _INSIDE.finditer(text))

    def _begins_sentence(self, at: int) -> bool:
        sentence = self.document.sentence_at(at)
        return not any(char.isalnum() for char in self.document.text[sentence.start : at])

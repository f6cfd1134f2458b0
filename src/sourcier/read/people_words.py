"""The words of a phrase that names a speaker, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sourcier.read.document import Token
from sourcier.read.nominative import nominative_role
from sourcier.read.speech_grammar import Grammar
from sourcier.read.speech_phrases import Phrases
from sourcier.types import Medium, Span

Gender = Literal["feminine", "masculine"]

_MARKS = """«»“”„‟"'‘’‹› \u00a0\u202f"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a phrase names. `words` are its content words, folded; `medium` what the phrase implies."""

    span: Span
    name: str | None
    role: str | None
    organisation: str | None
    medium: Medium | None
    words: frozenset[str]
    plural: bool = False
    gender: Gender | None = None


@dataclass(frozen=True)
class Words:
    """A phrase in tokens, without its article; `oblique`: printed in another case than the first."""

    phrases: Phrases
    full: Span
    oblique: bool

    @property
    def grammar(self) -> Grammar:
        """The language's words."""
        return self.phrases.grammar

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.phrases.document.text

    @cached_property
    def article(self) -> str:
        """The folded first word of the phrase."""
        tokens = self.phrases.tokens(*self.full)
        return tokens[0].norm if tokens else ""

    @property
    def gender(self) -> Gender | None:
        """The gender that its article, a courtesy or a title tells of whoever the phrase names.

        Articles within it tell nothing: "le maire de la ville".
        """
        within = (token.norm for token in self.tokens if token.norm not in self.grammar.determiner)
        norms = {self.article, *within}
        norms |= {self.folded(0, 2)} if len(self.tokens) > 1 else set()
        speech = self.grammar.speech
        if not norms.isdisjoint(speech.words("masculine")):
            return "masculine"
        return None if norms.isdisjoint(speech.words("feminine")) else "feminine"

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens behind the article."""
        tokens = self.phrases.tokens(*self.full)
        while tokens and tokens[0].norm in self.grammar.determiner:
            tokens = tokens[1:]
        return tokens

    @property
    def span(self) -> Span:
        """The span of the phrase without its article."""
        return self.tokens[0].start, self.full[1]

    def folded(self, first: int, last: int) -> str:
        """Return the folded text of tokens first..last-1."""
        return self.phrases.document.folded[self.tokens[first].start : self.tokens[last - 1].end]

    def is_name(self, index: int) -> bool:
        """Tell whether a token is printed with a capital."""
        return self.phrases.is_name(self.tokens[index])

    def small_words(self, first: int) -> tuple[Token, ...]:
        """Return the tokens from `first` on up to a sign, a link, an "and" or a capital."""
        tokens = self.tokens
        for index in range(first, len(tokens)):
            loose = self.is_light(tokens[index]) or tokens[index].norm in self.grammar.join
            if loose or self.is_name(index) or not tokens[index].norm[0].isalpha():
                return tokens[first:index]
        return tokens[first:]

    def is_light(self, token: Token) -> bool:
        """Tell whether a token is a link or an article."""
        return token.norm in self.grammar.link or token.norm in self.grammar.determiner

    def _loose(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether the last token closes no name: a sign (but "Jr.") or a link."""
        last = tokens[-1]
        if last.norm == ".":
            return len(tokens) < 2 or tokens[-2].end - tokens[-2].start > 3
        return last.norm in ',;:»”"›' or self._is_article(last)

    def _is_article(self, token: Token) -> bool:
        """Tell whether a token is a link or article, not one that begins a name ("Le Phare")."""
        return self.is_light(token) and not self.phrases.is_name(token)

    def _owns(self, token: Token) -> bool:
        """Tell whether a possessive is whose body it is ("Orval's"), no part of its name ("mayor's")."""
        if not token.norm.endswith("'s"):
            return False
        owner = token.norm.removesuffix("'s")
        if owner in self.grammar.role:
            return False
        return self.phrases.is_name(token) or owner in self.grammar.people.words("territory")

    def between(self, first: int, last: int) -> str | None:
        """Return the text of tokens first..last-1 without loose signs and links around it."""
        tokens = self.tokens[first:last]
        while tokens and (not tokens[0].norm[0].isalnum() or self._is_article(tokens[0])):
            tokens = tokens[1:]
        owners = [i for i, token in enumerate(tokens) if self._owns(token)]
        if owners and owners[-1] + 1 < len(tokens):
            tokens = tokens[owners[-1] + 1 :]
        while tokens and self._loose(tokens):
            tokens = tokens[:-1]
        return self.text[tokens[0].start : tokens[-1].end] if tokens else None

    def comma(self, first: int, end: int) -> int:
        """Return the first comma from `first` on, or `end`."""
        return next((i for i in range(first, end) if self.tokens[i].norm == ","), end)

    def begins_word(self, index: int) -> bool:
        """Tell whether a token is a word that is not glued to the one before ("-Lys")."""
        token = self.tokens[index]
        before = self.tokens[index - 1] if index else None
        glued = before and before.end == token.start and before.norm not in self.grammar.elided
        return token.norm[0].isalpha() and not glued

    def is_shouted(self, token: Token) -> bool:
        """Tell whether a token is printed in capitals, as acronyms are."""
        printed = self.text[token.start : token.end]
        return len(printed) > 1 and printed.isupper()

    def quoted(self, index: int) -> str | None:
        """Return the name in marks that begins at a token, without the marks."""
        end = self.phrases.names.get(self.tokens[index].start)
        if end is None:
            return None
        return self.text[self.tokens[index].start : end].strip(_MARKS)

    def counted(self) -> str:
        """Return the phrase with what tells how many they are ("several people")."""
        definite = self.article in self.grammar.definite
        return self.text[self.tokens[0].start if definite else self.full[0] : self.full[1]]

    def whole(self) -> str | None:
        """Return the whole phrase."""
        return self.between(0, len(self.tokens))

    def names_role(self, word: str) -> bool:
        """Tell whether a folded word is a role, in the case that the phrase is printed in."""
        known = word in self.grammar.role
        return known or (self.oblique and nominative_role(word, self.grammar) is not None)

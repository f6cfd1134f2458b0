"""The words that one noun phrase runs over, from its first on.

No parser: a run is articles, words and names up to a word that cannot be in it (a preposition, a
verb that the language lists or its dictionary has, a sign).
"""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.document import Document, Token
from sourcier.read.nominative import is_finite, noun_form
from sourcier.read.speech_grammar import Grammar

_JOINTS = frozenset("-.'’&/°")
_LONGEST = 24


@dataclass(frozen=True)
class Runs:
    """The reader of runs of one document.

    `fences` are where no phrase goes on: times, media, "according to".
    `names` maps the start of a quotation that is a name («Перетин») to its end.
    """

    document: Document
    grammar: Grammar
    fences: frozenset[int]
    names: dict[int, int]

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens between two offsets, elided words ("l'", "d'") on their own."""
        return self.document.words(start, end, self.grammar.elided)

    def _run(self, tokens: tuple[Token, ...], index: int) -> int:
        """Return how many tokens from `index` on make a phrase, loose links at its end taken off."""
        begin, named = index, False
        good = index
        while index < len(tokens) and index - begin < _LONGEST:
            token = tokens[index]
            if token.start in self.names:
                index = self._after(tokens, self.names[token.start])
                good = index
                continue
            if index > begin and (behind := self._bracketed(tokens, index)) > index:
                index = behind
                continue
            step = self._step(tokens, index, begin, named)
            if step is None:
                break
            named = self.is_name(token)
            if step:
                good = index + 1
            index += 1
        return good

    def _bracketed(self, tokens: tuple[Token, ...], index: int) -> int:
        """Return the index behind a short name in brackets that a name follows ("ОДА (ОВА) Анна Лис")."""
        row = tokens[index : index + 4]
        if len(row) < 4 or not self.grammar.declines:
            return index
        inside = self.document.text[row[1].start : row[1].end]
        joined = row[0].norm == "(" and row[2].norm == ")" and inside.isupper()
        return index + 3 if joined and self.is_name(row[3]) else index

    def _step(self, tokens: tuple[Token, ...], index: int, begin: int, named: bool) -> bool | None:
        """Tell whether a token can end the phrase; None where it cannot be in it at all."""
        token, grammar = tokens[index], self.grammar
        if token.start in self.fences:
            return None
        if token.norm in grammar.stop and not (self._title(token) or self._hyphened(tokens, index)):
            return None
        if not token.norm[0].isalpha():
            return self._sign(tokens, index, begin)
        if token.norm in grammar.join and not _within_hyphens(tokens, index):
            return False if index > begin and self._joins(tokens, index) else None
        if self._is_participle(tokens, index, begin) or self._is_verb(token):
            return None
        if token.norm in grammar.link:
            return None if index == begin and token.norm not in grammar.determiner else False
        if token.norm in grammar.determiner and not (index > begin and self.is_name(token)):
            return False if index == begin or self._joined(tokens[index - 1]) else None
        if named and not self.is_name(token) and self._two_names(tokens[begin:index]):
            return True if token.norm in grammar.bodies else None
        return True

    def _is_verb(self, token: Token) -> bool:
        """Tell whether a word is a finite verb, which no phrase holds; a capital may be a name's."""
        return not self.is_name(token) and is_finite(token.norm, self.grammar)

    def _is_participle(self, tokens: tuple[Token, ...], index: int, begin: int) -> bool:
        """Tell whether a word tells what the noun before it does ("relatives waiting at the port")."""
        token, grammar = tokens[index], self.grammar
        ending = grammar.people.words("participle_ending")
        if index == begin or index + 1 == len(tokens) or not token.norm.endswith(ending):
            return False
        before, after = tokens[index - 1], tokens[index + 1]
        loose = self._joined(before) or self.is_name(token) or not before.norm[0].isalpha()
        return (
            bool(ending)
            and not loose
            and (
                after.norm in grammar.determiner
                or after.norm in grammar.speech.words("adverbial_link")
            )
        )

    def _joined(self, token: Token) -> bool:
        """Tell whether a word lets another phrase follow ("of", "and", or an article)."""
        grammar = self.grammar
        return any(
            token.norm in words for words in (grammar.link, grammar.join, grammar.determiner)
        )

    def _title(self, token: Token) -> bool:
        """Tell whether a listed word is printed as a name ("US")."""
        text = self.document.text[token.start : token.end]
        return len(text) > 1 and text.isupper()

    def _hyphened(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether a word is the latter half of a name ("Trond-Are")."""
        return (
            index > 0
            and tokens[index - 1].end == tokens[index].start
            and tokens[index - 1].norm == "-"
            and self.is_name(tokens[index])
        )

    def _sign(self, tokens: tuple[Token, ...], index: int, begin: int) -> bool | None:
        token = tokens[index]
        if index == begin:
            return False if token.norm[0].isdigit() else None
        glued = tokens[index - 1].end == token.start
        if token.norm[0].isdigit():
            numbered = glued or self.is_name(tokens[index - 1]) or tokens[index - 1].norm == "°"
            return True if numbered else None
        if not glued or token.norm not in _JOINTS:
            return None
        more = index + 1 < len(tokens) and tokens[index + 1].start == token.end
        if token.norm == "." and not more:
            return True if self._abbreviates(tokens[index - 1]) else None
        return False

    def _abbreviates(self, token: Token) -> bool:
        short = token.norm in self.grammar.people.listed("particle")
        return token.end - token.start == 1 or short or token.norm + "." in self.grammar.role

    def _joins(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether "and" leads to another phrase rather than to a verb."""
        if index + 1 >= len(tokens):
            return False
        after = tokens[index + 1]
        known = self.grammar.determiner | self.grammar.role | self.grammar.group
        if self.is_name(after) or after.norm in known or self._noun_goes_on(tokens, index):
            return True
        return self._body_goes_on(tokens, index) or self._likens(tokens, index)

    def _body_goes_on(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether "and" stands within the name of a body ("search and rescue office")."""
        if not self.grammar.people.words("portfolio"):
            return False
        body = any(
            token.norm in self.grammar.organisation for token in tokens[index + 2 : index + 4]
        )
        known = self.grammar.group | self.grammar.role | self.grammar.link
        return body and not any(token.norm in known for token in tokens[max(0, index - 2) : index])

    def _likens(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether "and" joins two adjectives ("sources locale et sécuritaire")."""
        ending = self.grammar.people.words("adjective_ending")
        before, after = tokens[index - 1].norm, tokens[index + 1]
        likes = before.endswith(ending) and after.norm.endswith(ending)
        return bool(ending) and likes and after.start not in self.fences

    def _noun_goes_on(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether "and" stands within an office ("minister of trade and industry")."""
        return tokens[index - 2].norm in self.grammar.link if index >= 2 else False

    def _two_names(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether tokens end with two names, so that a small word is no more of them."""
        words = [token for i, token in enumerate(tokens) if not (i and self._glued(tokens, i))]
        pair = words[-2:]
        particle = self.grammar.people.words("particle")
        common = (
            self.grammar.determiner | self.grammar.role | self.grammar.organisation | {*particle}
        )
        return len(pair) == 2 and all(
            self.is_name(t) and t.norm not in common and not self._declined(t) for t in pair
        )

    def _glued(self, tokens: tuple[Token, ...], index: int) -> bool:
        """Tell whether a token is a sign in a word, or what follows one ("-Lys")."""
        if not tokens[index].norm[0].isalnum():
            return True
        before = tokens[index - 1]
        return before.end == tokens[index].start and before.norm in _JOINTS

    def _after(self, tokens: tuple[Token, ...], offset: int) -> int:
        return next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))

    def is_name(self, token: Token) -> bool:
        """Tell whether a token is printed with a capital."""
        return self.document.text[token.start].isupper()

    def _declined(self, token: Token) -> bool:
        """Tell whether a token is a known speaker's word in another case."""
        if not self.grammar.declines:
            return False
        form = noun_form(token.norm, self.grammar)
        return form in self.grammar.organisation or form in self.grammar.role


def _within_hyphens(tokens: tuple[Token, ...], index: int) -> bool:
    """Tell whether a word stands inside a name ("Ille-et-Vilaine")."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, token, after = tokens[index - 1 : index + 2]
    hyphens = before.norm == after.norm == "-"
    return hyphens and before.end == token.start and token.end == after.start

"""Noun phrases that can name a speaker, read from their first word on.

No parser: a phrase is articles, words and names up to a word that cannot be in it (a preposition, a
verb that the language lists, a sign), with the apposition that belongs to it: "the governor,
Anna Lys", "Anna Lys, a baker".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex

from sourcier.read.dictionary import lemma
from sourcier.read.document import Document, Token
from sourcier.read.nominative import is_adjective, is_finite, noun_form
from sourcier.read.speech_grammar import Grammar
from sourcier.types import Span

_AGE = regex.compile(r",\s*\d{1,3}(?:\s+\p{L}+)?(?=\s*[,.;)]|\s*$)")
_APPOSED_WORD = regex.compile(r",\s*(\p{Ll}[\p{L}-]+)(?=\s*[,.;]|\s*$)")
_INSIDE = regex.compile(r"(?<=[\p{Ll},] )(\p{Lu}\p{Ll}\p{L}*)")
_JOINTS = frozenset("-.'’&/°")
_CLOSING = (".", ",", ";", ")", "")
_DASHES = (" –", " —")
_LONGEST = 24
_LONGEST_UNLISTED = 5


@dataclass(frozen=True)
class Phrases:
    """The reader of phrases of one document.

    `fences` are where no phrase goes on: times, media, "according to".
    `names` maps the start of a quotation that is a name («Перетин») to its end.
    """

    document: Document
    grammar: Grammar
    fences: frozenset[int]
    names: dict[int, int]

    def read(self, start: int, end: int) -> Span | None:
        """Return the phrase that begins at `start` (spaces skipped), or None where none does."""
        tokens = self.tokens(start, min(end, start + 400))
        stop = self._run(tokens, 0)
        if stop == 0:
            return None
        first, last = tokens[0].start, tokens[stop - 1].end
        return first, self._apposed(first, last, end)

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

    def _apposed(self, start: int, end: int, limit: int) -> int:
        """Return where a phrase ends with the apposition after its comma."""
        document = self.document
        for pattern in (_AGE, _APPOSED_WORD):
            match = pattern.match(document.text, end, limit)
            if match is not None and self._fits(match):
                return match.end()
        if document.text[end : end + 1] != ",":
            return end
        tokens = self.tokens(end + 1, min(limit, end + 300))
        if not tokens or tokens[0].start in self.fences:
            return end
        stop = self._run(tokens, 0)
        if stop and self._apposes(start, end, tokens[:stop]):
            return tokens[stop - 1].end
        return end

    def _fits(self, match: regex.Match[str]) -> bool:
        if match.re is _AGE:
            return True
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

    def _declined(self, token: Token) -> bool:
        """Tell whether a token is a known speaker's word in another case."""
        if not self.grammar.declines:
            return False
        form = noun_form(token.norm, self.grammar)
        return form in self.grammar.organisation or form in self.grammar.role

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


def _within_hyphens(tokens: tuple[Token, ...], index: int) -> bool:
    """Tell whether a word stands inside a name ("Ille-et-Vilaine")."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, token, after = tokens[index - 1 : index + 2]
    hyphens = before.norm == after.norm == "-"
    return hyphens and before.end == token.start and token.end == after.start

"""The words around a trigger: noun phrases grown to its left and right, by lists alone."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import regex

from sourcier.read.document import Document, Token
from sourcier.read.lexicon import Lexicon
from sourcier.types import Span

_SIGN = regex.compile(r"[^\p{L}\p{N}]")
_OPENING = frozenset("«“„")
_CLOSING = frozenset("»”")
_LOOSE = frozenset("-'")
_INNER_SIGNS = _OPENING | _CLOSING | _LOOSE | frozenset('%"№')
_REACH = 14
_SAYING_REACH = 6
_APPOSITION_REACH = 16


@dataclass(frozen=True)
class Grammar:
    """The function words of a language, as the growing of phrases needs them.

    `stop` end a phrase, `lead` may stand before its noun, `definite` mark it as told before (so do
    a `contracted` article before the phrase, and a `pronoun` for it) and `fresh` as new; behind a
    `verbal` word a noun is a verb, behind a `verbal_third` one with its ending too; `target`
    and `agent` are prepositions, `linking` words are cut from both ends of a phrase, `dangling`
    ones from its end; `passed` may part a verb from its subject, behind a `coordinating` one the
    subject is not told; `quantity` words stand before figures; behind an `attributive` word a
    participle is an adjective, behind an `adposition` the phrase of a subject goes on.
    """

    stop: frozenset[str]
    lead: frozenset[str]
    definite: frozenset[str]
    contracted: frozenset[str]
    pronoun: frozenset[str]
    verbal: frozenset[str]
    verbal_third: frozenset[str]
    fresh: frozenset[str]
    target: frozenset[str]
    agent: frozenset[str]
    linking: frozenset[str]
    preposition: frozenset[str]
    infinitive: frozenset[str]
    auxiliary: frozenset[str]
    dangling: frozenset[str]
    passed: frozenset[str]
    coordinating: frozenset[str]
    quantity: frozenset[str]
    attributive: frozenset[str]
    adposition: frozenset[str]
    elided: tuple[str, ...]
    article_free: bool
    lead_form: regex.Pattern[str] | None = field(repr=False)
    finite: regex.Pattern[str] | None = field(repr=False)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Grammar:
        """Return the grammar that a language's ``occurrences.toml`` gives."""
        return cls(
            stop=lexicon.listed("stop"),
            lead=lexicon.listed("lead"),
            definite=lexicon.listed("definite"),
            contracted=lexicon.listed("contracted"),
            pronoun=lexicon.listed("pronoun"),
            verbal=lexicon.listed("verbal"),
            verbal_third=lexicon.listed("verbal_third"),
            fresh=lexicon.listed("fresh"),
            target=lexicon.listed("target"),
            agent=lexicon.listed("agent"),
            linking=lexicon.listed("linking"),
            preposition=lexicon.listed("preposition"),
            infinitive=lexicon.listed("infinitive"),
            auxiliary=lexicon.listed("auxiliary"),
            dangling=lexicon.listed("dangling"),
            passed=lexicon.listed("passed"),
            coordinating=lexicon.listed("coordinating"),
            quantity=lexicon.listed("quantity"),
            attributive=lexicon.listed("attributive"),
            adposition=lexicon.listed("adposition"),
            elided=lexicon.words("elided"),
            article_free=not lexicon.words("definite"),
            lead_form=lexicon.pattern("lead_form") if "lead_form" in lexicon.patterns() else None,
            finite=lexicon.pattern("finite") if "finite" in lexicon.patterns() else None,
        )

    def leads(self, token: Token) -> bool:
        """Tell whether a word may stand before the noun of its phrase."""
        if token.norm in self.lead or token.norm[0].isdigit():
            return True
        return self.lead_form is not None and self.lead_form.fullmatch(token.norm) is not None

    def closes(self, token: Token) -> bool:
        """Tell whether a word ends the phrase before it and begins none: "that", a finite verb."""
        if token.norm in self.stop:
            return True
        return self.finite is not None and self.finite.fullmatch(token.norm) is not None


class Words:
    """The tokens of one sentence, elided articles apart, and the phrases that can be grown."""

    def __init__(self, document: Document, sentence: Span, grammar: Grammar) -> None:
        self.grammar = grammar
        self._text = document.text
        self._tokens = [
            part
            for token in document.tokens(*sentence)
            if not _is_abbreviating(document.text, token)
            for part in _parts(token, grammar.elided)
        ]
        self._ends = [token.end for token in self._tokens]

    def index(self, offset: int) -> int:
        """Return the number of the token that holds `offset`."""
        return bisect_right(self._ends, offset)

    def is_definite(self, lead: Span, target: Span | None) -> bool:
        """Tell whether the words `lead` before a noun make it something already told.

        Without articles in the language, a bare noun without a target is taken so.
        """
        inside = [token.norm for token in self._tokens if lead[0] <= token.start < lead[1]]
        before = self.index(lead[0]) - 1
        if before >= 0 and self._tokens[before].norm in self.grammar.contracted:
            return True
        if self.grammar.article_free:
            return target is None and not any(norm in self.grammar.fresh for norm in inside)
        return any(norm in self.grammar.definite for norm in inside)

    def is_known(self, start: int, subject: Span | None) -> bool:
        """Tell whether the subject of the verb at `start` was told before: "the ferry", "it"."""
        number = self.index(subject[0] if subject else start)
        if subject is None:
            return number > 0 and self._tokens[number - 1].norm in self.grammar.pronoun
        return self._tokens[number].norm in self.grammar.definite

    def is_plural(self, noun: Span) -> bool:
        """Tell whether a noun of a language with articles has the ending of a plural."""
        return not self.grammar.article_free and self._text[noun[0] : noun[1]].endswith("s")

    def is_verb(self, noun: Span) -> bool:
        """Tell whether the word before a noun makes it a verb: "to attack", "she attacks"."""
        number = self.index(noun[0])
        verbal = self.grammar.verbal_third if self.is_plural(noun) else self.grammar.verbal
        return number > 0 and self._tokens[number - 1].norm in verbal

    def lead(self, start: int) -> int:
        """Return where the noun phrase begins whose noun stands at `start`."""
        number = self.index(start)
        begin = start
        for token in reversed(self._tokens[max(0, number - 6) : number]):
            if not self.grammar.leads(token):
                break
            begin = begin if token.norm in self.grammar.linking else token.start
        return begin

    def is_attributive(self, start: int) -> bool:
        """Tell whether the word at `start` follows an article: "a collapsed bridge".

        Or a preposition, where it stands for itself: "pulled from collapsed buildings".
        """
        number = self.index(start)
        return number > 0 and self._tokens[number - 1].norm in (
            self.grammar.dangling | self.grammar.attributive
        )

    def subject(self, start: int) -> tuple[Span | None, bool]:
        """Return who does what the verb at `start` says, and whether it stands right before it.

        "The mayor, Ann Bell, ordered" keeps its apposition; "the army says it shelled" and
        "l'armée dit avoir visé" look past the verb of saying.
        """
        number = self.index(start)
        if number and self._tokens[number].norm in self.grammar.infinitive:
            return self._past_saying(number), False
        while number and self._tokens[number - 1].norm in self.grammar.passed:
            number -= 1
        if number and self._tokens[number - 1].norm in self.grammar.coordinating:
            return None, False
        if number and self._tokens[number - 1].norm == ",":
            return self._past_apposition(number - 1), False
        return self._before(number), True

    def _past_saying(self, number: int) -> Span | None:
        for position in range(number - 1, max(0, number - _SAYING_REACH), -1):
            if self._tokens[position].norm in self.grammar.auxiliary:
                return self._before(position)
        return None

    def _past_apposition(self, comma: int) -> Span | None:
        for position in range(comma - 1, max(0, comma - _APPOSITION_REACH), -1):
            if self._tokens[position].norm == ",":
                head = self._before(position)
                return (head[0], self._tokens[comma - 1].end) if head else None
        return None

    def _before(self, number: int) -> Span | None:
        """Return the phrase that ends before a token; the object of a preposition is none of it."""
        phrase: list[Token] = []
        for token in reversed(self._tokens[max(0, number - _REACH) : number]):
            if token.norm in self.grammar.preposition and phrase:
                phrase.pop()
                break
            if self._closes(token) and token.norm not in self.grammar.adposition:
                break
            phrase.append(token)
        phrase = self._last_joined(self._after_adverbial(phrase))
        return self.trimmed(phrase[-1].start, phrase[0].end) if phrase else None

    def _after_adverbial(self, phrase: list[Token]) -> list[Token]:
        """Cut a phrase, told backwards, that opens with an adposition: "in Goma two men" are two men."""
        if not phrase or phrase[-1].norm not in self.grammar.adposition:
            return phrase
        first = next(n for n, token in enumerate(phrase) if token.norm in self.grammar.adposition)
        return phrase[:first]

    def _last_joined(self, phrase: list[Token]) -> list[Token]:
        """Cut a phrase, told backwards, where what is joined to it begins like no noun phrase.

        "still missing and more than two million homes": only the homes are a subject.
        """
        for position in range(1, len(phrase) - 1):
            if phrase[position].norm not in self.grammar.coordinating:
                continue
            first, behind = phrase[-1], phrase[position - 1]
            counts = self.grammar.leads(behind) or behind.norm in self.grammar.quantity
            if counts and not self._begins(first):
                return phrase[:position]
        return phrase

    def _begins(self, token: Token) -> bool:
        """Tell whether a noun phrase may begin with a word: an article, a figure, a name."""
        return self.grammar.leads(token) or self._text[token.start].isupper()

    def tail(self, end: int) -> Span | None:
        """Return what follows the offset `end` up to where its phrase closes.

        A quotation that opens in it is taken whole.
        """
        begin = last = None
        quoted = 0
        for token in self._tokens[self.index(end) :][:_REACH]:
            if not quoted and self._closes(token):
                break
            quoted = max(0, quoted + (token.norm in _OPENING) - (token.norm in _CLOSING))
            begin = token.start if begin is None else begin
            last = token.end
        return None if begin is None or last is None else (begin, last)

    def after(self, end: int) -> Span | None:
        """Return the phrase that begins right after `end`: the object of a verb there."""
        tail = self.tail(end)
        return self.trimmed(*tail) if tail else None

    def opened(self, span: Span | None, heads: frozenset[str]) -> Span | None:
        """Return the phrase that one of the prepositions `heads` opens in `span`."""
        inside = self._inside(span) if span else []
        for position, token in enumerate(inside):
            if token.norm in heads:
                return self._until_preposition(inside[position + 1 :])
        return None

    def _until_preposition(self, tokens: list[Token]) -> Span | None:
        heads = self.grammar.target | self.grammar.agent
        end = None
        for token in tokens:
            if token.norm in heads or self._closes(token):
                break
            end = token.end
        return None if end is None else self.trimmed(tokens[0].start, end)

    def trimmed(self, begin: int, end: int) -> Span | None:
        """Return the span without conjunctions and loose marks at its ends."""
        inside = self._inside((begin, end))
        loose = self.grammar.linking
        while inside and (inside[0].norm in loose or _SIGN.fullmatch(inside[0].norm)):
            inside.pop(0)
        ends = loose | self.grammar.dangling | _LOOSE
        while inside and (inside[-1].norm in ends or _is_unopened(inside)):
            inside.pop()
        return (inside[0].start, inside[-1].end) if inside else None

    def _inside(self, span: Span) -> list[Token]:
        first = self.index(span[0])
        return [t for t in self._tokens[first : self.index(span[1]) + 1] if t.end <= span[1]]

    def _closes(self, token: Token) -> bool:
        if self.grammar.closes(token) or self._is_dash(token):
            return True
        return bool(_SIGN.fullmatch(token.norm)) and token.norm not in _INNER_SIGNS

    def _is_dash(self, token: Token) -> bool:
        """Tell whether a hyphen stands between spaces, as a dash does."""
        return token.norm == "-" and self._text[token.start - 1 : token.start].isspace()


def _is_unopened(tokens: list[Token]) -> bool:
    """Tell whether the last token closes a quotation that did not open among `tokens`."""
    closing = sum(token.norm in _CLOSING for token in tokens)
    return tokens[-1].norm in _CLOSING and closing > sum(t.norm in _OPENING for t in tokens)


def _is_abbreviating(text: str, token: Token) -> bool:
    """Tell whether a token is a full stop that ends no sentence ("on Aug. 6", "ст. 5")."""
    following = text[token.end : token.end + 2].strip()
    return token.norm == "." and bool(following) and not following[0].isupper()


def _parts(token: Token, elided: tuple[str, ...]) -> tuple[Token, ...]:
    cut = token.norm.find("'") + 1
    if not cut or token.norm[:cut] not in elided:
        return (token,)
    middle = token.start + cut
    return (
        Token(token.start, middle, token.norm[:cut]),
        Token(middle, token.end, token.norm[cut:]),
    )
